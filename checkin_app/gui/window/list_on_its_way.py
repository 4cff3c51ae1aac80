"""The one list that is on its way into the event, and what may take its place."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from checkin_app.gui.messages.message_bar import MessageKind
from checkin_app.gui.window.screens import IMPORT

if TYPE_CHECKING:
    from checkin_app.gui.lists.import_screen import ImportScreen
    from checkin_app.gui.window.main_window import MainWindow
    from checkin_app.services.list_import.registration_lists import ListChoices, ListSource
    from checkin_app.services.online.online_lists import FetchedList


class ListOnItsWay(QObject):
    """Shows lists to be imported, one at a time; what was decided about one is not lost unasked."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def show_path(self, path: str | Path) -> None:
        """Show a registration list and what would be taken from it; without one, ask for it."""
        self._show(Path(path) if path else None)

    def show_fetched(self, fetched: FetchedList) -> None:
        """Show a list that came from the web and what would be taken from it."""
        self._show(fetched.table, fetched.choices)

    def show_imports(self) -> None:
        """Show the imports there were; a list that is being looked at stays as it is."""
        if screen := self._screen:
            self._window.show_screen(IMPORT)
            screen.show_imports()
        else:
            self._show(None)

    def leave(self) -> None:
        """The event is about to be left: what is only looked at is looked at no more."""
        if screen := self._screen:
            screen.give_up()

    @property
    def _screen(self) -> ImportScreen | None:
        from checkin_app.gui.lists.import_screen import ImportScreen

        passing = self._window.screens.passing
        return passing if isinstance(passing, ImportScreen) else None

    def _show(self, source: ListSource | None, choices: ListChoices | None = None) -> None:
        if self._window.workplace is None:
            return
        screen = self._screen
        if screen is not None and screen.is_importing:
            self._window.show_screen(IMPORT)
            self._window.messages.show_message(
                self.tr("One list after the other: wait for this one.")
            )
        elif screen is not None and screen.holds_work:
            self._window.show_screen(IMPORT)
            self._ask(screen, source, choices)
        else:
            self._put(source, choices)

    def _ask(
        self, screen: ImportScreen, source: ListSource | None, choices: ListChoices | None
    ) -> None:
        from checkin_app.services.list_import.registration_lists import path_of

        other = self.tr("another list") if source is None else path_of(source).name
        self._window.messages.show_message(
            self.tr("What you corrected and decided for {name} would be lost.").format(
                name=screen.head.title.text()
            ),
            MessageKind.WARNING,
            action_text=self.tr("Take {other} all the same").format(other=other),
            action=partial(self._put_in_place_of, screen, source, choices),
        )

    def _put_in_place_of(
        self, screen: ImportScreen, source: ListSource | None, choices: ListChoices | None
    ) -> None:
        """What was asked about may have gone on meanwhile: then it is asked anew, or not at all."""
        if screen is self._screen and not screen.is_importing:
            self._put(source, choices)
        else:
            self._show(source, choices)

    def _put(self, source: ListSource | None, choices: ListChoices | None) -> None:
        from checkin_app.gui.lists.import_screen import ImportScreen

        workplace = self._window.workplace
        if workplace is None:
            return
        self.leave()
        screen = ImportScreen(workplace, source, choices)
        screen.finished.connect(self._end)
        self._window.screens.show_passing(screen)
        self._window.offer_import(True)

    def _end(self) -> None:
        self._window.screens.end_passing()
        self._window.offer_import(False)
