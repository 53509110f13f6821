"""Cells merged over rows, in every format that has them, and empty cells that are not."""

from collections.abc import Sequence
from pathlib import Path

import docx
import xlwt

from tests.importers.nasty import reasons
from tests.importers.nasty.builders import HEADER, OTHER_TEXT, TEXT, archive, line, written, xlsx
from tests.importers.nasty.cases import Build, Nasty

_ID = "141124199902300019"
_ROWS = (HEADER, line("X001"), line("X002", OTHER_TEXT, name="", phone=""))
_HIM = {"name": "张三", "phone": "13800000000"}
_ONE_PERSON = {2: _HIM, 3: _HIM | {"number": "X002"}}
_NAME, _PHONE = 1, 2


def _xls(rows: Sequence[Sequence[object]], columns: Sequence[int]) -> Build:
    def build(folder: Path) -> Path:
        book = xlwt.Workbook(encoding="utf-8")
        page = book.add_sheet("台账")
        for number, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if number != 0 and column in columns:
                    continue
                page.write(number, column, cell)
        for column in columns:
            page.write_merge(1, 2, column, column, rows[1][column])
        book.save(str(folder / "台账.xls"))
        return folder / "台账.xls"

    return build


def _docx(rows: Sequence[Sequence[object]], columns: Sequence[int]) -> Build:
    def build(folder: Path) -> Path:
        document = docx.Document()
        table = document.add_table(len(rows), len(rows[0]))
        for number, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                table.cell(number, column).text = str(cell)
        for column in columns:
            table.cell(1, column).merge(table.cell(2, column))
        document.save(str(folder / "台账.docx"))
        return folder / "台账.docx"

    return build


def _html(rows: Sequence[Sequence[object]], columns: Sequence[int]) -> Build:
    lines = [
        "".join(
            f"<td{' rowspan=2' if number == 1 and column in columns else ''}>{cell}</td>"
            for column, cell in enumerate(cells)
            if number != 2 or column not in columns
        )
        for number, cells in enumerate(rows)
    ]
    return written(f"<table><tr>{'</tr><tr>'.join(lines)}</tr></table>", "台账.xls")


def _ods(rows: Sequence[Sequence[object]], columns: Sequence[int]) -> Build:
    def cell(number: int, column: int, text: object) -> str:
        if number == 2 and column in columns:
            return "<table:covered-table-cell/>"
        span = ' table:number-rows-spanned="2"' if number == 1 and column in columns else ""
        return f'<table:table-cell office:value-type="string"{span}><text:p>{text}</text:p></table:table-cell>'

    body = "".join(
        f"<table:table-row>{''.join(cell(number, column, text) for column, text in enumerate(cells))}</table:table-row>"
        for number, cells in enumerate(rows)
    )
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="台账">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    members = {
        "mimetype": written("application/vnd.oasis.opendocument.spreadsheet", "mimetype"),
        "content.xml": written(content, "content.xml"),
        "META-INF/manifest.xml": written(manifest, "manifest.xml"),
    }
    return archive(members, name="台账.ods")


