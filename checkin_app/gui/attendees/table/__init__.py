"""The table of everybody: its rows, columns and filters."""
