"""Letters, filled-in forms, tables in documents, mails and archives."""

import io
from collections.abc import Sequence
from email.message import EmailMessage
from pathlib import Path

import docx
import xlwt

from tests.importers.nasty import reasons
from tests.importers.nasty.builders import HEADER, OTHER_TEXT, TEXT, archive, book, line, raw, text_table, written, xlsx
from tests.importers.nasty.cases import Build, Nasty

_LETTER = """尊敬的领导：
    我是某镇某村的村民，家里三口人，去年查出重病，
    到现在已经花了十几万元，借了亲戚不少钱。请求帮扶。
        此致
敬礼
                    反映人：张三
                    2026年9月3日
"""
_LABELLED = f"""来访登记
来访人：张三    联系电话：13800000000
住址：某镇某村    来访日期：2026.9.3
{TEXT}
"""
_HTML = (
    f"<html><body><table><tr>{{}}</tr><tr>{''.join(f'<td>{cell}</td>' for cell in line())}</tr></table></body></html>"
)
_AS_HTML = _HTML.format("".join(f"<th>{text}</th>" for text in HEADER))


def _document(
    paragraphs: Sequence[str], tables: Sequence[Sequence[Sequence[str]]] = (), name: str = "来信.docx"
) -> Build:
    made = docx.Document()
    for text in paragraphs:
        made.add_paragraph(text)
    for rows in tables:
        table = made.add_table(len(rows), max(map(len, rows)))
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=False):
                cell.text = text
    content = io.BytesIO()
    made.save(content)
    return raw(content.getvalue(), name)


def _old_workbook(rows: Sequence[Sequence[object]]) -> Build:
    made = xlwt.Workbook(encoding="utf-8")
    page = made.add_sheet("台账")
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            page.write(row, column, cell)
    content = io.BytesIO()
    made.save(content)
    return raw(content.getvalue(), "台账.xls")


def _mail(text: str, attached: dict[str, Build] | None = None) -> Build:
    def build(folder: Path) -> Path:
        mail = EmailMessage()
        mail["Subject"] = "九月台账"
        mail["From"] = "office@example.invalid"
        mail["Date"] = "Thu, 03 Sep 2026 09:30:00 +0800"
        mail.set_content(text)
        for name, member in (attached or {}).items():
            content = member(folder).read_bytes()
            mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
        (folder / "来件.eml").write_bytes(mail.as_bytes())
        return folder / "来件.eml"

    return build


_FORM = [
    ("姓名", "张三", "性别", "男"),
    ("联系电话", "13800000000", "证件号码", "141124199902300019"),
    ("家庭住址", "某镇某村", "信访日期", "2026年9月3日"),
    ("反映内容", TEXT, "", ""),
]

