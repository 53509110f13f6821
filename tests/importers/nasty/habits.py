"""Pictures instead of words, persons told in one cell, tables on their side, summaries, files cut off on their way."""

import io
import zipfile
from email.message import EmailMessage

from tests.importers.formats.ofd_files import line as ofd_line
from tests.importers.formats.ofd_files import ofd
from tests.importers.formats.office_files import archive
from tests.importers.nasty import reasons
from tests.importers.nasty.builders import (
    HEADER,
    OTHER_TEXT,
    TEXT,
    add_picture,
    book,
    document,
    line,
    raw,
    text_table,
    written,
    xlsx,
)
from tests.importers.nasty.cases import Build, Nasty

_PICTURES = "里面有1张图片, 图片里的字没有读; 图片是信访件的, 请把图片另存出来单独提交"
_ONLY_PICTURES = "这个工作表里只有图片, 没有读; 图片是信访件的, 请把图片另存出来单独提交"
_IN_A_CELL = "这一格是插入的图片, 里面的字没有读, 请把内容写成文字后重新提交"
_TRANSPOSED = (
    "这个表是横着的, 一列是一件, 看不出每件从哪里到哪里, 没有导入; "
    "请全选复制后用「选择性粘贴」里的「转置」粘到新表, 一行一件, 再提交"
)
_PERSONS = (
    "这个表有人员的信息, 没有找到写反映内容的那一列, 整个表没有导入; "
    "是信访登记表的请把那一列的表头改成「反映内容」后重新提交, 不是的不需要处理"
)
_LONG_AGO = "日期在三十年以前, 已照样接收; 年份写错的请改正后重新提交"
_LISTED = (
    "像是2件信访的汇总(逐条写了不同的电话), 按一件接收, 没有采用其中的姓名和电话; "
    "请做成一行一件的表格, 或分成几个文件后重新提交"
)
_CHAT = (
    "像是聊天记录, 有3个人说话, 看不出是谁的事、谁是干部, 没有导入; "
    "请把每个反映困难的人的话分开, 每件存成一个文件后重新提交, 或在网页「登记一件」里录入"
)
_HIDDEN = "电话号码被星号遮住了, 没有记下, 其余已接收; 请导出不遮盖的号码后重新提交"
_OUTLOOK = "这是Outlook打包的附件(winmail.dat), 读不了; 请对方改用纯文本或网页格式重新发送"
_WRITTEN = ("尊敬的领导:", TEXT, "反映人:张三", "2026年9月3日")
_LETTER = (
    "尊敬的领导：",
    "我家三口人，去年查出重病，到现在已经花了十几万元，借了亲戚不少钱，房子也漏雨，照片附在后面。请求帮扶，请派人到家里来看一看，我们全家感谢党和政府。",
    "反映人：张三",
    "2026年9月3日",
)


def _cut_off(share: float) -> Build:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>" * 100)
    return raw(content.getvalue()[: int(len(content.getvalue()) * share)], "台账.xlsx")


def _from_outlook() -> Build:
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Date"] = "a@b.example", "来信", "Thu, 03 Sep 2026 09:00:00 +0800"
    mail.set_content("\n".join(_LETTER))
    mail.add_attachment(
        b"\x78\x9f\x3e\x22" + bytes(range(200)), maintype="application", subtype="ms-tnef", filename="winmail.dat"
    )
    return raw(mail.as_bytes(), "来信.eml")


