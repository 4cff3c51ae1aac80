"""Sharing the event with other desks: the thread behind the window, and the dialog of the hub."""
