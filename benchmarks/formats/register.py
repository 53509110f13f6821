"""Writes a register of any length as xlsx the way Excel does, shared strings and all, in constant time a row."""

import random
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEADER = (
    *("信访件编号", "姓名", "证件号码", "联系电话", "住址", "信访日期"),
    *("信访形式", "内容分类", "概况信息", "信访目的", "责任单位", "人数"),
)
_WORDS = "王李张刘陈杨赵黄周吴村民反映家庭因病住院自费医疗花费较大生活困难请求救助低保临时补贴危房改造饮水道路土地"
_STYLES = (
    '<fonts><font><sz val="11"/></font></fonts><fills><fill><patternFill patternType="none"/></fill></fills>'
    "<borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs>"
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
)
_LINES_AT_ONCE = 2000


def write_register(path: Path, rows: int) -> None:
    """A workbook of one sheet: a header and `rows` rows of twelve columns, half of them texts of their own."""
    numbers: dict[str, int] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, content in _frame().items():
            package.writestr(name, content)
        _write(package, "xl/worksheets/sheet1.xml", "worksheet", _sheet(rows, lambda text: _number(text, numbers)))
        _write(package, "xl/sharedStrings.xml", "sst", (f"<si><t>{text}</t></si>" for text in numbers))


def _write(package: zipfile.ZipFile, name: str, element: str, lines: Iterator[str]) -> None:
    with package.open(name, "w", force_zip64=True) as output:
        output.write(f'<?xml version="1.0" encoding="UTF-8"?><{element} xmlns="{_MAIN}">'.encode())
        batch: list[str] = []
        for line in lines:
            batch.append(line)
            if len(batch) >= _LINES_AT_ONCE:
                output.write("".join(batch).encode())
                batch.clear()
        output.write(f"{''.join(batch)}</{element}>".encode())


def _number(text: str, numbers: dict[str, int]) -> int:
    return numbers.setdefault(text, len(numbers))


def _sheet(rows: int, number: Callable[[str], int]) -> Iterator[str]:
    chance = random.Random(6)
    yield "<sheetData>" + _row(1, list(_HEADER), number)
    for row in range(2, rows + 2):
        cells: list[str | int] = [
            f"XF{row:09d}",
            "".join(chance.choices(_WORDS, k=3)),
            f"000000{row:012d}",
            f"1{row:010d}",
            f"第{row % 30}乡镇第{row % 500}村{row}号",
            45000 + row % 700,
            ("来信", "来访", "网上", "电话")[row % 4],
            f"分类{row % 40}",
            "".join(chance.choices(_WORDS, k=80)),
            ("求决", "申诉", "意见建议")[row % 3],
            f"第{row % 30}乡镇",
            row % 9 + 1,
        ]
        yield _row(row, cells, number)
    yield "</sheetData>"


def _row(row: int, cells: list[str | int], number: Callable[[str], int]) -> str:
    written = []
    for letter, cell in zip("ABCDEFGHIJKL", cells, strict=True):
        if isinstance(cell, str):
            written.append(f'<c r="{letter}{row}" t="s"><v>{number(cell)}</v></c>')
        else:
            written.append(f'<c r="{letter}{row}" s="{int(letter == "F")}"><v>{cell}</v></c>')
    return f'<row r="{row}" spans="1:12">{"".join(written)}</row>'


def _frame() -> dict[str, str]:
    parts = {"worksheet": "worksheets/sheet1", "sharedStrings": "sharedStrings", "styles": "styles"}
    related = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}/{kind}" Target="{target}.xml"/>'
        for number, (kind, target) in enumerate(parts.items(), start=1)
    )
    overrides = "".join(
        f'<Override PartName="/xl/{target}.xml" ContentType="{_TYPES}.{kind}+xml"/>' for kind, target in parts.items()
    )
    book = f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{book}{overrides}</Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>'
            '<sheet name="登记" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{related}</Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">{_STYLES}</styleSheet>',
    }
