"""Names and words in the languages of Europe: order, case, search, dates."""
