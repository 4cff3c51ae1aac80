"""Which labels of ours a Zebra printer still has: it has no names for jobs, but prints in order."""

from __future__ import annotations

from dataclasses import dataclass

from checkin_app.printing.spooler import SpooledState

_ENDED_JOBS_REMEMBERED = 200


@dataclass(slots=True)
class SentJob:
    """A job that a printer has.

    Attributes:
        labels: each without its end, to be sent again if it must.
        was_away: the printer was not to be reached since; if it was switched off, the job is lost.
    """

    id: str
    address: str
    labels: tuple[bytes, ...]
    was_away: bool = False


class ZebraJobs:
    """The jobs that were sent since the program started."""

    def __init__(self) -> None:
        self._sent: dict[str, SentJob] = {}
        self._ended: dict[str, SpooledState] = {}

    def add(self, job: SentJob) -> None:
        """A printer has it."""
        self._sent[job.id] = job

    def end(self, job_id: str, state: SpooledState) -> None:
        """The printer has it no more."""
        del self._sent[job_id]
        self._ended[job_id] = state
        if len(self._ended) > _ENDED_JOBS_REMEMBERED:
            del self._ended[next(iter(self._ended))]

    def ended(self, job_id: str) -> SpooledState | None:
        """How a job ended; None if it did not, or long ago."""
        return self._ended.get(job_id)

    def sent(self, job_id: str) -> SentJob | None:
        """A job that a printer has."""
        return self._sent.get(job_id)

    def at(self, address: str) -> tuple[SentJob, ...]:
        """What a printer has, in its order."""
        return tuple(job for job in self._sent.values() if job.address == address)

    def is_out(self, job: SentJob, pending: int) -> bool:
        """Whether a job is printed when the printer has so many labels left.

        Those left are the last ones. Where other desks send to the same printer as well, this is
        said later than it might be, never sooner.
        """
        jobs = self.at(job.address)
        later = jobs[jobs.index(job) + 1 :]
        return pending <= sum(len(one.labels) for one in later)

    def note_absence(self, address: str) -> None:
        """The printer could not be reached."""
        for job in self.at(address):
            job.was_away = True
