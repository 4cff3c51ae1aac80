"""Which font has which letter, how wide words are, and what is no font for a badge."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from checkin_app.badges.text.font_files import FontShelf, read_font_file
from checkin_app.badges.text.fonts import FontChoice, FontList
from checkin_app.badges.text.lettering import Lettering
from checkin_app.domain.badges.badge_text import Weight
from checkin_app.errors import BadgeError
from checkin_app.resource_files import resource_path

CHINESE = Path("/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf")


def fonts(weight: Weight = Weight.REGULAR) -> FontList:
    return FontChoice().font_list(weight)


def families_of(text: str) -> list[str]:
    """The files that the parts of a line are set in, as printed from left to right."""
    shaped = fonts().shaped_line(text, right_to_left=False)
    return [Path(part.font.face.filename).stem.partition("-")[0] for part in shaped]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of fonts that holds a Georgian font under a name of its own."""
    georgian = resource_path("fonts", "NotoSansGeorgian-Regular.ttf").read_bytes()
    (tmp_path / "Tbilisi.ttf").write_bytes(georgian)
    return tmp_path


@pytest.mark.parametrize("weight", Weight)
@pytest.mark.parametrize(
    ("script", "letters"),
    [
        (
            "Latin",
            "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßŸĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİıĲĴĶĸĹĻĽĿŁŃŅŇŊŌŎŐŒŔŖŘŚŜŞŠŢŤŦ"
            "ŨŪŬŮŰŲŴŶŹŻŽſƏƠƯȘȚẀẂẄẞ",
        ),
        (
            "Vietnamese",
            "ẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ",
        ),
        ("Greek", "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΆΈΉΊΌΎΏΪΫΐΰςἀὁᾶῷ"),
        ("Cyrillic", "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЀЂЃЄЅІЇЈЉЊЋЌЍЎЏҐѢӘӨҮҺ"),
        ("Georgian", "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰჱჲჳჴᲐᲑᲒᲠ"),
        ("Armenian", "ԱԲԳԴԵԶԷԸԹԺԻԼԽԾԿՀՁՂՃՄՅՆՇՈՉՊՋՌՍՎՏՐՑՒՓՔՕՖ՛՞և"),
        ("Hebrew", "אבגדהוזחטיכךלמםנןסעפףצץקרשתװױײ׳״שָׁלוֹם"),
        ("Arabic", "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگکیەۆێڵڕ،؛؟٠١٢٣ـًٌٍَُِّْ"),
        ("signs", "’‘“”„«»–—·…&@€£©®№"),
    ],
    ids=lambda value: value if len(value) < 12 else "",
)
def test_the_program_brings_the_alphabets_of_europe_and_its_neighbours(
    weight: Weight, script: str, letters: str
) -> None:
    assert fonts(weight).missing(letters + letters.lower()) == ""


def test_a_letter_that_no_font_has_is_named_once() -> None:
    assert fonts().missing("Li 李 and 李明 😀") == "李明😀"


def test_joiners_and_variant_selectors_are_no_missing_letters() -> None:
    assert fonts().missing("علی\u200cرضا ©\ufe0e") == ""


def test_each_letter_comes_from_the_first_font_that_has_it() -> None:
    assert families_of("Nino ნინო") == ["Inter", "Inter", "NotoSansGeorgian"]
    assert families_of("Հայ-ქართ") == ["NotoSansArmenian", "Inter", "NotoSansGeorgian"]


def test_marks_stay_with_their_letter() -> None:
    assert families_of("x\u0301o") == ["Inter"]
    assert families_of("שָׁ") == ["NotoSansHebrew"]


def test_pairs_of_letters_are_kerned() -> None:
    face = fonts(Weight.BOLD).first
    assert face.kern_em("AV") < -0.03
    assert face.kern_em("HH") == 0
    assert face.word_width_em("AV") == pytest.approx(
        face.word_width_em("A") + face.word_width_em("V") + face.kern_em("AV")
    )


@pytest.mark.parametrize("text", ["AVATAR", "To Yvonne", "Κωνσταντίνος", "Їжаківський", "Łódź"])
def test_plain_words_are_as_wide_as_shaped_ones(text: str) -> None:
    """The quick way of measuring and HarfBuzz agree."""
    shaped = sum(part.width_em for part in fonts().shaped_line(text, right_to_left=False))
    assert fonts().width_em(text) == pytest.approx(shaped, abs=1e-6)


@pytest.mark.parametrize("text", ["محمد علي", "דוד כהן", "Նարեկ", "ნინო x\u0301", "شركة ABC (DEF)"])
def test_a_shaped_line_is_as_wide_as_its_words(text: str) -> None:
    for right_to_left in (False, True):
        shaped = sum(part.width_em for part in fonts().shaped_line(text, right_to_left))
        assert fonts().width_em(text) == pytest.approx(shaped, abs=1e-6)


