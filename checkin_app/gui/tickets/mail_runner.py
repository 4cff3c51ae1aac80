"""Lets mails go out in a lane of their own, one mailing at a time."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from checkin_app.gui.background.tasks import Job, Lane
from checkin_app.gui.messages.message_bar import MessageKind
from checkin_app.gui.tickets.mail_work import MailPost, Sending
from checkin_app.gui.workplace import Workplace
from checkin_app.services.mail.mail_desk import MailDesk
from checkin_app.services.mail.mail_progress import MailProgress


class MailRunner(QObject):
    """Sends, until nothing waits or somebody stops it.

    Signals:
        progressed: a ``MailProgress``.
        ended: the ``MailProgress`` at the end, or at a pause.
        failed: the exception that ended it; what waits goes on waiting.
    """

    progressed = Signal(object)
    ended = Signal(object)
    failed = Signal(object)

    def __init__(self, workplace: Workplace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._job: Job | None = None
        self._sending: Sending | None = None
        workplace.left.connect(self._tell_rest)

    @property
    def is_under_way(self) -> bool:
        """Whether mails go out just now."""
        return self._job is not None

    def start(self, sending: Sending) -> None:
        """Send, unless that is done already."""
        if self._job is not None:
            return
        self._sending = sending
        self._job = self._workplace.tasks.run_job(
            sending.work, self._take_end, self._take_failure, self._take_progress, Lane.MAIL
        )
        # The event may be left before all is sent: what waits goes out when it is open again.
        self._workplace.destroyed.connect(self._job.cancel)

    def pause(self) -> None:
        """Finish the mail that is under way, and stop."""
        if self._job is not None:
            self._job.cancel()

    def _tell_rest(self) -> None:
        """Who opens another event has this one's mails behind them, but not all of them sent."""
        if self._job is not None:
            self._workplace.messages.show_message(
                self.tr(
                    "Tickets are still to be sent for {event}. They wait: open it again and go on"
                    " under Tickets."
                ).format(event=self._workplace.desk.event.name),
                MessageKind.WARNING,
            )

    def _take_progress(self, _done: int, _total: int) -> None:
        if self._sending is not None and self._sending.latest is not None:
            self.progressed.emit(self._sending.latest)

    def _take_end(self, end: MailProgress) -> None:
        self._rest()
        self.ended.emit(end)

    def _take_failure(self, error: BaseException) -> None:
        self._rest()
        self.failed.emit(error)

    def _rest(self) -> None:
        self._job, self._sending = None, None


def post_of(workplace: Workplace) -> MailPost:
    """Where the mails of an open event come from."""
    # Not at the top: it takes part of the time in which the window opens.
    from checkin_app.badges.text.font_files import own_fonts_folder

    settings = workplace.settings
    return MailPost(
        workplace.event_file,
        MailDesk(settings.desk_id, workplace.desk.desk_name),
        workplace.passwords,
        workplace.clock,
        settings.mail,
        workplace.tasks.stopping.is_set,
        own_fonts_folder(),
    )
