"""The desk screen: one field for scans and names, one answer, everything by keys.

``desk_screen`` puts it together and ``desk_layout`` says where things lie. ``finder`` searches,
``checking_in`` asks the desk, ``answer_panel`` shows what it said. What opens below the answer is
an ``inline_panel`` each.
"""
