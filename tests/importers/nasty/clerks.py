"""What clerks and the programs that they export from do to files; written before the importers were looked at."""

import json

from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from tests.importers.nasty import reasons
from tests.importers.nasty.builders import (
    HEADER,
    OTHER_TEXT,
    TEXT,
    document,
    line,
    raw,
    text_table,
    written,
    xlsx,
)
from tests.importers.nasty.cases import Nasty

_DAY = "2026-09-03"
_COLUMNS = "信访件编号,姓名,信访日期,概况信息"
_COSTS = [["时间", "医院", "自付（元）"], ["2026.3", "县医院", "9800"], ["合计", "", "50800"]]
_LETTER = "我叫张三，某镇某村人，老伴住院三次，费用如下表，请求大病救助。"
_XML = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
    ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="台账"><Table><Row>'
    + "".join(f'<Cell><Data ss:Type="String">{text}</Data></Cell>' for text in _COLUMNS.split(","))
    + "</Row><Row>"
    + "".join(f'<Cell><Data ss:Type="String">{text}</Data></Cell>' for text in ("X001", "张三", _DAY))
    + '<Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>反映</B>家里没水。</ss:Data></Cell>'
    "</Row></Table></Worksheet></Workbook>"
)
_MAIL = (
    "From: a@mail.invalid\r\nSubject: xinfang\r\nDate: Thu, 03 Sep 2026 08:00:00 +0800\r\nMIME-Version: 1.0\r\n"
    "Content-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    "<p>我是某镇某村的张三，孩子考上大学，学费一万二，家里拿不出来。</p>\r\n"
    "--b\r\nContent-Type: image/png; name=logo.png\r\nContent-ID: <l>\r\nContent-Disposition: inline\r\n"
    "Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--\r\n"
)


def _record(number: str, text: str, day: object = _DAY) -> dict[str, object]:
    return {"信访件编号": number, "姓名": "张三", "信访日期": day, "概况信息": text}


def _strike(page: Worksheet) -> None:
    for cell in page[3]:
        cell.font = Font(strike=True)


def _comment(page: Worksheet) -> None:
    page["H2"].comment = Comment("本人电话另有", "信访办")


