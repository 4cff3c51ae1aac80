"""What badges are printed on: the program's table of stock, the organiser's own, and how far a
printer prints beside it.

``catalogue`` reads the table, ``search`` finds in it; ``glabels_templates`` and ``own_stock`` add
to it; ``printer_offsets`` keeps what was measured on test sheets.
"""
