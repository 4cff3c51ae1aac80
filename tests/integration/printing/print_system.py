"""A print system of the test's own: a real cupsd, and printers that speak IPP.

Nothing of the machine is touched: cupsd gets folders and a socket of its own, each printer a free
port, and the message bus that ``ippeveprinter`` insists on (to announce itself in the network,
which it is told not to do) is a private one.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from free_ports import free_port
from paper import DEADLINE_S, Received, pages_of_pdf, until
from raster_pages import pages_of_raster

_COMMANDS = ("setpriv", "cupsd", "lpadmin", "ippeveprinter", "dbus-daemon")
_PATH = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
_HERE = Path(__file__).parent
_TRIES = 5


def why_not() -> str:
    """What keeps a print system from being started here; empty when nothing does."""
    if os.name != "posix" or os.uname().sysname != "Linux":
        return "a print system of the test's own is started on Linux only"
    if os.geteuid() != 0:
        return "starting a print system of the test's own needs root"
    try:
        socket.getaddrinfo("localhost", None)
    except OSError:
        return "this machine does not know the name localhost"
    missing = [command for command in _COMMANDS if not shutil.which(command, path=_PATH)]
    return f"this machine has no {', '.join(missing)}" if missing else ""


class PrintSystem:
    """A running cupsd and what belongs to it.

    Attributes:
        folder: where all of it lies.
        server: the path of its socket.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.server = str(folder / "cups.sock")
        self._bus = f"unix:path={folder / 'bus.sock'}"
        self._programs: list[Program] = []

    def start(self) -> None:
        (self.folder / "bus.conf").write_text(_BUS.format(address=self._bus))
        self._run("dbus-daemon", "--nofork", "--nopidfile", f"--config-file={self.folder}/bus.conf")
        self.start_server()
        until(lambda: Path(self._bus.partition("=")[2]).exists())

    def start_server(self) -> None:
        """cupsd; may be called again after ``stop_server``, and it knows its queues and jobs."""
        for name in ("cache", "state", "spool", "tmp"):
            (self.folder / name).mkdir(exist_ok=True)
        (self.folder / "tmp").chmod(0o1777)  # for the filters, which run as another user
        (self.folder / "cupsd.conf").write_text(_CUPSD.format(socket=self.server))
        (self.folder / "cups-files.conf").write_text(_CUPS_FILES.format(folder=self.folder))
        self._server = self._run(
            "cupsd",
            "-f",
            *("-c", str(self.folder / "cupsd.conf")),
            *("-s", str(self.folder / "cups-files.conf")),
        )
        until(self._answers)

    def stop_server(self) -> None:
        """In good order: it writes down what it has."""
        self._server.end()

    def stop(self) -> None:
        for program in reversed(self._programs):
            program.stop()

    def add_queue(self, name: str, uri: str) -> None:
        """A driverless queue for a printer. lpadmin says that all went well before cupsd has asked
        the printer, and also when that did not answer in time; then it is told once more.
        """
        is_made = (self.folder / "ppd" / f"{name}.ppd").exists
        for _ in range(_TRIES - 1):
            self.command("lpadmin", "-p", name, "-E", "-v", uri, "-m", "everywhere")
            with suppress(AssertionError):
                until(is_made, DEADLINE_S / _TRIES)
                return
        until(is_made)

    def command(self, *words: str) -> str:
        """What one of the commands that come with CUPS prints, for this server."""
        environment = {**os.environ, "PATH": _PATH, "CUPS_SERVER": self.server}
        done = subprocess.run(words, env=environment, check=True, capture_output=True, text=True)
        return done.stdout

    def log(self) -> str:
        return (self.folder / "error_log").read_text(errors="replace")

    def start_printer(self, *words: str, log: Path) -> Program:
        return self._run("ippeveprinter", *words, log=log)

    def _run(self, *words: str, log: Path | None = None) -> Program:
        environment = {**os.environ, "PATH": _PATH, "DBUS_SYSTEM_BUS_ADDRESS": self._bus}
        program = Program(words, environment, log or self.folder / f"{words[0]}.log")
        self._programs.append(program)
        return program

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as probe:
            return probe.connect_ex(self.server) == 0


