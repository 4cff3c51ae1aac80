"""A file becomes a table of clean text: encoding, cells, sheets, titles of columns."""
