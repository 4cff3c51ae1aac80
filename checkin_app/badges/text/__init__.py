"""Names and other texts: which font, which shape, how large, on which lines, as which operators."""