CASES = [
    Nasty(
        "picture: a sheet that shows one says that nobody has read it",
        xlsx([HEADER, line()], change=add_picture),
        warnings=[("台账", 1, None, _PICTURES, "")],
        says={2: {"name": "张三"}},
    ),
    Nasty(
        "picture: a sheet of nothing else is refused",
        xlsx([], change=add_picture),
        accepted=0,
        rejected=[("台账", 1, None, _ONLY_PICTURES, "")],
    ),
    Nasty(
        "picture: one that WPS put into the cell of the matter is no matter",
        xlsx([HEADER, line(text="DISPIMG(ID_0123,1)")]),
        accepted=0,
        rejected=[("台账", 2, "概况信息", _IN_A_CELL, "DISPIMG(ID_0123,1)")],
    ),
    Nasty(
        "picture: 见附图 is no matter",
        xlsx([HEADER, line(text="见附图。")], change=add_picture),
        accepted=0,
        rejected=[("台账", 2, "概况信息", reasons.NOTHING_SAID, "见附图。")],
        warnings=[("台账", 1, None, _PICTURES, "")],
    ),
    Nasty(
        "picture: one beside a letter is named",
        document(_LETTER, pictured=True),
        warnings=[("", 1, None, _PICTURES, "")],
        says={1: {"name": "张三", "day": "2026-09-03"}},
    ),
    Nasty(
        "table: one that lies on its side is not taken for one petition",
        xlsx(
            [
                ("信访件编号", "X001", "X002", "X003"),
                ("姓名", "张三", "李四", "王五"),
                ("联系电话", "13800000000", "13900000000", "13700000000"),
                ("信访日期", "2026-09-03", "2026-09-04", "2026-09-05"),
                ("反映内容", TEXT, OTHER_TEXT, TEXT),
            ]
        ),
        accepted=0,
        rejected=[("台账", 1, None, _TRANSPOSED, "")],
    ),
    Nasty(
        "form: an ID number of one cell for each character is still a form's",
        xlsx(
            [
                ("来访登记表",),
                ("姓名", "张三", "性别", "男"),
                ("身份证号", *"141124199902300019"),
                ("联系电话", "13800000000"),
                ("信访日期", "2026年", "9月", "3日"),
                ("反映内容", TEXT),
            ]
        ),
        warnings=[
            ("台账", 1, "身份证号", reasons.ID_BIRTH, "\n".join("141124199902300019")),
        ],
        says={1: {"name": "张三", "id_number": "141124199902300019", "day": "2026-09-03"}},
    ),
    Nasty(
        "person: told in one cell",
        xlsx(
            [
                ("信访件编号", "信访人基本情况", "信访日期", "概况信息"),
                ("X001", "张三，男，52岁，党员，住某镇某村二组，电话13800000000", "2026-09-03", TEXT),
                ("X002", "张三，李四", "2026-09-03", OTHER_TEXT),
                ("X003", "某村全体村民", "2026-09-03", OTHER_TEXT),
            ]
        ),
        accepted=3,
        says={
            2: {"name": "张三", "phone": "13800000000", "address": "某镇某村二组"},
            3: {"name": "张三，李四"},
            4: {"name": ""},
        },
    ),
    Nasty(
        "person: told in one cell, columns of their own count first",
        xlsx(
            [
                ("信访件编号", "信访人情况", "联系电话", "信访日期", "概况信息"),
                ("X001", "张三，女，电话13800000000", "13900000000", "2026-09-03", TEXT),
            ]
        ),
        says={2: {"name": "张三", "phone": "13900000000"}},
    ),
    Nasty(
        "person: the words stand above columns of their own",
        xlsx(
            [
                ("信访件编号", "信访人基本情况", None, "信访日期", "概况信息"),
                (None, "姓名", "电话", None, None),
                ("X001", "张三", "13800000000", "2026-09-03", TEXT),
            ],
            merges=["A1:A2", "B1:C1", "D1:D2", "E1:E2"],
        ),
        says={3: {"name": "张三", "phone": "13800000000"}},
    ),
    Nasty(
        "person: two in one cell are not one, and a place is no name",
        xlsx(
            [
                ("信访件编号", "信访人", "信访日期", "概况信息"),
                ("X001", "张三、李四，13800000000", "2026-09-03", TEXT),
                ("X002", "某村二组，男，52岁", "2026-09-04", OTHER_TEXT),
                ("X003", "张三（男，52岁，某村）", "2026-09-05", TEXT),
            ]
        ),
        accepted=3,
        says={
            2: {"name": "张三、李四", "phone": "13800000000"},
            3: {"name": "某村二组，男，52岁"},
            4: {"name": "张三"},
        },
    ),
    Nasty(
        "person: no column says who",
        xlsx([("信访件编号", "信访日期", "概况信息"), ("X001", "2026-09-03", TEXT)]),
        warnings=[("台账", 1, None, reasons.NOBODY, "")],
    ),
    Nasty(
        "sheets: one with persons whose matter nobody finds is refused, not passed over",
        book({"来访": [HEADER, line()], "来电": [("姓名", "电话", "说了啥"), ("李四", "13900000000", OTHER_TEXT)]}),
        rejected=[("来电", 1, None, _PERSONS, "姓名、电话、说了啥")],
    ),
    Nasty(
        "headers: a petition through the net, request and facts in two columns",
        xlsx(
            [
                ("投诉人", "投诉人手机", "投诉时间", "投诉请求", "事实理由"),
                ("张三", "13800000000", "2026-09-03 08:00", "请求救助", TEXT),
            ]
        ),
        warnings=[("台账", 1, None, reasons.NO_NUMBER_COLUMN, "")],
        says={2: {"name": "张三", "phone": "13800000000", "minute": "08:00", "text": f"请求救助\n{TEXT}"}},
    ),
    Nasty(
        "text: a delimiter is declared that nobody used",
        text_table([("sep=;",), HEADER, line()]),
        says={3: {"name": "张三", "text": TEXT}},
    ),
    Nasty(
        "date: a dot forgotten makes it a day of 1955",
        xlsx([HEADER, line(day="20269.6")]),
        warnings=[("台账", 2, "信访日期", _LONG_AGO, "20269.6")],
        says={2: {"day": "1955-06-29"}},
    ),
    Nasty(
        "letter: a summary of several petitions has no single petitioner",
        written(
            f"九月来访情况\n1、张三（电话13800000000）{TEXT}\n2、李四（电话13900000000）{OTHER_TEXT}\n", "汇总.txt"
        ),
        warnings=[reasons.UNDATED, ("", 1, None, _LISTED, "")],
        says={1: {"name": "", "phone": ""}},
    ),
    Nasty(
        "letter: numbered demands of one writer are his",
        written(f"1、{TEXT}\n2、{OTHER_TEXT}\n反映人：张三\n电话：13800000000\n2026年9月3日\n", "来信.txt"),
        says={1: {"name": "张三", "phone": "13800000000"}},
    ),
    Nasty(
        "letter: a chat of several people is refused",
        written(
            f"张三 2026-09-03 10:00:12\n{TEXT}\n\n李四 2026-09-03 10:05:30\n{OTHER_TEXT}\n\n"
            "王五 2026-09-03 11:00:00\n[图片]\n",
            "群聊.txt",
        ),
        accepted=0,
        rejected=[("", 1, None, _CHAT, "群聊")],
    ),
    Nasty(
        "text: lines of UTF-8 behind an export in GB18030",
        raw(
            b"".join(
                ",".join(map(str, cells)).encode(encoding) + b"\r\n"
                for cells, encoding in [(HEADER, "gb18030")]
                + [(line(f"X{number:03}", f"第{number}件，{OTHER_TEXT}"), "gb18030") for number in range(1, 8)]
                + [(line("X008", TEXT, name="李四"), "utf-8"), (line("X009", f"第九件。{TEXT}"), "utf-8")]
            ),
            "台账.csv",
        ),
        accepted=9,
        says={9: {"name": "李四", "text": TEXT, "address": "某镇某村"}, 10: {"text": f"第九件。{TEXT}"}},
    ),
    Nasty(
        "headers: stars and hints on how to fill in",
        xlsx(
            [
                (
                    "信访编号\n（必填）",
                    "★姓名",
                    "联系电话（11位手机号）",
                    "信访日期\n(格式:2026-01-01)",
                    "信访内容※（500字以内）",
                ),
                ("X001", "张三", "138****0000", "2026-09-03", TEXT),
            ]
        ),
        warnings=[("台账", 2, "联系电话（11位手机号）", _HIDDEN, "138****0000")],
        says={2: {"name": "张三", "phone": "", "text": TEXT}},
    ),
    Nasty("file: half downloaded", _cut_off(0.6), refused="没有下载完或没有保存完; 请重新下载"),
    Nasty(
        "file: an official document in OFD",
        raw(ofd(["".join(ofd_line(text, 20, 20 + 8 * at) for at, text in enumerate(_WRITTEN))]), "来函.ofd"),
        says={1: {"name": "张三", "day": "2026-09-03"}},
    ),
    Nasty("file: an OFD without its document", raw(archive({"OFD.xml": b"<ofd/>"}), "来函.ofd"), refused="另存为PDF"),
    Nasty(
        "mail: what Outlook packs is named",
        _from_outlook(),
        rejected=[("winmail.dat", 1, None, _OUTLOOK, "")],
        says={1: {"name": "张三"}},
    ),
]
