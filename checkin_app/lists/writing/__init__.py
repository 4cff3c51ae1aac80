"""Lists out: for spreadsheets and for programs, never run as formulas."""
