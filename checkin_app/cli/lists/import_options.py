"""The options of ``import`` and ``undo-import``."""

from __future__ import annotations

from checkin_app.cli import values
from checkin_app.cli.badges.badge_options import Adder


def add_import_commands(add: Adder) -> None:
    """Registration lists in, and taken back."""
    take = add(
        "import", "lists.list_commands", "take in a registration list (CSV, TSV, XLSX, XLS, ODS)"
    )
    take.add_argument("list", type=values.file, metavar="LIST", help="the list")
    take.add_argument(
        "--map",
        action="append",
        default=[],
        type=values.mapping,
        metavar="FIELD=COLUMN",
        help="fill a field from this column; an empty column frees the field",
    )
    take.add_argument(
        "--preset",
        metavar="P",
        help="take it for a list of this registration system, for example pretix; empty for none",
    )
    take.add_argument("--sheet", help="sheet of a workbook")
    take.add_argument("--encoding", help="of a text file, for example cp1252")
    take.add_argument("--delimiter", help="of a text file, for example ;")
    take.add_argument(
        "--missing",
        choices=("mark", "keep"),
        help="people whom the list does not name: mark them as gone from the list, or keep them;"
        " else marked when the list names most of those who came by such lists",
    )
    take.add_argument("--dry-run", action="store_true", help="only say what would change")

    undo = add("undo-import", "lists.undo_commands", "take a whole import back")
    undo.add_argument(
        "--import",
        dest="import_id",
        default="",
        metavar="ID",
        help="which, or the beginning of its id; else the newest that was not undone",
    )
    undo.add_argument("--dry-run", action="store_true", help="only say what would change")
