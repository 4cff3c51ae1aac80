"""The functions of libcups that badges need, with their types.

Only functions on opaque handles, which have been the same since CUPS 1.7
(https://openprinting.github.io/cups/doc/cupspm.html). A wrong line here is a crash of the program:
compare with ``cups.h``, ``http.h`` and ``ipp.h``.
"""

from __future__ import annotations

import ctypes
import sys
from ctypes import POINTER, c_char_p, c_double, c_int, c_size_t, c_void_p
from typing import Any

_LIBRARIES = {"linux": "libcups.so.2", "darwin": "/usr/lib/libcups.2.dylib"}

HTTP = IPP = ATTRIBUTE = c_void_p
PasswordAsked = ctypes.CFUNCTYPE(c_void_p, c_char_p, c_void_p, c_char_p, c_char_p, c_void_p)

_FUNCTIONS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "cupsServer": (c_char_p, ()),
    "cupsEncryption": (c_int, ()),
    "cupsUser": (c_char_p, ()),
    "cupsLastErrorString": (c_char_p, ()),
    "cupsSetPasswordCB2": (None, (PasswordAsked, c_void_p)),
    "cupsSendRequest": (c_int, (HTTP, IPP, c_char_p, c_size_t)),
    "cupsWriteRequestData": (c_int, (HTTP, c_char_p, c_size_t)),
    "cupsGetResponse": (IPP, (HTTP, c_char_p)),
    "httpConnect2": (
        HTTP,
        (c_char_p, c_int, c_void_p, c_int, c_int, c_int, c_int, POINTER(c_int)),
    ),
    "httpSetTimeout": (None, (HTTP, c_double, c_void_p, c_void_p)),
    "httpGetStatus": (c_int, (HTTP,)),
    "httpClose": (None, (HTTP,)),
    "ippPort": (c_int, ()),
    "ippNew": (IPP, ()),
    "ippNewRequest": (IPP, (c_int,)),
    "ippDelete": (None, (IPP,)),
    "ippLength": (c_size_t, (IPP,)),
    "ippGetStatusCode": (c_int, (IPP,)),
    "ippFindAttribute": (ATTRIBUTE, (IPP, c_char_p, c_int)),
    "ippFirstAttribute": (ATTRIBUTE, (IPP,)),
    "ippNextAttribute": (ATTRIBUTE, (IPP,)),
    "ippSetString": (c_int, (IPP, POINTER(ATTRIBUTE), c_int, c_char_p)),
    "ippAddBoolean": (ATTRIBUTE, (IPP, c_int, c_char_p, ctypes.c_char)),
    "ippAddIntegers": (ATTRIBUTE, (IPP, c_int, c_int, c_char_p, c_int, POINTER(c_int))),
    "ippAddStrings": (
        ATTRIBUTE,
        (IPP, c_int, c_int, c_char_p, c_int, c_char_p, POINTER(c_char_p)),
    ),
    "ippAddCollections": (ATTRIBUTE, (IPP, c_int, c_char_p, c_int, POINTER(IPP))),
    "ippGetName": (c_char_p, (ATTRIBUTE,)),
    "ippGetGroupTag": (c_int, (ATTRIBUTE,)),
    "ippGetValueTag": (c_int, (ATTRIBUTE,)),
    "ippGetCount": (c_int, (ATTRIBUTE,)),
    "ippGetInteger": (c_int, (ATTRIBUTE, c_int)),
    "ippGetBoolean": (c_int, (ATTRIBUTE, c_int)),
    "ippGetString": (c_char_p, (ATTRIBUTE, c_int, c_void_p)),
    "ippGetRange": (c_int, (ATTRIBUTE, c_int, POINTER(c_int))),
    "ippGetResolution": (c_int, (ATTRIBUTE, c_int, POINTER(c_int), POINTER(c_int))),
    "ippGetCollection": (IPP, (ATTRIBUTE, c_int)),
}


def load_libcups() -> ctypes.CDLL | None:
    """The system's own library; None where it is missing, or lacks one of these functions."""
    name = _LIBRARIES.get(sys.platform)
    if name is None:
        return None
    try:
        library = ctypes.CDLL(name)
        for function_name, (result, arguments) in _FUNCTIONS.items():
            function = getattr(library, function_name)
            function.restype = result
            function.argtypes = arguments
    except (OSError, AttributeError):
        return None
    return library
