"""Writes names.toml: ``python names_from_cldr.py``. Needs the package babel, which has the CLDR.

For every language the guest window speaks: what it is called in all of them. For every country
whose people it can greet in their own: likewise. Lists are written in any language.
"""

from __future__ import annotations

from pathlib import Path

from babel import Locale

HERE = Path(__file__).parent
LOCALES = {"no": "nb", "sr": "sr_Latn"}
OTHER_CODES = {"no": ("nb", "nn", "nob", "nno"), "he": ("iw",), "ro": ("mo",)}
THREE_LETTERS = {
    "ar": "ara", "bg": "bul", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng",
    "es": "spa", "et": "est", "fi": "fin", "fr": "fra", "ga": "gle", "he": "heb", "hr": "hrv",
    "hu": "hun", "it": "ita", "ka": "kat", "lt": "lit", "lv": "lav", "mk": "mkd", "mt": "mlt",
    "nl": "nld", "no": "nor", "pl": "pol", "pt": "por", "ro": "ron", "ru": "rus", "sk": "slk",
    "sl": "slv", "sq": "sqi", "sr": "srp", "sv": "swe", "tr": "tur", "uk": "ukr",
}  # fmt: skip
BOOK_CODES = {
    "cs": "cze", "de": "ger", "el": "gre", "fr": "fre", "ka": "geo", "mk": "mac", "nl": "dut",
    "ro": "rum", "sk": "slo", "sq": "alb",
}  # fmt: skip
SPOKEN_NAMES = {"no": ("Norsk", "Norwegian Bokmål", "Bokmål", "Nynorsk"), "el": ("Modern Greek",)}
COUNTRIES = (
    "AD AE AL AR AT AU BG BH BR BY CA CL CO CR CU CY CZ DE DK DO DZ EC EE EG ES FI FR GB GE GR GT "
    "HN HR HU IE IL IQ IT JO KW LB LI LT LV LY MA MC MD MK MT MX NI NL NO NZ OM PA PE PL PS PT "
    "PY QA RO RS RU SA SE SI SK SM SV SY TN TR UA US UY VA VE XK YE"
)
OTHER_NAMES = {
    "AE": ("UAE",),
    "CZ": ("Czech Republic", "Czechia"),
    "GB": ("UK", "Great Britain", "England", "Scotland", "Wales", "Northern Ireland"),
    "GR": ("EL", "Hellas"),
    "IE": ("Republic of Ireland", "Éire"),
    "MD": ("Republic of Moldova",),
    "MK": ("Macedonia", "FYROM", "Republic of North Macedonia"),
    "NL": ("The Netherlands", "Holland", "Nederland"),
    "RU": ("Russian Federation",),
    "TR": ("Turkey", "Türkiye", "Turkiye"),
    "US": ("USA", "United States of America"),
}


def main() -> None:
    """Write the file beside this script."""
    tags = sorted(path.stem for path in HERE.glob("??.toml"))
    locales = [Locale.parse(LOCALES.get(tag, tag)) for tag in tags]
    lines = [
        "# What languages and countries are called in the languages of the guest window.",
        "# Made by names_from_cldr.py from the Unicode CLDR (Unicode Licence v3, unicode.org).",
        "",
        "[languages]",
    ]
    for tag in tags:
        codes = (THREE_LETTERS[tag], BOOK_CODES.get(tag, ""), *OTHER_CODES.get(tag, ()))
        names = [locale.languages.get(tag, "") for locale in locales]
        lines.append(_line(tag, (*codes, *SPOKEN_NAMES.get(tag, ()), *names)))
    lines += ["", "[countries]"]
    for country in COUNTRIES.split():
        names = [locale.territories.get(country, "") for locale in locales]
        lines.append(_line(country, (*OTHER_NAMES.get(country, ()), *names)))
    (HERE / "names.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _line(key: str, names: tuple[str, ...]) -> str:
    distinct = {name.casefold(): name for name in reversed(names) if name}
    quoted = ", ".join(f'"{name}"' for name in sorted(distinct.values(), key=str.casefold))
    return f"{key} = [{quoted}]"


if __name__ == "__main__":
    main()