CASES = [
    Nasty(
        "merged: a person of two petitions, xlsx",
        xlsx(_ROWS, merges=["B2:B3", "C2:C3"]),
        accepted=2,
        says=_ONE_PERSON | {3: _ONE_PERSON[3] | {"姓名": "张三"}},
    ),
    Nasty("merged: a person of two petitions, xls", _xls(_ROWS, (_NAME, _PHONE)), accepted=2, says=_ONE_PERSON),
    Nasty("merged: a person of two petitions, ods", _ods(_ROWS, (_NAME, _PHONE)), accepted=2, says=_ONE_PERSON),
    Nasty("merged: a person of two petitions, docx", _docx(_ROWS, (_NAME, _PHONE)), accepted=2, says=_ONE_PERSON),
    Nasty("merged: a person of two petitions, html", _html(_ROWS, (_NAME, _PHONE)), accepted=2, says=_ONE_PERSON),
    Nasty(
        "merged: one day over three persons",
        xlsx(
            [HEADER, line("X001"), line("X002", OTHER_TEXT, name="李四", day=""), line("X003", "反映欠薪。", day="")],
            merges=["F2:F4"],
        ),
        accepted=3,
        says={3: {"day": "2026-09-03", "name": "李四"}, 4: {"day": "2026-09-03"}},
    ),
    Nasty(
        "merged: an empty merged cell below another says nothing of the one above",
        xlsx(
            [HEADER, line("X001"), line("X002", OTHER_TEXT, name="", phone=""), line("X003", "反映欠薪。", name="")],
            merges=["B3:B4", "C3:C4"],
        ),
        accepted=3,
        says={3: {"name": "", "phone": ""}, 4: {"name": ""}},
    ),
    Nasty(
        "merged: the matter stands in two rows of one petition",
        xlsx(
            [HEADER, line("X001"), ("", "", "", "", "", "", "", "孩子的学费也没有着落。"), line("X002", OTHER_TEXT)],
            merges=[f"{letter}2:{letter}3" for letter in "ABCDEFG"],
        ),
        accepted=2,
        warnings=[("台账", 2, None, reasons.joined_below(3), "孩子的学费也没有着落。")],
        says={2: {"text": f"{TEXT}\n孩子的学费也没有着落。", "name": "张三"}, 4: {"number": "X002"}},
    ),
    Nasty(
        "merged: the matter in two rows at the end of the table",
        xlsx(
            [("序号", "姓名", "信访日期", "信访事项"), (1, "张三", "2026-09-03", TEXT), ("", "", "", OTHER_TEXT)],
            merges=["A2:A3", "B2:B3", "C2:C3"],
        ),
        warnings=[
            ("台账", 1, None, reasons.NO_NUMBER_COLUMN, ""),
            ("台账", 2, None, reasons.joined_below(3), OTHER_TEXT),
        ],
        says={2: {"text": f"{TEXT}\n{OTHER_TEXT}"}},
    ),
    Nasty(
        "merged: a further person with a remark behind the name, phone and ID number of the first are not his",
        xlsx(
            [HEADER, line("X001", id_number=_ID), ("", "李四(残疾)", "", "", "", "", "", ""), line("X002", OTHER_TEXT)],
            merges=[f"{letter}2:{letter}3" for letter in "ACDEFGH"],
        ),
        accepted=3,
        warnings=[
            ("台账", 2, "证件号码", reasons.ID_BIRTH, "141124********" + _ID[14:]),
            ("台账", 3, "联系电话", reasons.OF_ANOTHER, "138****0000"),
            ("台账", 3, "证件号码", reasons.OF_ANOTHER, "141124********" + _ID[14:]),
            ("台账", 3, "姓名", reasons.same_matter(2), "李四(残疾)"),
        ],
        says={
            2: {"phone": "13800000000", "id_number": _ID},
            3: {
                "name": "李四",
                "phone": "",
                "id_number": "",
                "address": "某镇某村",
                "text": TEXT,
                "联系电话": "",
            },
        },
    ),
    Nasty(
        "merged: one number over two persons with a matter each",
        xlsx(
            [HEADER, line("X001"), line("", OTHER_TEXT, name="李四", phone="13900000000")],
            merges=["A2:A3"],
        ),
        accepted=2,
        warnings=[("台账", 3, "信访件编号", reasons.other_matter("第2行"), "X001")],
        says={2: {"name": "张三", "text": TEXT}, 3: {"name": "李四", "text": OTHER_TEXT, "phone": "13900000000"}},
    ),
    Nasty(
        "merged: a matter that is empty and not merged was forgotten",
        xlsx([HEADER, line("X001"), ("", "李四", "13900000000", "", "某村", "", "", ""), line("X002", OTHER_TEXT)]),
        accepted=2,
        rejected=[("台账", 3, "概况信息", reasons.EMPTY, "")],
    ),
    Nasty(
        "merged: a name alone that is not merged was forgotten too",
        xlsx([HEADER, line("X001"), ("", "李四", "", "", "", "", "", "")]),
        rejected=[("台账", 3, "概况信息", reasons.EMPTY, "")],
    ),
    Nasty(
        "merged: a note over two rows below the table",
        xlsx([HEADER, line("X001"), ("注：以上为九月来访。",), ("",)], merges=["A3:H4"]),
        warnings=[("台账", 3, None, reasons.NOTE, "注：以上为九月来访。")],
    ),
]
