"""People taken out of the file, to the last byte."""
