"""Attendees, a layout and stock in; a PDF of badges out. One module per stage.

compose (with fields, fitting, text_blocks) → preflight → impose → draw (with fonts, qr) →
document. ``layouts`` reads the designs; ``tickets`` makes the page sent before the event.
"""
