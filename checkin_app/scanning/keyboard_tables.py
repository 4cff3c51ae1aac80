"""What each key of a keyboard writes under the layouts found on Europe's computers.

A layout is two tables, without and with Shift, of the 48 writing keys of an ISO keyboard in
four rows from left to right: the digit row beginning left of 1, the row of Q, the row of A
with the key beside Enter last, and the row of Z beginning with the extra key right of Shift,
which a United States keyboard lacks.
The characters are those of the xkeyboard-config project (symbols/*), whose basic variants agree
with Windows on letters and digits and, but for a few keys at the edges, on punctuation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

DEAD = "\N{DOTTED CIRCLE}"
"""A dead key: it waits for the next key and changes it, so nothing can be told from it."""


KeyRows: TypeAlias = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class KeyboardLayout:
    """A keyboard setting of a computer or scanner.

    Attributes:
        name: as shown to people.
        plain: what the 48 keys write, row by row.
        shifted: the same with Shift.
        caps_shifts_all: Caps Lock acts as Shift on digits and punctuation too (Windows).
    """

    name: str
    plain: KeyRows
    shifted: KeyRows
    caps_shifts_all: bool = False


UNITED_STATES = KeyboardLayout(
    "United States (QWERTY)",
    plain=(
        "`1234567890-=",
        "qwertyuiop[]",
        "asdfghjkl;'\\",
        "◌zxcvbnm,./",
    ),
    shifted=(
        "~!@#$%^&*()_+",
        "QWERTYUIOP{}",
        'ASDFGHJKL:"|',
        "◌ZXCVBNM<>?",
    ),
)

NATIONAL_LAYOUTS = (
    KeyboardLayout(
        "French (AZERTY)",
        plain=(
            "²&é\"'(-è_çà)=",
            "azertyuiop◌$",
            "qsdfghjklmù*",
            "<wxcvbn,;:!",
        ),
        shifted=(
            "~1234567890°+",
            "AZERTYUIOP◌£",
            "QSDFGHJKLM%µ",
            ">WXCVBN?./§",
        ),
        caps_shifts_all=True,
    ),
    KeyboardLayout(
        "Belgian (AZERTY)",
        plain=(
            "²&é\"'(§è!çà)-",
            "azertyuiop◌$",
            "qsdfghjklmùµ",
            "<wxcvbn,;:=",
        ),
        shifted=(
            "³1234567890°_",
            "AZERTYUIOP◌*",
            "QSDFGHJKLM%£",
            ">WXCVBN?./+",
        ),
        caps_shifts_all=True,
    ),
    KeyboardLayout(
        "German (QWERTZ)",
        plain=(
            "◌1234567890ß◌",
            "qwertzuiopü+",
            "asdfghjklöä#",
            "<yxcvbnm,.-",
        ),
        shifted=(
            '°!"§$%&/()=?◌',
            "QWERTZUIOPÜ*",
            "ASDFGHJKLÖÄ'",
            ">YXCVBNM;:_",
        ),
    ),
    KeyboardLayout(
        "Italian",
        plain=(
            "\\1234567890'ì",
            "qwertyuiopè+",
            "asdfghjklòàù",
            "<zxcvbnm,.-",
        ),
        shifted=(
            '|!"£$%&/()=?^',
            "QWERTYUIOPé*",
            "ASDFGHJKLç°§",
            ">ZXCVBNM;:_",
        ),
    ),
    KeyboardLayout(
        "Spanish",
        plain=(
            "º1234567890'¡",
            "qwertyuiop◌+",
            "asdfghjklñ◌ç",
            "<zxcvbnm,.-",
        ),
        shifted=(
            'ª!"·$%&/()=?¿',
            "QWERTYUIOP◌*",
            "ASDFGHJKLÑ◌Ç",
            ">ZXCVBNM;:_",
        ),
    ),
    KeyboardLayout(
        "Portuguese",
        plain=(
            "\\1234567890'«",
            "qwertyuiop+◌",
            "asdfghjklçº◌",
            "<zxcvbnm,.-",
        ),
        shifted=(
            '|!"#$%&/()=?»',
            "QWERTYUIOP*◌",
            "ASDFGHJKLÇª◌",
            ">ZXCVBNM;:_",
        ),
    ),
    KeyboardLayout(
        "Swiss German (QWERTZ)",
        plain=(
            "§1234567890'◌",
            "qwertzuiopü◌",
            "asdfghjklöä$",
            "<yxcvbnm,.-",
        ),
        shifted=(
            '°+"*ç%&/()=?◌',
            "QWERTZUIOPè!",
            "ASDFGHJKLéà£",
            ">YXCVBNM;:_",
        ),
    ),
    KeyboardLayout(
        "Swiss French (QWERTZ)",
        plain=(
            "§1234567890'◌",
            "qwertzuiopè◌",
            "asdfghjkléà$",
            "<yxcvbnm,.-",
        ),
        shifted=(
            '°+"*ç%&/()=?◌',
            "QWERTZUIOPü!",
            "ASDFGHJKLöä£",
            ">YXCVBNM;:_",
        ),
    ),
    KeyboardLayout(
        "British",
        plain=(
            "`1234567890-=",
            "qwertyuiop[]",
            "asdfghjkl;'#",
            "\\zxcvbnm,./",
        ),
        shifted=(
            '¬!"£$%^&*()_+',
            "QWERTYUIOP{}",
            "ASDFGHJKL:@~",
            "|ZXCVBNM<>?",
        ),
    ),
    KeyboardLayout(
        "Swedish and Finnish",
        plain=(
            "§1234567890+◌",
            "qwertyuiopå◌",
            "asdfghjklöä'",
            "<zxcvbnm,.-",
        ),
        shifted=(
            '½!"#¤%&/()=?◌',
            "QWERTYUIOPÅ◌",
            "ASDFGHJKLÖÄ*",
            ">ZXCVBNM;:_",
        ),
    ),
    KeyboardLayout(
        "Norwegian",
        plain=(
            "|1234567890+\\",
            "qwertyuiopå◌",
            "asdfghjkløæ'",
            "<zxcvbnm,.-",
        ),
        shifted=(
            '§!"#¤%&/()=?◌',
            "QWERTYUIOPÅ◌",
            "ASDFGHJKLØÆ*",
            ">ZXCVBNM;:_",
        ),
    ),
    KeyboardLayout(
        "Danish",
        plain=(
            "½1234567890+◌",
            "qwertyuiopå◌",
            "asdfghjklæø'",
            "<zxcvbnm,.-",
        ),
        shifted=(
            '§!"#¤%&/()=?◌',
            "QWERTYUIOPÅ◌",
            "ASDFGHJKLÆØ*",
            ">ZXCVBNM;:_",
        ),
    ),
    KeyboardLayout(
        "Hungarian (QWERTZ)",
        plain=(
            "0123456789öüó",
            "qwertzuiopőú",
            "asdfghjkléáű",
            "íyxcvbnm,.-",
        ),
        shifted=(
            "§'\"+!%/=()ÖÜÓ",
            "QWERTZUIOPŐÚ",
            "ASDFGHJKLÉÁŰ",
            "ÍYXCVBNM?:_",
        ),
    ),
    KeyboardLayout(
        "Czech (QWERTZ)",
        plain=(
            ";+ěščřžýáíé=◌",
            "qwertzuiopú)",
            "asdfghjklů§◌",
            "\\yxcvbnm,.-",
        ),
        shifted=(
            "◌1234567890%◌",
            "QWERTZUIOP/(",
            "ASDFGHJKL\"!'",
            "|YXCVBNM?:_",
        ),
    ),
    KeyboardLayout(
        "Slovak (QWERTZ)",
        plain=(
            ";+ľščťžýáíé=◌",
            "qwertzuiopúä",
            "asdfghjklô§ň",
            "\\yxcvbnm,.-",
        ),
        shifted=(
            "◌1234567890%◌",
            "QWERTZUIOP/(",
            'ASDFGHJKL"!)',
            "|YXCVBNM?:_",
        ),
    ),
    KeyboardLayout(
        "Croatian, Serbian and Slovenian (QWERTZ)",
        plain=(
            "¸1234567890'+",
            "qwertzuiopšđ",
            "asdfghjklčćž",
            "<yxcvbnm,.-",
        ),
        shifted=(
            '¨!"#$%&/()=?*',
            "QWERTZUIOPŠĐ",
            "ASDFGHJKLČĆŽ",
            ">YXCVBNM;:_",
        ),
    ),
    KeyboardLayout(
        "Lithuanian",
        plain=(
            "`ąčęėįšųū„“-ž",
            "qwertyuiop[]",
            "asdfghjkl;'\\",
            "–zxcvbnm,./",
        ),
        shifted=(
            "~ĄČĘĖĮŠŲŪ()_Ž",
            "QWERTYUIOP{}",
            'ASDFGHJKL:"|',
            "€ZXCVBNM<>?",
        ),
    ),
    KeyboardLayout(
        "Estonian",
        plain=(
            "◌1234567890+◌",
            "qwertyuiopüõ",
            "asdfghjklöä'",
            "<zxcvbnm,.-",
        ),
        shifted=(
            '◌!"#¤%&/()=?◌',
            "QWERTYUIOPÜÕ",
            "ASDFGHJKLÖÄ*",
            ">ZXCVBNM;:_",
        ),
    ),
    KeyboardLayout(
        "Icelandic",
        plain=(
            "◌1234567890ö-",
            "qwertyuiopð'",
            "asdfghjklæ◌+",
            "<zxcvbnm,.þ",
        ),
        shifted=(
            '◌!"#$%&/()=Ö_',
            "QWERTYUIOPÐ?",
            "ASDFGHJKLÆ◌*",
            ">ZXCVBNM;:Þ",
        ),
    ),
    KeyboardLayout(
        "Turkish",
        plain=(
            '"1234567890*-',
            "qwertyuıopğü",
            "asdfghjklşi,",
            "<zxcvbnmöç.",
        ),
        shifted=(
            "é!'^+%&/()=?_",
            "QWERTYUIOPĞÜ",
            "ASDFGHJKLŞİ;",
            ">ZXCVBNMÖÇ:",
        ),
    ),
    KeyboardLayout(
        "Greek",
        plain=(
            "`1234567890-=",
            ";ςερτυθιοπ[]",
            "ασδφγηξκλ◌'\\",
            "«ζχψωβνμ,./",
        ),
        shifted=(
            "~!@#$%^&*()_+",
            ":ΣΕΡΤΥΘΙΟΠ{}",
            'ΑΣΔΦΓΗΞΚΛ◌"|',
            "»ΖΧΨΩΒΝΜ<>?",
        ),
    ),
    KeyboardLayout(
        "Bulgarian",
        plain=(
            "(1234567890-.",
            ",уеишщксдзц;",
            "ьяаожгтнвмч„",
            "ѝюйъэфхпрлб",
        ),
        shifted=(
            ')!?+"%=:/–№$€',
            "ыУЕИШЩКСДЗЦ§",
            "ѝЯАОЖГТНВМЧ“",
            "ЍЮЙЪЭФХПРЛБ",
        ),
    ),
)
"""Most frequent at the desks this program is made for first."""
