"""Printers that print beside the mark: test sheet, measures, corrections."""
