"""The window around the screens: its rail and menu, ways between screens, files given to it."""
