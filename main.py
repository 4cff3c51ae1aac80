"""Starts checkin_app from a checkout.

The badge worker is a spawned process, which imports this file again: nothing may happen then.
"""

import sys

from checkin_app.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
