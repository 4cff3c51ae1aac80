"""What a stock is, in a line: how many badges of which size on which paper."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from checkin_app.domain.badges.stock import Feed, Fold, Stock


def stock_line(stock: Stock) -> str:
    """For example "10 on A4 · 85 × 54 mm · folded"."""
    parts = [_kind(stock), size_mm(stock.badge_width_mm, stock.badge_height_mm)]
    match stock.fold:
        case Fold.TENT:
            parts.append(_tr("folded across"))
        case Fold.BOOK:
            parts.append(_tr("folded lengthwise"))
    return "  ·  ".join(part for part in parts if part)


def short_doubt(stock: Stock) -> str:
    """A word for measures that are not sure; empty when they are."""
    return _tr("unverified") if stock.doubt else ""


def doubt_line(stock: Stock) -> str:
    """That a test sheet should come first; empty when the measures are sure."""
    return _tr("Unverified: print a test sheet") if stock.doubt else ""


def size_mm(width_mm: float, height_mm: float) -> str:
    """Width by height."""
    return f"{width_mm:g} × {height_mm:g} mm"


def _kind(stock: Stock) -> str:
    match stock.feed:
        case Feed.ROLL:
            return _tr("label roll")
        case Feed.ENDLESS:
            return _tr("endless roll")
        case Feed.CARD:
            return _tr("plastic card")
    if stock.slots == 1:
        return _tr("single")
    paper = stock.paper or size_mm(stock.paper_width_mm, stock.paper_height_mm)
    return _tr("{count} on {paper}").format(count=stock.slots, paper=paper)


def _tr(text: str) -> str:
    return QCoreApplication.translate("StockWords", text)
