"""One part of a face + the texts of an attendee → what lies there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from checkin_app.badges import fields
from checkin_app.badges.codes.contact_cards import mecard, vcard
from checkin_app.badges.inks import Ink, ink
from checkin_app.badges.placed import (
    Placed,
    PlacedCode128,
    PlacedEllipse,
    PlacedPhoto,
    PlacedPicture,
    PlacedQr,
    PlacedRectangle,
    PlacedStroke,
    Turn,
)
from checkin_app.badges.text.fonts import FontChoice
from checkin_app.badges.text.programme_block import ProgrammeComposer
from checkin_app.badges.text.text_blocks import BlockComposer
from checkin_app.domain.badges.badge_elements import (
    Agenda,
    Code128,
    CodeFormat,
    Element,
    Ellipse,
    Line,
    Photo,
    Picture,
    Programme,
    QrCode,
    Rectangle,
)
from checkin_app.domain.badges.badge_face import Box
from checkin_app.domain.badges.badge_layout import CATEGORY_COLOUR, Condition, Part
from checkin_app.domain.badges.badge_text import TextBlock
from checkin_app.domain.programme import Event

Values = Mapping[str, str]
Place = Callable[[Values], Placed | None]
_CARD_FIELDS = ("title", "first_name", "last_name", "organisation", "role", "country", "email")


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a layout, and that of one category."""

    colours: Mapping[str, Ink]
    category: Ink

    def ink(self, name: str) -> Ink:
        """The colour of a name of the layout, of the category, or written out."""
        if name == CATEGORY_COLOUR:
            return self.category
        return self.colours[name] if name in self.colours else ink(name)

    def optional_ink(self, name: str) -> Ink | None:
        """The same; None for no colour at all."""
        return self.ink(name) if name else None


class PartComposer:
    """One part as one category has it.

    Attributes:
        is_shared: all attendees of the category have the same.
        box: the room it takes, unturned.
        placed: what lies there for the texts of an attendee; None when it is not printed.
    """

    def __init__(
        self, element: Element, part: Part, palette: Palette, event: Event, fonts: FontChoice
    ) -> None:
        named = (*fields_of_element(element), *(one.field for one in part.only_if))
        self.is_shared = all(fields.is_shared(name) for name in named)
        self.box = box_of(element)
        place = _place(element, palette, event, fonts)
        self.placed: Place = _when(part.only_if, place) if part.only_if else place

    @staticmethod
    def fields_of(part: Part) -> frozenset[str]:
        """Every field that the part asks for in any category."""
        named = {condition.field for condition in part.only_if}
        for element in (part.element, *part.by_category.values()):
            if element is not None:
                named.update(fields_of_element(element))
        return frozenset(named)

    def touches_any(self, others: Sequence[PartComposer]) -> bool:
        """Whether it overlaps one of the others."""
        return any(_overlap(self.box, other.box) for other in others)


def _when(conditions: Sequence[Condition], place: Place) -> Place:
    def placed(values: Values) -> Placed | None:
        if all(condition.holds(values[condition.field]) for condition in conditions):
            return place(values)
        return None

    return placed


def _place(element: Element, palette: Palette, event: Event, fonts: FontChoice) -> Place:
    """How an element is placed; whatever does not depend on the attendee is done here, once."""
    match element:
        case TextBlock():
            return BlockComposer(element, palette.ink, fonts, event.language).placed_for
        case Programme():
            return ProgrammeComposer(element, palette.ink, event, fonts).placed_for
        case QrCode():
            return _qr_place(element, palette)
        case Code128():
            content, colour = fields.Template.parse(element.content), palette.ink(element.colour)
            turn = turn_of(element.box, element.rotation_deg)
            return lambda values: PlacedCode128(element.box, content.filled(values), colour, turn)
        case Photo():
            turn = turn_of(element.box, element.rotation_deg)
            name = _column(element.field)
            return lambda values: (
                PlacedPhoto(element.box, values[name], element.fit, element.is_round, turn)
                if values[name]
                else None
            )
        case _:
            fixed = _fixed(element, palette)
            return lambda _values: fixed


def _qr_place(element: QrCode, palette: Palette) -> Place:
    content_of = _code_content(element)
    colour = palette.ink(element.colour)
    turn = turn_of(element.box, element.rotation_deg)

    def placed(values: Values) -> Placed:
        return PlacedQr(
            element.box,
            content_of(values),
            element.error_correction,
            element.quiet_zone_modules,
            colour,
            turn,
        )

    return placed


def _code_content(element: QrCode) -> Callable[[Values], str]:
    template = fields.Template.parse(element.content)
    match element.format:
        case CodeFormat.VCARD:
            return vcard
        case CodeFormat.MECARD:
            return mecard
        case CodeFormat.URL:
            return template.filled_in_url
        case CodeFormat.TEXT:
            return template.filled


def _fixed(element: Rectangle | Ellipse | Line | Picture, palette: Palette) -> Placed:
    match element:
        case Rectangle():
            return PlacedRectangle(
                element.box,
                palette.optional_ink(element.fill),
                palette.optional_ink(element.stroke),
                element.stroke_mm,
                element.corner_mm,
                turn_of(element.box, element.rotation_deg),
            )
        case Ellipse():
            return PlacedEllipse(
                element.box,
                palette.optional_ink(element.fill),
                palette.optional_ink(element.stroke),
                element.stroke_mm,
                turn_of(element.box, element.rotation_deg),
            )
        case Line():
            return PlacedStroke(
                element.x1_mm,
                element.y1_mm,
                element.x2_mm,
                element.y2_mm,
                palette.ink(element.colour),
                element.width_mm,
            )
        case Picture():
            return PlacedPicture(
                element.box,
                element.file,
                element.fit,
                element.align,
                element.vertical_align,
                turn_of(element.box, element.rotation_deg),
            )


def turn_of(box: Box, rotation_deg: float) -> Turn | None:
    """A rotation about the middle of a box; None for no rotation."""
    if not rotation_deg % 360:
        return None
    x_mm, y_mm = box.x_mm + box.width_mm / 2, box.y_mm + box.height_mm / 2
    return Turn(rotation_deg, x_mm, y_mm)


def fields_of_element(element: Element) -> tuple[str, ...]:
    """The fields whose texts an element shows, and columns as "column:Diet"."""
    match element:
        case TextBlock():
            texts = [text for paragraph in element.paragraphs for text in paragraph.texts]
            return tuple(name for text in texts for name in fields.Template.parse(text).fields)
        case QrCode() if element.format in (CodeFormat.VCARD, CodeFormat.MECARD):
            return _CARD_FIELDS
        case QrCode() | Code128():
            return fields.Template.parse(element.content).fields
        case Photo():
            return (_column(element.field),)
        case Programme() if element.agenda is Agenda.OWN:
            return (_column(element.field),)
        case _:
            return ()


def _column(name: str) -> str:
    return name if name in fields.FIELD_NAMES else f"{fields.COLUMN}:{name}"


def box_of(element: Element) -> Box:
    """The room an element takes, unturned."""
    if not isinstance(element, Line):
        return element.box
    left, right = sorted((element.x1_mm, element.x2_mm))
    top, bottom = sorted((element.y1_mm, element.y2_mm))
    half = element.width_mm / 2
    return Box(
        left - half, top - half, right - left + element.width_mm, bottom - top + element.width_mm
    )


def _overlap(one: Box, other: Box) -> bool:
    return (
        one.x_mm < other.right_mm
        and other.x_mm < one.right_mm
        and one.y_mm < other.bottom_mm
        and other.y_mm < one.bottom_mm
    )
