"""Invented petition registers of any length, written row by row as offices export them."""

import csv
import random
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape

HEADER = (
    "信访件编号",
    "姓名",
    "联系电话",
    "住址",
    "信访日期",
    "登记日期",
    "信访形式",
    "信访目的",
    "内容分类",
    "涉及人数",
    "办理状态",
    "概况信息",
)
_VILLAGES = ("前沟村", "后沟村", "石坡村", "柳树村", "大井村", "东梁村", "西洼村", "上庄村")
_NAMES = ("张甲", "李乙", "王丙", "赵丁", "钱戊", "孙己")
_FORMS = ("来访", "来信", "网上投诉", "来电")
_KINDS = ("民政/社会救助", "农业农村/产业", "卫生健康/医保", "劳动和社会保障/就业", "城乡建设/住房")
_MATTERS = (
    "反映家中老人患病住院，自费药费{sum}元负担不起，要求救助",
    "反映今年红枣卖不出去，{sum}斤积压在家，要求帮助联系销路",
    "反映在外务工时腿部受伤，误工费{sum}元没有给付，要求调解",
    "反映房屋后墙开裂，雨季漏水，维修要{sum}元，要求鉴定",
    "反映孩子上学每学期要{sum}元，家里没有收入，要求资助",
)
_FIRST_DAY = date(2026, 1, 5)
_EXCEL_DAYS_BEFORE = date(1899, 12, 30)
_DATE_STYLE = 1


def rows(number: int, seed: int = 1) -> Iterator[tuple[str | int | date, ...]]:
    """So many petitions, each with its own number; the same seed gives the same rows."""
    draw = random.Random(seed)
    for place in range(number):
        day = _FIRST_DAY + timedelta(days=draw.randrange(300))
        village = draw.choice(_VILLAGES)
        matter = draw.choice(_MATTERS).format(sum=draw.randrange(100, 90000))
        yield (
            f"XF{seed:02d}{place:08d}",
            draw.choice(_NAMES),
            f"1380000{draw.randrange(10000):04d}",
            f"克虎镇{village}",
            day,
            day + timedelta(days=draw.randrange(3)),
            draw.choice(_FORMS),
            "求决",
            draw.choice(_KINDS),
            draw.randrange(1, 5),
            "处理中",
            f"克虎镇{village}村民{matter}。第{place}件。",
        )


def write_csv(path: Path, number: int, seed: int = 1) -> Path:
    """A register as CSV in GB18030, which is what spreadsheets write in Chinese offices."""
    with path.open("w", encoding="gb18030", newline="") as output:
        writer = csv.writer(output)
        writer.writerow(HEADER)
        writer.writerows(rows(number, seed))
    return path


def write_xlsx(path: Path, number: int, seed: int = 1) -> Path:
    """A register as xlsx with shared strings and real dates, as Excel saves it; memory grows with the strings only."""
    known: dict[str, int] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for name, content in _PARTS.items():
            book.writestr(name, content)
        with tempfile.TemporaryFile("w+", encoding="utf-8") as strings:
            with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
                _write_sheet(sheet, strings, known, number, seed)
            strings.seek(0)
            with book.open("xl/sharedStrings.xml", "w", force_zip64=True) as shared:
                shared.write(f'{_XML}<sst xmlns="{_MAIN}" uniqueCount="{len(known)}">'.encode())
                while part := strings.read(1 << 20):
                    shared.write(part.encode())
                shared.write(b"</sst>")
    return path


def _write_sheet(sheet: IO[bytes], strings: IO[str], known: dict[str, int], number: int, seed: int) -> None:
    def index(text: str) -> int:
        if text not in known:
            known[text] = len(known)
            strings.write(f"<si><t>{escape(text)}</t></si>")
        return known[text]

    def cell(value: str | int | date) -> str:
        if isinstance(value, date):
            return f'<c s="{_DATE_STYLE}"><v>{(value - _EXCEL_DAYS_BEFORE).days}</v></c>'
        return f"<c><v>{value}</v></c>" if isinstance(value, int) else f'<c t="s"><v>{index(value)}</v></c>'

    sheet.write(f'{_XML}<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
    for line in chain([HEADER], rows(number, seed)):
        sheet.write(f"<row>{''.join(map(cell, line))}</row>".encode())
    sheet.write(b"</sheetData></worksheet>")


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
    f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPE}.sharedStrings+xml"/></Types>',
    "_rels/.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
    f'<sheets><sheet name="台账" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    "xl/styles.xml": f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts>'
    f'<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    f'<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    f'<cellXfs count="2"><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
    f'<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}
