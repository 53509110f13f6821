"""Pages that a blue pen wrote on: their names and phones are to be compared, whatever the recogniser thinks of them."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from importers.formats.parts import FormField
from importers.formats.scans.doubts import doubted_pieces
from importers.formats.scans.geometry import Box, Character, Pixels, line_of
from importers.formats.scans.layout import LetterPage
from importers.formats.scans.pens import is_by_pen
from importers.formats.scans.reading import compared, note_on

BLUE, BLACK, RULING, SEAL = (30, 50, 140), (25, 25, 30), (165, 185, 215), (205, 40, 45)


def page(ink: tuple[int, int, int], paper: tuple[int, int, int] = (252, 252, 248)) -> Image.Image:
    image = Image.new("RGB", (1000, 1400), paper)
    draw = ImageDraw.Draw(image)
    for number in range(20):
        draw.line((100 + number * 40, 300, 120 + number * 40, 340), fill=ink, width=4)
        draw.line((120 + number * 40, 300, 100 + number * 40, 340), fill=ink, width=4)
    return image


def pixels(image: Image.Image) -> Pixels:
    return np.asarray(image)


def test_blue_ink_is_of_a_pen():
    assert is_by_pen(pixels(page(BLUE)))


def test_black_ink_a_seal_and_pale_rulings_are_not():
    image = page(BLACK)
    draw = ImageDraw.Draw(image)
    for down in range(100, 1300, 60):
        draw.line((50, down, 950, down), fill=RULING, width=3)
    draw.ellipse((600, 900, 850, 1150), outline=SEAL, width=10)

    assert not is_by_pen(pixels(image))


def test_black_ink_in_bluish_light_is_not():
    assert not is_by_pen(pixels(page((20, 25, 45), paper=(190, 205, 235))))


def test_names_and_phones_of_a_form_filled_in_by_pen_are_to_be_compared_and_nothing_else():
    fields = {
        "来访人姓名": FormField("某某", 0.99),
        "联系电话": FormField("13800000000", 0.99),
        "身份证号码": FormField("0", 0.5, "证件号码不是15位或18位"),
        "姓名": FormField("", 1.0),
        "反映内容": FormField("房子漏雨", 0.99),
    }

    notes = {label: field.note for label, field in compared(fields).items() if field.note}

    assert notes.keys() == {"来访人姓名", "联系电话", "身份证号码"}
    assert "对照原件核对" in notes["来访人姓名"]
    assert notes["身份证号码"] == "证件号码不是15位或18位"


@pytest.mark.parametrize(
    ("doubtful", "by_pen", "said"),
    [(0, False, []), (2, False, ["有2行"]), (0, True, ["用笔写的"]), (2, True, ["有2行", "用笔写的"])],
)
def test_what_is_said_of_a_letter(doubtful: int, by_pen: bool, said: list[str]):
    note = note_on([LetterPage("房子漏雨", doubtful)], by_pen=by_pen)

    assert [one for one in ("有2行", "用笔写的") if one in note] == said


def test_the_piece_with_a_doubtful_character_is_named_without_its_label():
    sure = {"春": 0.4}
    characters = [Character(one, sure.get(one, 0.99), Box(0, 0, 20, 20)) for one in "反映人：王春花，石坡村"]

    assert doubted_pieces([line_of(characters)]) == ("王春花",)
