"""Which column is which field: words of many languages, presets of known systems."""
