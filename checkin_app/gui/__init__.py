"""All of Qt. A folder for each screen, and beside them what the screens share.

``main_window`` puts the window together, ``screens`` lists what its rail offers, ``workplace`` is
what every screen is given. ``tasks`` sends slow work away; ``look``, ``theme`` and ``form`` say how
things look and what they are made of. Widgets show and ask; what is decided, services decide.
"""
