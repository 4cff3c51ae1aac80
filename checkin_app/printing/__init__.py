"""Badges handed to printers: the spoolers behind the print queue, each in a module of its own."""
