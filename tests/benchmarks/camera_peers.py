"""Readers of codes that others use: zbar, and the three of OpenCV, on one picture in grey.

They are no dependencies of this project; who has not installed them is told how:

    apt-get install libzbar0
    pip install pyzbar opencv-contrib-python-headless

into the environment that runs the benchmarks (or into another folder, named by PYTHONPATH).
OpenCV's reader of bars knows products only (EAN, UPC) and is left out; WeChat's runs without its
neural networks, which do not come with it. zbar reads QR and Code 128, OpenCV QR alone.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from ctypes.util import find_library
from typing import Any

from PIL import Image

Reader = Callable[[Image.Image], list[str]]

QR_ONLY = ("OpenCV", "OpenCV Aruco", "OpenCV WeChat")
READS = {"zbar": ("QRCode", "Code128"), **dict.fromkeys(QR_ONLY, ("QRCode",))}
"""Which kinds of codes each can read at all."""


def readers() -> dict[str, Reader]:
    """The readers that are installed here, by name."""
    found: dict[str, Reader] = {}
    if importlib.util.find_spec("pyzbar") and find_library("zbar"):
        found["zbar"] = _by_zbar
    if importlib.util.find_spec("cv2"):
        import cv2

        found["OpenCV"] = _by_detector(cv2.QRCodeDetector())
        found["OpenCV Aruco"] = _by_detector(cv2.QRCodeDetectorAruco())
        if hasattr(cv2, "wechat_qrcode"):
            found["OpenCV WeChat"] = _by_wechat(cv2.wechat_qrcode.WeChatQRCode())
    return found


def _by_zbar(picture: Image.Image) -> list[str]:
    from pyzbar import pyzbar

    return [symbol.data.decode("utf-8", "replace") for symbol in pyzbar.decode(picture)]


def _by_detector(detector: Any) -> Reader:
    import cv2
    import numpy

    def read(picture: Image.Image) -> list[str]:
        try:
            _, texts, _, _ = detector.detectAndDecodeMulti(numpy.asarray(picture))
        except cv2.error:  # some noise makes it fail where it should find nothing
            return []
        return list(texts)

    return read


def _by_wechat(detector: Any) -> Reader:
    import numpy

    return lambda picture: list(detector.detectAndDecode(numpy.asarray(picture))[0])
