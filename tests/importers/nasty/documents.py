"""Letters, filled-in forms, tables in documents, mails and archives."""

import io
from collections.abc import Sequence
from email.message import EmailMessage
from pathlib import Path

import xlwt

from tests.importers.nasty import reasons
from tests.importers.nasty.builders import (
    HEADER,
    OTHER_TEXT,
    TEXT,
    archive,
    book,
    document,
    line,
    raw,
    text_table,
    written,
    xlsx,
)
from tests.importers.nasty.cases import Build, Nasty

_NAMES = [("序号", "姓名", "家庭人口", "联系电话", "签名"), ("1", "李四", "4", "13800000001", "李四")]
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
        warnings=[
            (
                "",
                1,
                "日期",
                "日历上没有这一天, 请对照原件改正后重新提交: 2026年2月30日; 已按收到的日子接收",
                "2026年2月30日",
            )
        ],
        says={1: {"name": "李四", "day": ""}},
    ),
    Nasty(
        "letter: the same one under two names",
        archive({"来信.docx": document(_LETTER.split("\n")), "张三来信.docx": document(_LETTER.split("\n"))}),
        duplicates=1,
    ),
    Nasty(
        "letter: a document",
        document(_LETTER.split("\n")),
        says={1: {"name": "张三", "day": "2026-09-03", "title": "来信"}},
    ),
    *(
        Nasty(
            f"letter: signed by {name}",
            written(f"县长好：\n{TEXT}\n{end}\n", "来信.txt"),
            warnings=[] if says.get("day") else [reasons.UNDATED],
            says={1: says},
        )
        for name, end, says in (
            ("a villager of a place", "某镇某庄村民张三\n二〇二六年九月三日", {"name": "张三", "day": "2026-09-03"}),
            ("one of a group of a village", "某镇某村一组欧阳小三", {"name": "欧阳小三"}),
            ("hand and thumb", "反映人签名（手印）：张三\n2026.9.3", {"name": "张三", "day": "2026-09-03"}),
            ("a name that goes down before the reader", "张三敬上", {"name": "张三"}),
            ("a name and a phone", "张三 13800000000", {"name": "张三", "phone": "13800000000"}),
            ("a name, and the phone on its own", "张三\n13800000000", {"name": "张三", "phone": "13800000000"}),
            ("one who gives his birth", "2026年9月3日\n张三\n1975年5月3日生", {"name": "张三", "day": "2026-09-03"}),
            ("one who gives a day of his story", "张三\n2019年3月5日停了低保", {"name": "张三", "day": ""}),
            ("one with a rare surname and a label", "申请人：稀小三", {"name": "稀小三"}),
        )
    ),
    *(
        Nasty(
            f"letter: {name} is no name",
            written(f"{beginning}\n{TEXT}\n{end}\n", "来信.txt"),
            warnings=[reasons.UNDATED, ("", 1, "姓名", reasons.NO_SIGNATURE, "")],
            says={1: {"name": ""}},
        )
        for name, beginning, end in (
            ("a plea", "县长好：", "请求救助"),
            ("a village", "县长好：", "庞家庄村"),
            ("a village without its ending", "县长好：", "张家沟"),
            ("who is written to", "王县长：", "盼复"),
            ("an office", "县委书记：", "张家镇政府"),
        )
    ),
    Nasty(
        "letter: who introduces himself",
        written(
            "县长好：我叫张三，电话13800000000，家里停水两年，盼望领导派人来看一看，我们全家感激不尽。", "来信.txt"
        ),
        warnings=[reasons.UNDATED],
        says={1: {"name": "张三", "phone": "13800000000"}},
    ),
    Nasty(
        "letter: a phone behind somebody else",
        written(f"{TEXT}\n村主任姓名：王大，电话：13900000000。\n反映人：张三\n联系电话：13800000000\n", "来信.txt"),
        warnings=[("", 1, "电话", reasons.NUMBER_OF_ANOTHER, "139****0000"), reasons.UNDATED],
        says={1: {"name": "张三", "phone": "13800000000"}},
    ),
    Nasty(
        "letter: the accused above the petitioner",
        written(
            f"被反映人情况：\n姓名：王大\n电话：13900000000\n反映人情况：\n姓名：张三\n电话：13800000000\n{TEXT}\n",
            "来信.txt",
        ),
        warnings=[("", 1, "电话", reasons.NUMBER_OF_ANOTHER, "139****0000"), reasons.UNDATED],
        says={1: {"name": "张三", "phone": "13800000000"}},
    ),
    Nasty(
        "letter: only somebody else's phone",
        written(f"{TEXT}\n找村支书王大（电话：13900000000），他不管。\n", "来信.txt"),
        warnings=[
            ("", 1, "电话", reasons.NUMBER_OF_ANOTHER, "139****0000"),
            reasons.UNDATED,
            ("", 1, "姓名", reasons.NO_SIGNATURE, ""),
        ],
        says={1: {"name": "", "phone": ""}},
    ),
    Nasty(
        "letter: two in one document",
        document(
            [
                "尊敬的书记：",
                f"我是某村村民张三。{TEXT}",
                "此致敬礼",
                "反映人：张三",
                "2026年9月3日",
                "关于吃水的请求",
                "尊敬的书记：",
                OTHER_TEXT,
                "反映人：李四",
                "2026年9月5日",
            ]
        ),
        accepted=2,
        warnings=[("", 1, None, reasons.several_letters(2), "来信")],
        says={1: {"name": "张三", "day": "2026-09-03"}, 2: {"name": "李四", "day": "2026-09-05"}},
    ),
    Nasty(
        "letter: another one without a salutation",
        document([TEXT, "反映人：张三", "2026年9月3日", OTHER_TEXT, "反映人：李四", "2026年9月5日"]),
        warnings=[("", 1, None, reasons.PERHAPS_SEVERAL, "张三")],
    ),
    Nasty(
        "letter: an office behind the closing is no other letter",
        written(f"{TEXT}\n此致\n某镇人民政府：\n反映人：张三\n反映人：李四\n2026年9月3日\n", "来信.txt"),
        says={1: {"name": "张三", "day": "2026-09-03"}},
    ),
    Nasty(
        "form: in a document",
        document(["信访事项登记表"], [_FORM], name="登记表.docx"),
        warnings=[("", 1, "证件号码", reasons.ID_BIRTH, "141124********0019")],
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
        document([], [[*_FORM[:3], ("反映内容", "", "", "")]], name="登记表.docx"),
        accepted=0,
        rejected=[("", 1, "反映内容", reasons.EMPTY, "")],
    ),
    Nasty(
        "table: in a document",
        document(["九月来访台账"], [[HEADER, [str(cell) for cell in line()]]], name="台账.docx"),
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
        "mail: a short petition and a register",
        _mail(
            "县长您好：我是某庄张三，儿子得了白血病，欠债二十万，求救助。13800000000",
            {"附.xlsx": xlsx([HEADER, line(text=OTHER_TEXT)])},
        ),
        accepted=2,
        says={1: {"name": "张三", "phone": "13800000000", "day": "2026-09-03"}, 2: {"sheet": "附.xlsx/台账"}},
    ),
    Nasty(
        "document: a short letter above a register",
        document(
            ["县长您好：家中停水两年，儿子得了白血病，求救助。张三"],
            [[HEADER, [str(cell) for cell in line()]]],
            name="台账.docx",
        ),
        accepted=2,
        warnings=[reasons.UNDATED],
        says={1: {"name": "张三"}, 2: {"number": "X001"}},
    ),
    Nasty(
        "mail: its head is no signature",
        _mail("县长您好，家里停水两年。\n张三 13800000000"),
        says={1: {"name": "张三", "phone": "13800000000", "day": "2026-09-03"}},
    ),
    Nasty(
        "mail: the day of the letter goes before the day of the mail",
        _mail(f"{TEXT}\n张三\n2026年9月1日"),
        says={1: {"name": "张三", "day": "2026-09-01"}},
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
        archive({"一.txt": written(_LETTER, "一.txt"), "二.docx": document([TEXT, "李四", "2026年9月5日"])}),
        accepted=2,
    ),
    Nasty(
        "archive: a register in an archive in an archive",
        archive({"内.zip": archive({"九月.csv": text_table([HEADER, line()])}, name="内.zip")}),
        says={2: {"number": "X001", "sheet": "内.zip/九月.csv"}},
    ),
    Nasty(
        "document: a signed letter with a list of names below it",
        document(
            [
                "县水利局：",
                "三十户人常年靠窖水吃，请求打一眼机井。",
                "村民代表：张三",
                "2026年9月3日",
                "附：村民签名名单",
            ],
            [_NAMES],
        ),
        warnings=[("表格1", 1, None, reasons.OF_LETTER, "序号、姓名、家庭人口、联系电话、签名")],
        says={1: {"name": "张三", "phone": "", "day": "2026-09-03"}},
    ),
    Nasty(
        "document: a list of names below words that nobody signed",
        document(["县水利局：", "三十户人常年靠窖水吃，请求打一眼机井。", "附：村民签名名单"], [_NAMES]),
        rejected=[("表格1", 1, None, reasons.OF_PERSONS, "序号、姓名、家庭人口、联系电话、签名")],
        warnings=[reasons.UNDATED, ("", 1, "姓名", reasons.NO_SIGNATURE, "")],
    ),
]
