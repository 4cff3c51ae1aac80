"""Rows, number fields, folders and heads that the forms are made of."""
