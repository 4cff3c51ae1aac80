"""Lists into the event and out of it, at the command line."""
