"""Keystrokes, bytes of a serial line, pictures and camera frames in; scans out. No Qt.

``keystrokes`` tells typing from a scan, ``keyboard_layouts`` undoes a wrong setting, and
``serial_lines`` finds the lines of a port. ``code_search`` finds codes in one picture, and
``sightings`` makes one scan of many frames. ``scanner_scans`` takes off what scanners add.
"""