CASES = [
    Nasty(
        "letter: plain text with its signature",
        written(_LETTER, "来信.txt"),
        says={1: {"name": "张三", "day": "2026-09-03", "source": "letter", "channel": "petition"}},
    ),
    Nasty(
        "letter: plain text in GB18030",
        written(_LETTER, "来信.txt", encoding="gb18030"),
        says={1: {"name": "张三", "day": "2026-09-03"}},
    ),
    Nasty(
        "letter: labels before the text",
        written(_LABELLED, "接访.txt"),
        says={1: {"name": "张三", "phone": "13800000000", "address": "某镇某村", "day": "2026-09-03"}},
    ),
    Nasty(
        "letter: all villagers are no person",
        written("反映村里的路冲断了，车出不去，红枣卖不了，请求修路。\n某镇某村全体村民\n2026年9月3日\n", "来信.txt"),
        warnings=[("", 1, "姓名", reasons.NO_SIGNATURE, "")],
        says={1: {"name": "", "day": "2026-09-03"}},
    ),
    Nasty(
        "letter: a name and a day on one line",
        written(f"{TEXT}\n某镇某村村民 李四 2026.9.3\n", "来信.txt"),
        says={1: {"name": "李四", "day": "2026-09-03"}},
    ),
    Nasty(
        "letter: the day of the moon",
        written(f"{TEXT}\n申请人：李四\n二〇二六年七月十五日\n", "来信.txt"),
        says={1: {"name": "李四", "day": "2026-07-15"}},
    ),
    Nasty(
        "letter: a day that does not exist costs only the day",
        written(f"{TEXT}\n申请人：李四\n2026年2月30日\n", "来信.txt"),
        warnings=[("", 1, "日期", "没有这一天, 请核对: 2026年2月30日; 已按收到的日子接收", "2026年2月30日")],
        says={1: {"name": "李四", "day": ""}},
    ),
    Nasty(
        "letter: a document",
        _document(_LETTER.split("\n")),
        says={1: {"name": "张三", "day": "2026-09-03", "title": "来信"}},
    ),
    Nasty(
        "form: in a document",
        _document(["信访事项登记表"], [_FORM], name="登记表.docx"),
        warnings=[("", 1, None, reasons.COVERING_NOTE, "信访事项登记表")],
        says={
            1: {
                "name": "张三",
                "phone": "13800000000",
                "id_number": "141124199902300019",
                "address": "某镇某村",
                "day": "2026-09-03",
                "text": TEXT,
            }
        },
    ),
    Nasty(
        "form: without its matter",
        _document([], [[*_FORM[:3], ("反映内容", "", "", "")]], name="登记表.docx"),
        accepted=0,
        rejected=[("", 1, "反映内容", reasons.EMPTY, "")],
    ),
    Nasty(
        "table: in a document",
        _document(["九月来访台账"], [[HEADER, [str(cell) for cell in line()]]], name="台账.docx"),
        warnings=[("", 1, None, reasons.COVERING_NOTE, "九月来访台账")],
        says={2: {"number": "X001", "sheet": "表格1"}},
    ),
    Nasty(
        "table: a web page that calls itself a workbook", written(_AS_HTML, "台账.xls"), says={2: {"number": "X001"}}
    ),
    Nasty(
        "table: a text table that calls itself a workbook",
        text_table([HEADER, line()], name="台账.xls"),
        says={2: {"number": "X001"}},
    ),
    Nasty("table: a workbook of Excel 97", _old_workbook([HEADER, line()]), says={2: {"number": "X001"}}),
    Nasty(
        "table: a workbook that calls itself a text table",
        xlsx([HEADER, line()], name="台账.csv"),
        says={2: {"number": "X001", "sheet": "台账"}},
    ),
    Nasty(
        "mail: a note and a register",
        _mail("您好，九月台账见附件，请查收。", {"九月.xlsx": xlsx([HEADER, line()])}),
        warnings=[
            ("", 1, None, reasons.COVERING_NOTE, "您好，九月台账见附件，请查收。"),
        ],
        says={2: {"number": "X001", "sheet": "九月.xlsx/台账", "part": "九月.xlsx"}},
    ),
    Nasty(
        "mail: a petition in its text",
        _mail(_LETTER),
        says={1: {"name": "张三", "title": "九月台账", "day": "2026-09-03"}},
    ),
    Nasty(
        "archive: registers of two towns",
        archive(
            {
                "甲镇/九月.xlsx": xlsx([HEADER, line("X001")]),
                "乙镇/九月.csv": text_table([HEADER, line("X002", OTHER_TEXT), line("X003", "")]),
            }
        ),
        accepted=2,
        rejected=[("乙镇/九月.csv", 3, "概况信息", reasons.EMPTY, "")],
    ),
    Nasty(
        "archive: the same register twice",
        archive({"九月.xlsx": xlsx([HEADER, line()]), "九月(副本).xlsx": xlsx([HEADER, line()])}),
        duplicates=1,
    ),
    Nasty(
        "archive: a member that is no register",
        archive(
            {
                "台账.xlsx": xlsx([HEADER, line()]),
                "名单.xlsx": book({"名单": [("序号", "姓名"), (1, "张三")]}),
            }
        ),
        rejected=[("名单.xlsx/名单", 1, None, reasons.NO_MEMBER, "序号、姓名")],
    ),
    Nasty(
        "archive: letters",
        archive({"一.txt": written(_LETTER, "一.txt"), "二.docx": _document([TEXT, "李四", "2026年9月5日"])}),
        accepted=2,
    ),
    Nasty(
        "archive: a register in an archive in an archive",
        archive({"内.zip": archive({"九月.csv": text_table([HEADER, line()])}, name="内.zip")}),
        says={2: {"number": "X001", "sheet": "内.zip/九月.csv"}},
    ),
]
