"""Has a proof of the newest run made when somebody looks at it, and saved if wanted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from checkin_app.errors import CheckinError
from checkin_app.gui.background.tasks import Job, Lane
from checkin_app.gui.badges.run.badge_run import BadgeRun
from checkin_app.gui.badges.sheets.page_picture import Picture, picture_of
from checkin_app.gui.badges.sheets.proof_view import ProofView
from checkin_app.gui.file_dialogs import ask_to_save
from checkin_app.gui.plain_text import shown
from checkin_app.gui.workplace import Workplace
from checkin_app.scratch_folder import ScratchFolder
from checkin_app.services.bulk_badges.badge_printing import BadgeJob, ProofSheet, run_proof_sheet
from checkin_app.whole_file import whole_file

_MOST_IN_LANE = 600
"""The badges of more people are looked through in a process of their own."""


class Proofing(QObject):
    """Makes, draws and saves the proof that a view shows."""

    def __init__(
        self, workplace: Workplace, view: ProofView, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._view = view
        self._folder = ScratchFolder()
        self.destroyed.connect(self._folder.remove)
        self._run: BadgeRun | None = None
        self._asked: BadgeRun | None = None
        self._proof: ProofSheet | None = None
        self._work: Job | None = None
        self._number = 0
        view.opened.connect(self._begin)
        view.preview.wanted.connect(self._draw)
        view.save_wanted.connect(self._ask_where)

    def show_run(self, run: BadgeRun | None) -> None:
        """Proofs are of this run from now on."""
        self._run = run
        if self._view.isVisible():
            self._begin()

    def save_to(self, path: Path) -> None:
        """Save the proof that is shown."""
        if self._proof is not None:
            self._workplace.tasks.run(
                Lane.NUMBERS,
                partial(_copy, self._proof.report.file, path),
                partial(self._tell_saved, path),
                self._tell,
            )

    def _ask_where(self) -> None:
        kinds = {self.tr("PDF (*.pdf)"): ".pdf"}
        title, name = self.tr("Save the proof"), self.tr("Proof")
        path = ask_to_save(self._workplace, self._view, title, name, kinds)
        if path is not None:
            self.save_to(path)

    def _begin(self) -> None:
        run = self._run
        if run is self._asked:
            return
        self._asked, self._proof = run, None
        self._view.preview.show_pages(0)
        if self._work is not None:
            self._work.cancel()
        if run is None or not run.job.attendees:
            self._view.show_problem(self.tr("There is nobody to print."))
            return
        self._view.show_choosing()
        # Each in a file of its own: the one shown may be asked for while the next is written.
        self._number += 1
        job = replace(run.job, file=self._folder.path / f"proof-{self._number}.pdf")
        done, failed = partial(self._take, run), partial(self._fail, run)
        if len(job.attendees) > _MOST_IN_LANE:
            self._work = self._workplace.tasks.run_in_process(_proof_of, (job,), done, failed)
        else:
            self._workplace.tasks.run(Lane.SEARCH, partial(run_proof_sheet, job), done, failed)

    def _take(self, run: BadgeRun, proof: ProofSheet) -> None:
        if run is self._asked:
            self._work, self._proof = None, proof
            self._view.show_picks(proof.picks)
            stock = run.job.plan.stock
            self._view.preview.show_pages(
                proof.report.sheets * (2 if run.has_backs else 1),
                stock.paper_height_mm / stock.paper_width_mm,
                has_backs=run.has_backs,
            )

    def _draw(self, page: int, width_px: int) -> None:
        if self._proof is not None:
            self._workplace.tasks.run_newest(
                Lane.SEARCH,
                partial(picture_of, self._proof.report.file, page, width_px),
                self._show,
                self._tell,
            )

    def _show(self, picture: Picture) -> None:
        if self._proof is not None:
            self._view.preview.show_picture(picture)

    def _fail(self, run: BadgeRun, error: BaseException) -> None:
        if run is self._asked:
            self._tell(error)

    def _tell(self, error: BaseException) -> None:
        match error:
            case CheckinError():
                self._view.show_problem(str(error))
            case _:
                self._workplace.show_error(error)

    def _tell_saved(self, path: Path, _nothing: None) -> None:
        self._workplace.messages.show_message(
            self.tr("The proof is in {file}.").format(file=shown(path.name))
        )


def _proof_of(
    job: BadgeJob, _progress: Callable[[int, int], None], _cancelled: Callable[[], bool]
) -> ProofSheet:
    return run_proof_sheet(job)


def _copy(file: Path, to: Path) -> None:
    with whole_file(to) as unfinished:
        unfinished.write_bytes(file.read_bytes())
