"""Zebra label printers: labels in ZPL II, and what the printers tell of themselves."""
