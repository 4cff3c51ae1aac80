"""The import screen: a list is looked at step by step, decided about, and taken in.

``import_screen`` is the wizard, ``course`` where one can go in it, and each ``…_page`` a step.
``list_look`` is what is known of the list, ``list_decisions`` what somebody said about it, and
``list_jobs`` does the slow work away from the window.
"""