class Program:
    """A program in the background, with all that it starts."""

    def __init__(self, words: tuple[str, ...], environment: dict[str, str], log: Path) -> None:
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                # Also when the tests are killed, nothing of this stays behind.
                ("setpriv", "--pdeathsig", "KILL", *words),
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def end(self) -> None:
        """When it has done what it wants to do before."""
        self._process.terminate()
        self._process.wait(DEADLINE_S)

    def stop(self) -> None:
        """At once, as by a pulled plug."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


class LabelPrinter:
    """A label printer with 300 dots an inch that speaks IPP, and its queue.

    Attributes:
        queue: the name of the queue.
        uri: where the printer is.
    """

    kind: tuple[str, ...] = ("-a", str(_HERE / "label_printer.conf"))

    def __init__(self, system: PrintSystem) -> None:
        self._system = system
        self._port = free_port()
        # Ports come again in a long run, queues must not: cupsd would know their jobs.
        self.queue = f"Labels_{uuid.uuid4().hex[:12]}"
        self.uri = f"ipp://localhost:{self._port}/ipp/print"
        self._folder = system.folder / self.queue
        for name in ("spool", "paper"):
            (self._folder / name).mkdir(parents=True)
        self.turn_on()
        system.add_queue(self.queue, self.uri)

    def turn_on(self) -> None:
        self._program = self._system.start_printer(
            *self.kind,
            *("-c", str(_HERE / "print_a_label.sh"), "-d", str(self._folder / "spool"), "-k"),
            *("-n", "localhost", "-p", str(self._port), "-r", "off", "-v", "Label printer"),
            log=self._folder / "log",
        )
        until(self._answers)

    def turn_off(self) -> None:
        self._program.stop()

    def remove(self) -> None:
        """Away with its jobs, its queue and itself."""
        self.turn_off()
        self._system.command("lpadmin", "-x", self.queue)

    def stop_with(self, *reasons: str) -> None:
        """What it is given from now on waits in it, and it says why."""
        (self._folder / "stopped").write_text(",".join(reasons))

    def go_on(self) -> None:
        """The paper is in, the cover closed: it prints what waited, and goes on."""
        (self._folder / "stopped").unlink(missing_ok=True)

    def received(self) -> list[Received]:
        files = sorted(
            (self._folder / "paper").glob("[!.]*"), key=lambda file: file.stat().st_mtime_ns
        )
        return [page for path in files for page in _pages(path)]

    def names(self) -> list[str]:
        return [path.name for path in (self._folder / "spool").iterdir()]

    def was_told_to_cancel(self) -> bool:
        return "Cancel-Job successful-ok" in (self._folder / "log").read_text()

    def asked(self) -> list[str]:
        """Paper, sides and quality that each job asked for, in words of IPP."""
        return (self._folder / "asked").read_text().splitlines()

    def _answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("localhost", self._port)) == 0


class OfficePrinter(LabelPrinter):
    """An office printer that takes PDF and prints on both sides of A4."""

    kind = ("-2", "-f", "application/pdf")


@contextmanager
def running_print_system() -> Iterator[PrintSystem]:
    """A print system that ends with the block and leaves nothing behind."""
    # Not in the test's own folder: cupsd works as another user, and sockets need short paths.
    folder = Path(tempfile.mkdtemp(prefix="cups-"))
    folder.chmod(0o755)
    system = PrintSystem(folder)
    try:
        system.start()
        yield system
    finally:
        system.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _pages(path: Path) -> list[Received]:
    content = path.read_bytes()
    return pages_of_pdf(content) if content.startswith(b"%PDF") else pages_of_raster(content)


_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>system</type>
  <listen>{address}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow user="*"/><allow own="*"/><allow send_destination="*"/><allow receive_sender="*"/>
  </policy>
</busconfig>
"""

_CUPSD = """LogLevel debug
MaxLogSize 0
Listen {socket}
Browsing No
WebInterface No
ErrorPolicy retry-job
JobRetryInterval 1
DefaultAuthType Basic
<Location />
  Order allow,deny
</Location>
<Policy default>
  JobPrivateAccess default
  JobPrivateValues default
  <Limit Create-Job Print-Job Print-URI Validate-Job>
    Order deny,allow
  </Limit>
  <Limit Cancel-Job Hold-Job Release-Job>
    Require user @OWNER @SYSTEM
    Order deny,allow
  </Limit>
  <Limit CUPS-Add-Modify-Printer CUPS-Delete-Printer Pause-Printer Resume-Printer>
    AuthType Default
    Require user @SYSTEM
    Order deny,allow
  </Limit>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
<Policy members>
  <Limit Print-Job>
    AuthType Basic
    Require user @SYSTEM
    Order deny,allow
  </Limit>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""

_CUPS_FILES = """User lp
Group lp
SystemGroup root lpadmin
ServerRoot {folder}
CacheDir {folder}/cache
StateDir {folder}/state
RequestRoot {folder}/spool
TempDir {folder}/tmp
AccessLog {folder}/access_log
ErrorLog {folder}/error_log
PageLog {folder}/page_log
Printcap
"""
