"""The event as a whole at the command line: its file, reports, privacy."""
