"""The event menu: new, open, sample, import, export, colours, sound, about."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMenu

from checkin_app import __version__
from checkin_app.gui.appearance.icons import icon
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.file_dialogs import as_file_name
from checkin_app.gui.opening import OpenedEvent, at_desk, open_for_desk, open_sample
from checkin_app.gui.window.screens import DOCUMENTS
from checkin_app.services.event_files import EVENT_SUFFIX, create_event
from checkin_app.settings import DESK_NAME_MAX_CHARACTERS, Theme

if TYPE_CHECKING:
    from checkin_app.gui.window.main_window import MainWindow


class EventActions(QObject):
    """What the menu's entries do. Files are opened in the work lane.

    Attributes:
        menu: to be shown by the rail.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.menu = QMenu(window)
        add = self._add
        add(self.tr("New event…"), "new", self._new)
        add(self.tr("Open event…"), "open", self._open, "Ctrl+O")
        add(self.tr("Sample event"), "sample", self._sample)
        self.menu.addSeparator()
        add(self.tr("Import a registration list…"), "import", self._import, "Ctrl+I")
        add(self.tr("Imports…"), "history", window.imports.show_imports)
        add(self.tr("Export…"), "export", self._export)
        add(self.tr("Other desks…"), "desks", self._other_desks)
        self.menu.addSeparator()
        self._add_themes()
        add(self.tr("Name of this desk…"), "desk-name", self.name_desk)
        self._sounds = add("", "sound-on", self._switch_sounds)
        self._show_sounds()
        window.settings_changed.connect(self._show_sounds)
        window.devices.sounds_wanted.connect(self._hear_sounds)
        add(self.tr("About"), "about", self._about)

    def open_path(self, path: Path) -> None:
        """Open an event file in this window."""
        self._open_with(partial(open_for_desk, path, self._window.settings.desk_name))

    def _add(self, text: str, icon_name: str, act: Callable[[], object], key: str = "") -> QAction:
        action = QAction(icon(icon_name), text, self)
        action.triggered.connect(act)
        if key:
            action.setShortcut(QKeySequence(key))
            self._window.addAction(action)
        self.menu.addAction(action)
        return action

    def _add_themes(self) -> None:
        menu = self.menu.addMenu(icon("theme"), self.tr("Colours"))
        group = QActionGroup(self)
        names = {
            Theme.AUTO: self.tr("As the system"),
            Theme.LIGHT: self.tr("Light"),
            Theme.DARK: self.tr("Dark"),
        }
        for theme, name in names.items():
            action = menu.addAction(name)
            action.setCheckable(True)
            action.setChecked(theme is self._window.settings.theme)
            action.setData(theme.value)
            group.addAction(action)
        group.triggered.connect(self._choose_theme)

    def _choose_theme(self, action: QAction) -> None:
        self._window.choose_theme(Theme(action.data()))

    def name_desk(self) -> None:
        """Check-ins carry the name, so the event is opened anew under it."""
        before = self._window.settings.desk_name
        typed, is_wanted = QInputDialog.getText(
            self._window,
            self.tr("Name of this desk"),
            self.tr("Each check-in made here carries this name."),
            text=before,
        )
        name = " ".join(typed.split())[:DESK_NAME_MAX_CHARACTERS]
        if is_wanted and name and name != before:
            self._window.change_settings(desk_name=name)
            if self._window.workplace is not None:
                self.open_path(self._window.workplace.event_file.path)

    def _other_desks(self) -> None:
        if self._window.workplace is not None:
            self._window.workplace.hub_wanted.emit("")

    def _switch_sounds(self) -> None:
        self._hear_sounds(not self._window.settings.sounds_on)

    def _hear_sounds(self, are_wanted: bool) -> None:
        self._window.change_settings(sounds_on=are_wanted)

    def _show_sounds(self) -> None:
        are_on = self._window.settings.sounds_on
        self._sounds.setText(
            self.tr("Switch sounds off") if are_on else self.tr("Switch sounds on")
        )
        self._sounds.setIcon(icon("sound-off" if are_on else "sound-on"))

    def _new(self) -> None:
        from checkin_app.gui.window.new_event import ask_for_event

        wanted = ask_for_event(self._window)
        if wanted is None:
            return
        path = self._ask_where(wanted.name)
        if path is None:
            return
        desk_name = self._window.settings.desk_name

        def make() -> OpenedEvent:
            return at_desk(create_event(path, wanted.name, wanted.day, wanted.timezone), desk_name)

        self._open_with(make)

    def _ask_where(self, name: str) -> Path | None:
        chosen, _ = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Where to keep the event"),
            str(Path.home() / f"{as_file_name(name)}{EVENT_SUFFIX}"),
            self.tr("Event files (*{suffix})").format(suffix=EVENT_SUFFIX),
        )
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix == EVENT_SUFFIX else path.with_name(path.name + EVENT_SUFFIX)

    def _open(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Open event"),
            str(Path.home()),
            self.tr("Event files (*{suffix})").format(suffix=EVENT_SUFFIX),
        )
        if chosen:
            self.open_path(Path(chosen))

    def _sample(self) -> None:
        import platformdirs

        folder = platformdirs.user_data_path("checkin-app", appauthor=False)
        self._open_with(partial(open_sample, folder, self._window.settings.desk_name))

    def _import(self) -> None:
        from checkin_app.gui.lists.choosing.choose_file import ask_for_list

        workplace = self._window.workplace
        if workplace is not None and (chosen := ask_for_list(workplace, self._window)):
            self._window.imports.show_path(chosen)

    def _export(self) -> None:
        self._window.show_screen(DOCUMENTS)

    def _about(self) -> None:
        self._window.messages.show_message(
            self.tr("checkin-app {version}. Apache License 2.0. Font Inter: SIL OFL 1.1.").format(
                version=__version__
            )
        )

    def _open_with(self, open_it: Callable[[], OpenedEvent]) -> None:
        self._window.tasks.run(
            Lane.FILES, open_it, self._window.show_event, self._window.faults.show_error
        )