CASES = [
    Nasty(
        "clerk: a row struck through",
        xlsx([HEADER, line("X001"), line("X002", OTHER_TEXT)], change=_strike),
        accepted=2,
        warnings=[("台账", 3, None, "有1行划了删除线, 已照样导入; 该交的不需要处理, 不该交的请告诉管理员", "3")],
    ),
    Nasty(
        "clerk: comments in cells",
        xlsx([HEADER, line("X001")], change=_comment),
        warnings=[
            (
                "台账",
                1,
                None,
                "旁边的批注、脚注或文本框里还有字, 没有读; 是信访内容的, 请写进表格或正文里后重新提交",
                "",
            )
        ],
    ),
    Nasty(
        "clerk: a word of the header that goes on in a line of its own",
        xlsx(
            [
                ("编号", "信访人", "", "信访日期", "反映内容"),
                ("", "姓名", "联系", "", ""),
                ("", "", "电话", "", ""),
                ("X001", "张三", "13800000000", _DAY, TEXT),
            ]
        ),
        says={4: {"name": "张三", "phone": "13800000000", "day": _DAY}},
    ),
    Nasty(
        "clerk: lines of JSON with the commas of a list",
        written("".join(f"{json.dumps(_record(f'X00{n}', f'反映第{n}件事。'))},\n" for n in (1, 2)), "导出.jsonl"),
        accepted=2,
    ),
    Nasty(
        "clerk: a day in milliseconds",
        written(json.dumps([_record("X001", TEXT, 1788364800000)]), "导出.json"),
        says={1: {"day": _DAY}},
    ),
    Nasty(
        "clerk: strokes below the header of a pasted table",
        written(f"|编号|姓名|信访日期|概况信息|\n|---|:---|---|---|\n|X001|张三|{_DAY}|{TEXT}|\n", "粘贴.txt"),
        says={3: {"number": "X001"}},
    ),
    Nasty(
        "clerk: two files put one behind the other, each with its mark",
        raw(b"".join(f"\ufeff{_COLUMNS}\nX00{n},张三,{_DAY},反映第{n}件事。\n".encode() for n in (1, 2)), "台账.csv"),
        accepted=2,
        warnings=[("", 3, None, reasons.HEADER_AGAIN, "信访件编号")],
        says={4: {"number": "X002"}},
    ),
    Nasty(
        "clerk: every line in quotes as a whole",
        written(f'"{_COLUMNS}"\n"X001,张三,{_DAY},反映断水。"\n', "台账.csv"),
        says={2: {"number": "X001", "text": "反映断水。"}},
    ),
    Nasty(
        "clerk: a number with the decimal point of a table program",
        text_table([HEADER, line("20260002.0")]),
        says={2: {"number": "20260002"}},
    ),
    Nasty(
        "clerk: the mark of multiplication for the last character of an ID number",
        text_table([HEADER, line(id_number="99999919750506101×")]),
        warnings=[("", 2, "证件号码", reasons.ID_CHECK, "999999********101×")],
        says={2: {"id_number": "99999919750506101X"}},
    ),
    Nasty(
        "clerk: nobody but a title",
        text_table([HEADER, line(name="先生")]),
        says={2: {"name": ""}},
    ),
    Nasty(
        "clerk: day and clock in two columns",
        xlsx(
            [
                ("工单编号", "来电日期", "来电时间", "来电人", "来电内容"),
                ("X001", _DAY, "9:30", "张三", TEXT),
            ]
        ),
        says={2: {"day": _DAY}},
    ),
    Nasty(
        "clerk: hints with an invented person",
        xlsx([HEADER, ("（由系统生成）", "张某某", "11位手机号", "", "", "如2026-01-01", "", "简要填写"), line()]),
        warnings=[("台账", 2, None, reasons.HINT, "（由系统生成）")],
    ),
    Nasty(
        "clerk: formatted text in a spreadsheet of 2003",
        written(_XML, "台账.xls"),
        says={2: {"text": "反映家里没水。"}},
    ),
    Nasty(
        "clerk: where somebody is from beside his name",
        text_table([HEADER, line(name="张三，男，63岁，某县某镇某村人", phone="", address="")]),
        says={2: {"name": "张三", "address": "某县某镇某村"}},
    ),
    Nasty(
        "clerk: records with labels in brackets",
        written(
            "".join(
                f"【信访人】{name}\n【联系电话】1380000000{n}\n【信访时间】{_DAY}\n【反映内容】反映第{n}件事。\n\n"
                for n, name in enumerate(("张三", "李四"))
            ),
            "值班.txt",
        ),
        accepted=2,
        warnings=[("", 1, None, "这个文件里有2封信, 按2件接收; 分得不对的请每封信存成一个文件后重新提交", "值班")],
        says={2: {"name": "李四", "phone": "13800000001", "day": _DAY}},
    ),
    Nasty(
        "clerk: a joint letter that names a contact",
        document(["镇政府：", "我们十二户的枣林被山洪冲毁，没有补偿。", "联系人：张三 电话：13800000000", _DAY]),
        warnings=[
            (
                "",
                1,
                "联系人",
                "信里没有署名, 写的联系人已当作写信人; 不是他的请在回执Excel的「信访人」一栏改正后再交",
                "张三",
            )
        ],
        says={1: {"name": "张三", "phone": "13800000000"}},
    ),
    Nasty(
        "clerk: a contact in what an office writes is no petitioner",
        document(["县信访局：", "其儿子患病一事已核实。", "联系人：张三 电话：13800000000", _DAY]),
        warnings=[
            ("", 1, "电话", reasons.NUMBER_OF_ANOTHER, "138****0000"),
            ("", 1, "姓名", reasons.NO_SIGNATURE, ""),
        ],
        says={1: {"name": "", "phone": ""}},
    ),
    Nasty(
        "clerk: a letter within a frame",
        document([], [[[f"镇领导：\n{_LETTER}\n2026年9月3日"]]]),
        says={1: {"name": "张三", "day": _DAY}},
    ),
    Nasty(
        "clerk: a table of costs within a letter",
        document([_LETTER, "申请人：张三", "2026年9月3日"], [_COSTS]),
        warnings=[
            (
                "表格1",
                1,
                None,
                "这个表不是登记表, 已接在信的后面一并接收; 是登记表的请单独提交",
                "时间、医院、自付（元）",
            )
        ],
        says={
            1: {
                "name": "张三",
                "text": f"{_LETTER}\n申请人：张三\n2026年9月3日\n时间 医院 自付（元）\n2026.3 县医院 9800\n合计 50800",
            }
        },
    ),
    Nasty(
        "clerk: a mail of a page alone, with the logo of its writing paper",
        written(_MAIL, "求助.eml"),
        says={1: {"name": "张三", "day": _DAY}},
    ),
    Nasty(
        "clerk: a table whose columns only the page kept apart",
        document(["编号 信访人 联系电话 信访日期 反映内容", f"X001 张三 13800000000 {_DAY} 反映断水。"]),
        accepted=0,
        rejected=[
            (
                *("", 1, None),
                "这里像是一个没有表格线的表, 看不出每一格属于哪一列, 没有导入; 请从原系统导出xlsx或csv, "
                "或加上表格线后重新提交",
                "编号 信访人 联系电话 信访日期 反映内容",
            )
        ],
    ),
]
