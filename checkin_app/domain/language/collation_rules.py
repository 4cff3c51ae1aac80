"""Which letters of a language's alphabet sort apart from the letters they are written with.

The data of the Unicode CLDR (common/collation/*.xml, https://cldr.unicode.org, Unicode License
v3), in its own notation (Unicode Technical Standard 35, part 5, "Collation"), cut down to what
names need: lower case only, because case is told apart later anyhow.

- ``&c<č<ć``: č is a letter of its own after c, ć one after č.
- ``&y<<ü``: ü is a y for the order of letters, told apart only when all letters are the same.
- ``&[before 1]t<š``: š is a letter of its own before t.
- ``&ae<<ä``: ä is sorted as if it were written ae.

The root order needs no rules: accents, ligatures and alphabets are folded away.
"""

from __future__ import annotations

_NORDIC = "&d<<đ<<ð &th<<þ &y<<ü<<ű"
_NORWEGIAN = f"{_NORDIC} &z<æ<<ä<<ę<ø<<ö<<ő<<œ<å<<aa"
_CROATIAN = "&c<č<ć &d<dž<<ǆ<đ &l<lj<<ǉ &n<nj<<ǌ &s<š &z<ž"

RULES = {
    "az": "&c<ç &e<ə &g<ğ &h<x &[before 1]i<ı &k<q &o<ö &s<ş &u<ü &z<w",
    "bs": _CROATIAN,
    "cs": "&c<č &h<ch &r<ř &s<š &z<ž",
    "cy": "&c<ch &d<dd &f<ff &g<ng &l<ll &p<ph &r<rh &t<th",
    "da": f"{_NORDIC} &z<æ<<ä<ø<<ö<<ő<å<<aa &oe<<œ",
    "de-at-u-co-phonebk": "&a<ä &o<ö &u<ü &ss<ß",
    "de-u-co-phonebk": "&ae<<ä &oe<<ö &ue<<ü",
    "es": "&n<ñ",
    "es-u-co-trad": "&c<ch &l<ll &n<ñ",
    "et": "&[before 1]t<š<z<ž &[before 1]x<õ<ä<ö<ü",
    "fi": "&d<<đ &g<<ǥ &n<<ŋ &t<<ŧ &y<<ü &z<<ʒ<å<ä<<æ<ö<<ø",
    "fo": _NORWEGIAN,
    "gl": "&n<ñ",
    "hr": _CROATIAN,
    "hu": "&c<cs &d<dz<dzs &g<gy &l<ly &n<ny &o<ö<<ő &s<sz &t<ty &u<ü<<ű &z<zs"
    " &cscs<<ccs &dzdz<<ddz &dzsdzs<<ddzs &gygy<<ggy &lyly<<lly &nyny<<nny &szsz<<ssz"
    " &tyty<<tty &zszs<<zzs",
    "is": "&[before 1]b<á &d<<đ<ð &[before 1]f<é &[before 1]j<í &[before 1]p<ó &[before 1]v<ú"
    " &[before 1]z<ý &z<þ<æ<<ä<ö<<ø<å",
    "lt": "&a<<ą &c<č &e<<ę<<ė &i<<į<<y &s<š &u<<ų<<ū &z<ž",
    "lv": "&[before 1]d<č &[before 1]h<ģ &i<<y &[before 1]l<ķ &[before 1]m<ļ &[before 1]o<ņ"
    " &[before 1]s<ŗ &[before 1]t<š &z<ž",
    "mt": "&[before 1]c<ċ &[before 1]g<ġ &[before 1]h<għ &[before 1]i<ħ &[before 1]z<ż",
    "nb": _NORWEGIAN,
    "nn": _NORWEGIAN,
    "no": _NORWEGIAN,
    "pl": "&a<ą &c<ć &e<ę &l<ł &n<ń &o<ó &s<ś &z<ź<ż",
    "ro": "&a<ă<â &i<î &s<ș<<ş &t<ț<<ţ",
    "sk": "&a<ä &c<č &h<ch &o<ô &r<ř &s<š &z<ž",
    "sl": "&c<č<ć &d<đ &s<š &z<ž",
    "sq": "&[before 1]d<ç &[before 1]e<dh &[before 1]f<ë &[before 1]h<gj &[before 1]m<ll"
    " &[before 1]o<nj &[before 1]s<rr &[before 1]t<sh &[before 1]u<th &[before 1]y<xh &z<zh",
    "sr-latn": _CROATIAN,
    "sv": f"{_NORDIC} &z<å<ä<<æ<<ę<ö<<ø<<ő<<œ<<ô",
    "tr": "&c<ç &g<ğ &[before 1]i<ı &o<ö &s<ş &u<ü",
}
"""Language tag in lower case → rules."""

_GREEK = "αβγδεζηθικλμνξοπρστυφχψω"
_CYRILLIC = "абвгґдђѓеєжзѕиіїйјклљмнњопрстћќуўфхцчџшщъыьэюя"
"""The letters of Belarusian, Bulgarian, Macedonian, Russian, Serbian and Ukrainian in one order
that holds for each of them."""

FIRST_ALPHABETS = {
    "be": _CYRILLIC,
    "bg": _CYRILLIC,
    "el": _GREEK,
    "mk": _CYRILLIC,
    "ru": _CYRILLIC,
    "sr": _CYRILLIC,
    "uk": _CYRILLIC,
}
"""Language → the alphabet that its lists put before the Latin one, each in its own order."""

VARIANTS = {"ς": "σ", "ё": "е"}
"""Letters of those alphabets that sort as another."""

DOTLESS_I = frozenset({"az", "tr"})
"""Languages whose capital of ı is I and whose capital of i is İ."""
