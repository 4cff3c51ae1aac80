"""The lock around PDFium, for all who draw PDF pages in this process.

PDFium must not be used by two threads of a process at once, not even on different documents
(https://pypdfium2.readthedocs.io/en/stable/python_api.html#thread-safety). Whoever touches
pypdfium2 holds ``PDFIUM_LOCK`` meanwhile.
"""

from __future__ import annotations

import threading

PDFIUM_LOCK = threading.RLock()
