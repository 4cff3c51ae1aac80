"""What forms and screens are made of: rows, labels, fields, folders, heads, empty states."""
