"""How large a registration list may be. Beyond these sizes a file is a mistake or malice."""

MOST_ROWS = 1_048_576
"""Rows of an Excel sheet."""

MOST_COLUMNS = 16_384
"""Columns of an Excel sheet."""

MOST_CELLS = 40_000_000
"""Cells kept in memory, some 100 MB of references before any text."""

LONGEST_LINE = 1_000_000
"""Characters in one line of a text file."""

MOST_BYTES = 400_000_000
"""Of the content that a workbook's archive says it holds."""

MOST_TEXT_BYTES = 250_000_000
"""Of a text file. Reading one takes up to ten times as much memory."""

MOST_SHARED_BYTES = 200_000_000
"""Of the texts that the cells of a workbook share; each takes room even when it is empty."""
