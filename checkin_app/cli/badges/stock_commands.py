"""``stock``, ``test-sheet`` and ``layouts``: what badges can be printed on, and how."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from checkin_app.badges.sheets.calibration import PrintError, measured_offset
from checkin_app.cli.output import Output
from checkin_app.domain.badges.imposition import PrinterOffset
from checkin_app.domain.badges.stock import Stock
from checkin_app.errors import CheckinError
from checkin_app.whole_file import whole_file


def run_stock(arguments: Namespace, output: Output) -> bool:
    """Search the stock by brand and number, size or kind; or take in gLabels templates."""
    from checkin_app.stock.own_stock import load_own_stock, own_stock_path
    from checkin_app.stock.search import search_stock

    if arguments.glabels is not None:
        return _take_glabels(arguments.glabels, output)
    found = search_stock(
        " ".join(arguments.text), arguments.limit, load_own_stock(own_stock_path())
    )
    for stock in found:
        output.say(_line(stock))
        if stock.doubt:
            output.say(f"    unverified: {stock.doubt}")
    if not found:
        output.say("No stock found. Try the number on the box, or the size: 90x54.")
    output.result({"stock": [_stock_json(stock) for stock in found]})
    return True


def run_test_sheet(arguments: Namespace, output: Output) -> bool:
    """Write the test sheet of a stock, or keep what was measured on it."""
    from checkin_app.badges.sheets.calibration_sheet import write_calibration_sheet
    from checkin_app.stock.own_stock import load_own_stock, own_stock_path
    from checkin_app.stock.printer_offsets import (
        keep_printer_offset,
        printer_offset,
        printer_offsets_path,
    )
    from checkin_app.stock.search import find_stock

    stock = find_stock(arguments.stock, load_own_stock(own_stock_path()))
    offsets = printer_offsets_path()
    offset = printer_offset(arguments.printer, stock.name, offsets)
    if arguments.measured is not None:
        near, far = _print_errors(arguments.measured)
        offset = measured_offset(stock, near, far, offset)
        keep_printer_offset(arguments.printer, stock.name, offset, offsets)
        output.say(f"Kept for {arguments.printer or 'any printer'} and {stock.name}.")
    if arguments.output is not None:
        write_calibration_sheet(arguments.output, stock, offset=offset, printer=arguments.printer)
        output.say(f"{arguments.output}: print it at its actual size, then measure A and B.")
    output.result(
        {
            "stock": stock.name,
            "printer": arguments.printer,
            "file": str(arguments.output) if arguments.output is not None else None,
            "offset": _offset_json(offset),
        }
    )
    return True


def run_layouts(arguments: Namespace, output: Output) -> bool:
    """Name the layouts of the program, or write one out to be changed."""
    from checkin_app.badges.layouts.built_in import built_in_layout, layout_names

    if arguments.copy:
        layout = built_in_layout(arguments.copy)
        target: Path = arguments.output or Path(f"{layout.name}.toml")
        _write_layout(target, layout.source, layout.pictures)
        output.say(f"{target}: change it, then print with --layout {target}.")
        output.result({"layout": layout.name, "file": str(target)})
        return True
    layouts = [built_in_layout(name) for name in layout_names()]
    for layout in layouts:
        output.say(f"{layout.name:14} {layout.title}: {layout.description}")
    output.result(
        {
            "layouts": [
                {
                    "name": layout.name,
                    "title": layout.title,
                    "description": layout.description,
                    "sizes_mm": [[one.width_mm, one.height_mm] for one in layout.designs],
                }
                for layout in layouts
            ]
        }
    )
    return True


def _print_errors(measured: Sequence[float]) -> tuple[PrintError, PrintError | None]:
    """What was measured at the crosses A and B."""
    return PrintError(*measured[:2]), PrintError(*measured[2:]) if measured[2:] else None


def _write_layout(target: Path, source: str, pictures: Any) -> None:
    for name, content in {target.name: source.encode(), **pictures}.items():
        path = target.parent / name
        if path.exists():
            raise CheckinError(f"{path} exists already. Name another file with -o.")
        with whole_file(path) as file:
            file.write_bytes(content)


def _take_glabels(path: Path, output: Output) -> bool:
    from checkin_app.stock.glabels_templates import read_glabels_templates
    from checkin_app.stock.own_stock import own_stock_path, save_own_stock

    templates = read_glabels_templates(path)
    for stock in templates.stocks:
        save_own_stock(stock, own_stock_path())
        output.say(f"Kept: {_line(stock)}")
    for one in templates.left_out:
        output.say(f"Left out: {one.name}: {one.reason}")
    output.result(
        {
            "stock": [_stock_json(stock) for stock in templates.stocks],
            "left_out": [{"name": one.name, "reason": one.reason} for one in templates.left_out],
        }
    )
    return bool(templates.stocks) and not templates.left_out


def _line(stock: Stock) -> str:
    size = f"{stock.badge_width_mm:g} × {stock.badge_height_mm:g} mm"
    on_paper = f", {stock.slots} on {stock.paper or 'a sheet'}" if stock.slots > 1 else ""
    described = f"  {stock.description}" if stock.description else ""
    return f"{stock.name}  {size}{on_paper}{described}"


def _stock_json(stock: Stock) -> dict[str, Any]:
    from checkin_app.stock.stock_document import stock_document

    return {**stock_document(stock), "slots": stock.slots}


def _offset_json(offset: PrinterOffset) -> dict[str, float]:
    return {
        "right_mm": offset.right_mm,
        "down_mm": offset.down_mm,
        "scale_x": offset.scale_x,
        "scale_y": offset.scale_y,
    }
