"""Badges printed at the desk: the queue, its rounds and what is told of printers."""
