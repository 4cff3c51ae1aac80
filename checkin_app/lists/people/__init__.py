"""Rows become people: names split, guests of an order told apart, doubts said."""
