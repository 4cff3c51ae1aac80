"""All of Qt. A folder for each screen, and folders for what the screens share.

``window`` puts the screens together, ``workplace`` is what every screen is given. ``background``
sends slow work away; ``appearance``, ``form`` and ``tables`` say how things look and what they are
made of. Widgets show and ask; what is decided, services decide.
"""
