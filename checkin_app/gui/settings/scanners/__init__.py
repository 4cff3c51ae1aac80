"""The page of the scanners: a self-test that sets the desk up, and those at serial ports."""
