"""The page of the printers: which print at this desk, when, and on what."""
