"""Badges printed at the desk: the queue at work, what is shown of it."""
