"""What a scan of the test code showed, in sentences for the organiser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from checkin_app.gui.settings.scanners.trial import Stage
from checkin_app.scanning.scanner_test import Heard, ScannerFindings, Speed
from checkin_app.settings.device_settings import ScannerSettings

_CONTEXT = "ScannerFindings"
_MOST_LAYOUTS = 3


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One sentence; ``is_good``: nothing needs to be done about it."""

    text: str
    is_good: bool = True


def instruction(stage: Stage) -> str:
    """What to do now."""
    match stage:
        case Stage.WAITING:
            return _tr("Scan one of these codes with your scanner.")
        case Stage.LISTENING:
            return _tr("Heard. One moment…")
        case Stage.SET_UP:
            return _tr("The desk is set up for this scanner. Scan the code once more.")
        case Stage.WORKS:
            return _tr("This scanner works at this desk.")
        case Stage.FAILED:
            return _tr("The desk does not understand this scanner yet.")
        case Stage.ANOTHER_CODE:
            return _tr("That was another code, and nobody was checked in.")


def explanation(stage: Stage) -> str:
    """A second sentence below the instruction; empty for most."""
    match stage:
        case Stage.WAITING:
            return _tr(
                "Make the screen bright and hold the scanner 10 to 20 cm away. If nothing happens"
                " at its beep, it sends to a serial port: add it below."
            )
        case Stage.FAILED:
            return _tr("Change at the scanner what is marked, then scan the code again.")
        case Stage.ANOTHER_CODE:
            return _tr("Go to the desk to check people in. Here only the codes above count.")
        case _:
            return ""


def finding_lines(findings: ScannerFindings) -> tuple[FindingLine, ...]:
    """All that was found, what needs care first."""
    if findings.heard is Heard.SPOILT:
        return (FindingLine(_spoilt_words(), is_good=False),)
    lines = _lines(findings)
    return tuple(sorted(lines, key=lambda line: line.is_good))


def settings_words(settings: ScannerSettings) -> str:
    """What the desk does for its scanners; empty when there is nothing special."""
    parts = []
    for added, words in (
        (settings.prefix, _tr("takes “{added}” off before each code")),
        (settings.suffix, _tr("takes “{added}” off after each code")),
    ):
        if added:
            parts.append(words.format(added=_visible(added)))
    if settings.is_slow:
        parts.append(_tr("waits for scanners that type slowly"))
    return _tr("This desk {does}.").format(does=", ".join(parts)) if parts else ""


def _lines(findings: ScannerFindings) -> Iterator[FindingLine]:
    yield from _layout_lines(findings)
    yield _ending_line(findings)
    if findings.speed is not Speed.NOT_TYPED:
        yield _speed_line(findings)
    if findings.is_sent_twice:
        yield FindingLine(_tr("Each code is sent twice. The desk counts it once."))
    for added, words in (
        (findings.prefix, _tr("It puts “{added}” before each code. The desk takes it off.")),
        (findings.suffix, _tr("It puts “{added}” after each code. The desk takes it off.")),
    ):
        if added:
            yield FindingLine(words.format(added=_visible(findings.meant_by(added))))


def _layout_lines(findings: ScannerFindings) -> Iterator[FindingLine]:
    if findings.has_caps_lock:
        yield FindingLine(_tr("Caps Lock is on: switch it off."), is_good=False)
    if findings.layouts:
        yield FindingLine(
            _tr(
                "The computer's keyboard is set to {layouts}, the scanner's to United States. The"
                " desk translates; codes of other systems are safer when the scanner is set to"
                " the computer's layout."
            ).format(layouts=_alternatives(findings.layouts))
        )
    if findings.scanner_layouts:
        yield FindingLine(
            _tr(
                "The scanner is set to the keyboard {layouts}, the computer is not. The desk"
                " translates; codes of other systems are safer when both are the same."
            ).format(layouts=_alternatives(findings.scanner_layouts))
        )
    if not findings.garblings:
        if findings.speed is Speed.NOT_TYPED:
            yield FindingLine(_tr("All characters arrive as they are in the code."))
        else:
            yield FindingLine(_tr("Scanner and computer have the same keyboard layout."))


def _ending_line(findings: ScannerFindings) -> FindingLine:
    if findings.is_closed:
        words = _tr("Each code ends with {ending}.").format(ending=findings.ending)
        return FindingLine(words)
    return FindingLine(
        _tr(
            "Nothing ends the code. The desk waits a tenth of a second to be sure; set the"
            " scanner to send Enter and answers come sooner."
        )
    )


def _speed_line(findings: ScannerFindings) -> FindingLine:
    gap = findings.slowest_gap_ms
    match findings.speed:
        case Speed.TOO_SLOW:
            return FindingLine(
                _tr(
                    "It types like a person: {gap} ms between two characters. Set a shorter"
                    " inter-character delay at the scanner, or connect it by cable."
                ).format(gap=gap),
                is_good=False,
            )
        case Speed.SLOW:
            words = _tr("It types slowly, {gap} ms between two characters. The desk waits for it.")
            return FindingLine(words.format(gap=gap))
        case _:
            words = _tr("It types fast: at most {gap} ms between two characters.")
            return FindingLine(words.format(gap=gap))


def _spoilt_words() -> str:
    return _tr(
        "Characters are missing or wrong in a way that no known keyboard layout explains. Set the"
        " scanner's keyboard (its “country”) to United States, and send all characters."
    )


def _alternatives(names: tuple[str, ...]) -> str:
    first = names[:_MOST_LAYOUTS]
    if len(first) == 1:
        return first[0]
    return _tr("{names} or {last}").format(names=", ".join(first[:-1]), last=first[-1])


def _visible(added: str) -> str:
    """Control characters by their Unicode pictures: ␝ for GS."""
    return "".join(chr(0x2400 + ord(c)) if ord(c) < 0x20 else c for c in added)


def _tr(text: str) -> str:
    return QCoreApplication.translate(_CONTEXT, text)
