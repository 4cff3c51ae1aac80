"""What a desk does, at the command line: scans, searches, numbers."""