def test_white_space_between_letters_never_parts_what_is_joined() -> None:
    assert fonts().tracked_width_em("محمد", 0.1) == fonts().width_em("محمد")
    assert fonts().tracked_width_em("ABC", 0.1) == pytest.approx(fonts().width_em("ABC") + 0.2)


def test_fonts_of_the_folder_are_asked_by_family_or_file(folder: Path) -> None:
    for name in ("Noto Sans Georgian", "tbilisi", "Tbilisi.ttf"):
        (first, *_others) = FontShelf(folder).files([name], Weight.BOLD)
        assert first.path == folder / "Tbilisi.ttf"
        assert first.weight == 400


@pytest.mark.skipif(not CHINESE.exists(), reason="no Chinese font: install fonts-droid-fallback")
def test_a_chinese_font_in_the_folder_is_found_without_being_named(tmp_path: Path) -> None:
    (tmp_path / "Chinese.ttf").write_bytes(CHINESE.read_bytes())
    shelf = FontShelf(tmp_path)
    assert "Droid Sans Fallback" in shelf.families
    assert FontChoice(shelf=shelf).font_list(Weight.BOLD).missing("李明 Łukasz") == ""


def test_a_font_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(BadgeError, match=r'"Garamond", which is not there.*Inter'):
        FontChoice(["Garamond"]).font_list(Weight.REGULAR)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"wOF2" + bytes(60), "packed for web pages"),
        (b"This is no font", "damaged, or no font at all"),
        (b"", "damaged, or no font at all"),
    ],
)
def test_what_is_no_font_is_refused_with_what_to_take(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    file = tmp_path / "Strange.ttf"
    file.write_bytes(content)
    with pytest.raises(BadgeError, match=rf"Strange\.ttf.*{reason}.*\.ttf or \.ttc"):
        read_font_file(file)


def test_postscript_outlines_are_refused_with_what_to_take(tmp_path: Path) -> None:
    file = tmp_path / "Outlines.otf"
    file.write_bytes(with_table_renamed(b"glyf", b"CFF "))
    with pytest.raises(BadgeError, match=r"PostScript outlines.*\.ttf or \.ttc"):
        read_font_file(file)


def test_pictures_of_letters_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "Emoji.ttf"
    file.write_bytes(with_table_renamed(b"glyf", b"CBDT"))
    with pytest.raises(BadgeError, match="pictures instead of outlines"):
        read_font_file(file)


def test_a_font_that_must_not_be_embedded_is_refused(tmp_path: Path) -> None:
    content = bytearray(resource_path("fonts", "NotoSansHebrew-Regular.ttf").read_bytes())
    os2_table = table_offset(bytes(content), b"OS/2")
    content[os2_table + 8 : os2_table + 10] = b"\x00\x02"
    file = tmp_path / "Locked.ttf"
    file.write_bytes(content)
    with pytest.raises(BadgeError, match="does not allow it"):
        read_font_file(file)


def test_a_refused_file_does_not_stand_in_the_way_until_it_is_named(folder: Path) -> None:
    (folder / "Broken.ttf").write_bytes(b"nothing")
    shelf = FontShelf(folder)
    assert list(shelf.refused) == ["Broken.ttf"]
    assert FontChoice(shelf=shelf).font_list(Weight.REGULAR).missing("Łukasz") == ""
    with pytest.raises(BadgeError, match="damaged"):
        FontChoice(["Broken"], shelf).font_list(Weight.REGULAR)


@pytest.mark.parametrize("share", [0.05, 0.5])
def test_a_file_that_was_copied_in_part_is_refused(folder: Path, share: float) -> None:
    content = resource_path("fonts", "NotoSansGeorgian-Regular.ttf").read_bytes()
    file = folder / "Tbilisi.ttf"
    file.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(BadgeError, match="damaged"):
        read_font_file(file)


@pytest.mark.parametrize("table", [b"cmap", b"glyf", b"head", b"hmtx", b"loca", b"name", b"post"])
def test_a_font_with_a_damaged_table_is_no_crash(folder: Path, table: bytes) -> None:
    content = bytearray(resource_path("fonts", "NotoSansGeorgian-Regular.ttf").read_bytes())
    start = table_offset(bytes(content), table)
    content[start : start + 60] = b"\xff" * 60
    (folder / "Tbilisi.ttf").write_bytes(content)
    with contextlib.suppress(BadgeError):
        damaged = FontChoice(["Tbilisi"], FontShelf(folder)).font_list(Weight.REGULAR)
        damaged.width_em("ნინო")


def test_a_font_whose_tables_have_no_names_is_refused(folder: Path) -> None:
    file = next(path for path in sorted(folder.iterdir()) if path.suffix == ".ttf")
    content = bytearray(file.read_bytes())
    content[12:16] = b"\xd5\xff\x80\xc0"
    file.write_bytes(content)
    with pytest.raises(BadgeError, match="damaged, or no font at all"):
        read_font_file(file)
    assert file.name in FontShelf(folder).refused


def test_another_file_of_the_same_name_is_another_font(folder: Path) -> None:
    file = folder / "Tbilisi.ttf"
    (before,) = read_font_file(file)
    file.write_bytes(resource_path("fonts", "NotoSansHebrew-Regular.ttf").read_bytes())
    (after,) = read_font_file(file)
    assert (before.family, after.family) == ("Noto Sans Georgian", "Noto Sans Hebrew")


def test_a_collection_holds_several_fonts(tmp_path: Path) -> None:
    file = tmp_path / "Both.ttc"
    file.write_bytes(collection("NotoSansHebrew-Regular.ttf", "NotoSansHebrew-Bold.ttf"))
    assert [(one.index, one.weight) for one in read_font_file(file)] == [(0, 400), (1, 700)]
    bold = FontChoice(["Both"], FontShelf(tmp_path)).font_list(Weight.BOLD)
    assert bold.width_em("שלום") == pytest.approx(fonts(Weight.BOLD).width_em("שלום"))


def test_two_fonts_of_one_name_go_into_one_document(tmp_path: Path) -> None:
    own = tmp_path / "NotoSansGeorgian-Regular.ttf"
    own.write_bytes(resource_path("fonts", own.name).read_bytes())
    canvas = Canvas(str(tmp_path / "both.pdf"))
    for choice in (FontChoice(["Noto Sans Georgian"], FontShelf(tmp_path)), FontChoice()):
        lettering = Lettering(choice.font_list(Weight.REGULAR), canvas)
        canvas.addLiteral(lettering.line("ნინო", 20, 20, 20))
    canvas.save()
    assert (tmp_path / "both.pdf").exists()


def test_a_variable_font_is_set_in_the_weight_wanted(tmp_path: Path) -> None:
    pytest.importorskip("fontTools", reason="fontTools makes the variable font")
    make_variable_font(tmp_path / "Elastic.ttf")
    choice = FontChoice(["Elastic"], FontShelf(tmp_path))
    canvas = Canvas(str(tmp_path / "both.pdf"))
    for weight, width_em in ((Weight.REGULAR, 0.35), (Weight.BOLD, 0.5)):
        fonts = choice.font_list(weight)
        assert fonts.width_em("A") == pytest.approx(width_em, abs=0.01)
        canvas.addLiteral(Lettering(fonts, canvas).line("A", 20, 20, 20))
    canvas.save()


def make_variable_font(file: Path) -> None:
    """A font whose A is 0.2 em wide at weight 100, and 0.6 at 900."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib.tables.TupleVariation import TupleVariation

    pen = TTGlyphPen(None)
    pen.moveTo((50, 0))
    for point in ((150, 0), (150, 700), (50, 700)):
        pen.lineTo(point)
    pen.closePath()
    box, blank = pen.glyph(), TTGlyphPen(None).glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "space", "A"])
    builder.setupCharacterMap({32: "space", 65: "A"})
    builder.setupGlyf({".notdef": box, "space": blank, "A": box})
    builder.setupHorizontalMetrics({".notdef": (200, 50), "space": (250, 0), "A": (200, 50)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Elastic", "styleName": "Thin"})
    builder.setupOS2(sCapHeight=700, usWeightClass=100)
    builder.setupPost()
    builder.setupFvar([("wght", 100, 100, 900, "Weight")], [])
    wider = [(0, 0), (400, 0), (400, 0), (0, 0), (0, 0), (400, 0), (0, 0), (0, 0)]
    variation = TupleVariation({"wght": (0, 1, 1)}, wider)
    builder.setupGvar({".notdef": [], "space": [], "A": [variation]})
    builder.save(file)


def collection(*names: str) -> bytes:
    """The files as one TrueType collection (ISO/IEC 14496-22, 4.6.3)."""
    files = [resource_path("fonts", name).read_bytes() for name in names]
    at = 12 + 4 * len(files)
    header = b"ttcf" + (0x00010000).to_bytes(4, "big") + len(files).to_bytes(4, "big")
    body = b""
    for file in files:
        start = at + len(body)
        header += start.to_bytes(4, "big")
        tables = bytearray(file)
        for entry in range(12, 12 + 16 * int.from_bytes(file[4:6], "big"), 16):
            offset = int.from_bytes(file[entry + 8 : entry + 12], "big") + start
            tables[entry + 8 : entry + 12] = offset.to_bytes(4, "big")
        body += bytes(tables) + bytes(-len(tables) % 4)
    return header + body


def with_table_renamed(old: bytes, new: bytes) -> bytes:
    content = resource_path("fonts", "NotoSansHebrew-Regular.ttf").read_bytes()
    return content.replace(old, new, 1)


def table_offset(content: bytes, tag: bytes) -> int:
    at = content.index(tag) + 8
    return int.from_bytes(content[at : at + 4], "big")
