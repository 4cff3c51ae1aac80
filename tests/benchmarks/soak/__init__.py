"""Hours of a busy desk: many scans through every kind of device at once, with printing on."""
