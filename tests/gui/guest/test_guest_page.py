"""What the guest sees is whole, whatever the script."""

from __future__ import annotations

import pytest
from PIL import Image
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QImage, QPainter

from checkin_app.gui.appearance.look import set_up_look
from checkin_app.gui.guest.guest_message import GuestMessage, GuestMood
from checkin_app.gui.guest.guest_page import FAMILIES, GuestPage
from checkin_app.settings import Theme


def proportion(image: QImage) -> float:
    """Height by width of what is drawn in white."""
    plain = image.convertToFormat(QImage.Format.Format_Grayscale8)
    size = (plain.width(), plain.height())
    grey = Image.frombuffer("L", size, plain.constBits(), "raw", "L", plain.bytesPerLine(), 1)
    left, top, right, bottom = grey.point(lambda level: level > 250 and 255).getbbox()
    return (bottom - top) / (right - left)


def drawn_with_room(text: str) -> QImage:
    """The text as it is meant, with nothing around it that might cut it."""
    image = QImage(1600, 600, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.black)
    painter = QPainter(image)
    font = QFont()
    font.setFamilies(FAMILIES)
    font.setBold(True)
    font.setPixelSize(100)
    painter.setFont(font)
    painter.setPen(Qt.GlobalColor.white)
    painter.drawText(QPointF(200, 300), text)
    painter.end()
    return image


@pytest.mark.parametrize("greeting", ["أهلاً وسهلاً", "الافتتاح", "Ållg"])
def test_no_part_of_a_letter_is_cut_off(qtbot, qapp, greeting):
    set_up_look(qapp, Theme.LIGHT)
    page = GuestPage(GuestMessage(GuestMood.WELCOME, headline=greeting))
    qtbot.addWidget(page)
    page.resize(800, 1280)
    shown = page.grab().toImage().copy(0, 0, 800, 190)
    assert proportion(shown) == pytest.approx(proportion(drawn_with_room(greeting)), rel=0.06)
