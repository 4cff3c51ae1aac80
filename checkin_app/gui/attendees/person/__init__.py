"""One person beside the table: corrected, checked in, given a new code, shown all data."""
