"""Draws registration forms in three layouts, and letters, as a clean page of A4 at 200 dpi."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from benchmarks.scans.people import Petitioner

WIDTH, HEIGHT = 1654, 2339
_MARGIN, _PAD = 140, 20
_INK = (25, 25, 30)
_HANGING = "，。、；："


@dataclass(frozen=True, slots=True)
class Page:
    """A drawn page and what stands in its fields."""

    image: Image.Image
    layout: str
    truth: Mapping[str, str]


class Fonts:
    """One font file for what is printed, one for what is filled in."""

    def __init__(self, printed: Path, filled: Path) -> None:
        self.label = ImageFont.truetype(str(printed), 32)
        self.title = ImageFont.truetype(str(printed), 54)
        self.value = ImageFont.truetype(str(filled), 33)


class _Sheet:
    """A page with a pen that knows rows."""

    def __init__(self, fonts: Fonts) -> None:
        self.image = Image.new("RGB", (WIDTH, HEIGHT), (252, 252, 250))
        self.draw = ImageDraw.Draw(self.image)
        self.fonts = fonts
        self.top = 300

    def title(self, text: str) -> None:
        self.draw.text((WIDTH / 2, 190), text, font=self.fonts.title, fill=_INK, anchor="mm")

    def row(self, height: int, widths: Sequence[float], cells: Sequence[tuple[str, bool]]) -> None:
        """Cells of one row: widths as shares of the line, texts, whether each is a label."""
        left = float(_MARGIN)
        whole = WIDTH - 2 * _MARGIN
        for share, (text, is_label) in zip(widths, cells, strict=True):
            right = left + share * whole
            self.draw.rectangle((left, self.top, right, self.top + height), outline=_INK, width=3)
            font = self.fonts.label if is_label else self.fonts.value
            box = (left + _PAD, self.top + _PAD, right - _PAD, self.top + height - _PAD)
            (self._centred if is_label else self._written)(text, font, box)
            left = right
        self.top += height

    def _centred(self, text: str, font: ImageFont.FreeTypeFont, box: tuple[float, float, float, float]) -> None:
        middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
        self.draw.multiline_text(middle, text, font=font, fill=_INK, anchor="mm", align="center", spacing=12)

    def _written(self, text: str, font: ImageFont.FreeTypeFont, box: tuple[float, float, float, float]) -> None:
        lines = wrapped(text, font, box[2] - box[0])
        high = len(lines) * 50
        top = box[1] if high > 100 else (box[1] + box[3] - high) / 2
        for number, line in enumerate(lines):
            self._line(line, font, box[0], top + number * 50 + 4)

    def _line(self, line: str, font: ImageFont.FreeTypeFont, left: float, top: float) -> None:
        """Boxes to tick are drawn: fonts have them in many shapes, printers in one."""
        for char in line:
            if char in "□☑":
                box = (left + 3, top + 8, left + 31, top + 36)
                self.draw.rectangle(box, outline=_INK, width=3)
                if char == "☑":
                    tick = [(left + 7, top + 20), (left + 15, top + 31), (left + 33, top + 3)]
                    self.draw.line(tick, fill=_INK, width=4)
                left += 38
            else:
                self.draw.text((left, top), char, font=font, fill=_INK)
                left += font.getlength(char)


def wrapped(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """The text in lines no wider than `width` pixels; marks that end a clause hang behind their line."""
    lines, line = [], ""
    for char in text:
        if (font.getlength(line + char) > width and char not in _HANGING) or char == "\n":
            lines.append(line)
            line = ""
        line += char.strip("\n")
    return [*lines, line]


def form_page(person: Petitioner, layout: int, fonts: Fonts) -> Page:
    """The form of the person in layout 0 (four columns), 1 (two columns) or 2 (labels above)."""
    sheet = _Sheet(fonts)
    return (_four_columns, _two_columns, _labels_above)[layout % 3](sheet, person)


def _options(person: Petitioner) -> str:
    forms = ("来访", "来信", "网上投诉", "电话")
    return "  ".join(("☑" if form == person.form else "□") + form for form in forms)


def _four_columns(sheet: _Sheet, person: Petitioner) -> Page:
    sheet.title("群众来访登记表")
    four = (0.16, 0.34, 0.16, 0.34)
    six = (0.16, 0.2, 0.1, 0.2, 0.12, 0.22)
    two = (0.16, 0.84)
    side = (0.08, 0.92)
    sheet.row(
        84,
        six,
        [
            ("姓  名", True),
            (person.name, False),
            ("性 别", True),
            (person.sex, False),
            ("年 龄", True),
            (person.age, False),
        ],
    )
    sheet.row(84, four, [("身份证号", True), (person.id_number, False), ("联系电话", True), (person.phone, False)])
    sheet.row(84, two, [("家庭住址", True), (person.address, False)])
    sheet.row(84, four, [("来访日期", True), (person.day, False), ("接待人", True), (person.official, False)])
    sheet.row(84, two, [("信访形式", True), (_options(person), False)])
    sheet.row(780, side, [("反\n映\n内\n容", True), (person.matter, False)])
    sheet.row(260, side, [("处\n理\n意\n见", True), (person.opinion, False)])
    truth = {
        "姓名": person.name, "性别": person.sex, "年龄": person.age, "身份证号": person.id_number,
        "联系电话": person.phone, "家庭住址": person.address, "来访日期": person.day, "接待人": person.official,
        "信访形式": person.form, "反映内容": person.matter, "处理意见": person.opinion,
    }  # fmt: skip
    return Page(sheet.image, "four columns", truth)


def _two_columns(sheet: _Sheet, person: Petitioner) -> Page:
    sheet.title("信访事项登记表")
    two = (0.24, 0.76)
    rows = [
        ("信访人姓名", "信访人姓名", person.name), ("性    别", "性别", person.sex),
        ("身份证号码", "身份证号码", person.id_number), ("手机号码", "手机号码", person.phone),
        ("住    址", "住址", person.address), ("登记日期", "登记日期", person.day),
    ]  # fmt: skip
    for printed, _, value in rows:
        sheet.row(80, two, [(printed, True), (value, False)])
    sheet.row(80, two, [("信访形式", True), (_options(person), False)])
    sheet.row(820, two, [("主要诉求", True), (person.matter, False)])
    sheet.row(200, two, [("办理结果", True), ("", False)])
    sheet.row(80, two, [("经 办 人", True), (person.official, False)])
    truth = {label: value for _, label, value in rows}
    truth |= {"信访形式": person.form, "主要诉求": person.matter, "办理结果": "", "经办人": person.official}
    return Page(sheet.image, "two columns", truth)


def _labels_above(sheet: _Sheet, person: Petitioner) -> Page:
    sheet.title("来信来访登记单")
    shares = (0.18, 0.1, 0.12, 0.3, 0.3)
    labels = ("来访人", "性别", "年龄", "联系电话", "来访时间")
    values = (person.name, person.sex, person.age, person.phone, person.day)
    sheet.row(76, shares, [(label, True) for label in labels])
    sheet.row(84, shares, [(value, False) for value in values])
    halves = (0.45, 0.55)
    sheet.row(76, halves, [("公民身份号码", True), ("现住址", True)])
    sheet.row(84, halves, [(person.id_number, False), (person.address, False)])
    sheet.row(76, (1.0,), [("反 映 问 题", True)])
    sheet.row(760, (1.0,), [(person.matter, False)])
    sheet.row(76, (1.0,), [("处 理 意 见", True)])
    sheet.row(200, (1.0,), [(person.opinion, False)])
    truth = dict(zip(labels, values, strict=True))
    truth |= {
        "公民身份号码": person.id_number,
        "现住址": person.address,
        "反映问题": person.matter,
        "处理意见": person.opinion,
    }
    return Page(sheet.image, "labels above", truth)


def letter_page(person: Petitioner, fonts: Fonts, seed: int) -> Page:
    """A letter: salutation, indented paragraphs in uneven lines, closing, signature and date."""
    sheet = _Sheet(fonts)
    chance = random.Random(seed)
    middle = person.matter.index("，", len(person.matter) // 2) + 1
    paragraphs = [
        f"我叫{person.name}，是{person.address}的村民，电话{person.phone}。",
        person.matter[:middle],
        person.matter[middle:],
    ]
    written = ["尊敬的镇领导：", *(f"\u3000\u3000{one}" for one in paragraphs), "\u3000\u3000此致", "敬礼"]
    top = 260.0
    for paragraph in written:
        for line in wrapped(paragraph, fonts.value, WIDTH - 2 * _MARGIN - 40):
            sheet.draw.text(
                (_MARGIN + chance.uniform(-6, 6), top + chance.uniform(-3, 3)), line, font=fonts.value, fill=_INK
            )
            top += 62
    for line in (f"反映人：{person.name}", person.day):
        sheet.draw.text((WIDTH - _MARGIN - 420, top + 10), line, font=fonts.value, fill=_INK)
        top += 62
    text = "\n".join([*(one.strip("\u3000") for one in written), f"反映人：{person.name}", person.day])
    return Page(sheet.image, "letter", {"text": text})
