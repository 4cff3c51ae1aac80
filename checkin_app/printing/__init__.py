"""Badges handed to printers: the spoolers behind the print queue, a folder for each kind.

``spooler`` says what the queue asks of every one of them, ``spoolers`` which there are here.
"""
