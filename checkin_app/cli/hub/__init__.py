"""Many desks at the command line: the hub, the inbox, files that merge."""
