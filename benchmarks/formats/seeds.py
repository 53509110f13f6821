"""Small files of every kind, made from the layouts that petition offices export: where fuzzing starts."""

import json
from collections.abc import Sequence
from email.message import EmailMessage

from tests.importers.formats.ofd_files import line as ofd_line
from tests.importers.formats.ofd_files import ofd
from tests.importers.formats.ofd_files import ruled as ofd_ruled
from tests.importers.formats.office_files import (
    archive,
    docx_of,
    ods,
    pdf,
    ruled,
    words,
    xls,
    xlsb,
    xlsx,
    xlsx_of_markup,
)

_LAYOUTS: Sequence[Sequence[Sequence[object]]] = (
    [
        [
            "信访件编号",
            "姓名",
            "证件号码",
            "联系电话",
            "住址",
            "信访日期",
            "信访形式",
            "信访目的",
            "内容分类",
            "概况信息",
        ],
        [
            "XF0001",
            "张三",
            "'141124000000000000",
            13800000000,
            "某镇某村",
            45356,
            "来信",
            "求决",
            "民政/救助",
            "房子漏水\n盼修",
        ],
    ],
    [
        ["某县来信登记簿(2024年度)", "", "", ""],
        ["序号", "来信人", "来信日期", "反映内容"],
        [1, "李四", "2024.3.5", "孩子上学交不起费"],
        ["填表人: 王五", "", "", ""],
    ],
    [
        ["工单编号", "来电人", "来电号码", "诉求标题", "诉求内容", "受理时间", "办理单位"],
        ["G20240305001", "赵六", "0358-0000000", "饮水", "停水三天", "2024-03-05 08:30:00", "水利局"],
    ],
)
_FORM = [["姓名", "张三", "性别", "男"], ["联系电话", "13800000000", "住址", "某村"], ["反映内容", "房子漏水", "", ""]]
_FORMULAS = (
    '<sheetData><row r="1" hidden="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><f>1+1</f></c>'
    '<c r="C1" t="e"><v>#REF!</v></c>'
    '<c r="D1" t="inlineStr"><is><t>甲</t></is></c><c r="E1" s="1"><v>45356.5</v></c></row></sheetData>'
)
_STYLES = (
    '<numFmts><numFmt numFmtId="200" formatCode="yyyy/m/d"/></numFmts><cellXfs><xf/><xf numFmtId="200"/></cellXfs>'
)


def seeds() -> dict[str, bytes]:
    """Contents by file name."""
    found: dict[str, bytes] = {}
    for number, rows in enumerate(_LAYOUTS):
        texts = [[str(cell) for cell in row] for row in rows]
        lines = "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in texts)
        found |= {
            f"{number}.csv": lines.encode("gb18030"),
            f"{number}.tsv": "\n".join("\t".join(row) for row in texts).encode("utf-16"),
            f"{number}.xlsx": xlsx({"登记": rows}),
            f"{number}.xls": xls({"登记": rows}),
            f"{number}.ods": ods(texts),
            f"{number}.xlsb": xlsb(texts, merges=[(1, 2, 0, 0)]),
            f"{number}.html": _html(texts).encode(),
            f"{number}.jsonl": "\n".join(json.dumps(dict(enumerate(row))) for row in texts).encode(),
            f"{number}.json": json.dumps([dict(enumerate(row)) for row in texts]).encode(),
            f"{number}.docx": docx_of(["信访登记表"], [_FORM]),
            f"{number}.pdf": pdf([words("信访登记", 60, 800) + ruled(_FORM, 20, 780, width=140)]),
        }
    found["formulas.xlsx"] = xlsx_of_markup(_FORMULAS, strings="<si><t>编号</t></si>", styles=_STYLES)
    found["mail.eml"] = _mail(found["0.csv"])
    found["all.zip"] = archive({"台账.csv": found["0.csv"], "里.zip": archive({"a.jsonl": found["0.jsonl"]})})
    found["letter.ofd"] = ofd([ofd_line("信访登记", 20, 20) + ofd_ruled(_FORM, 20, 40)])
    found["2003.xml"] = _spreadsheet_xml()
    return found


def _html(rows: Sequence[Sequence[str]]) -> str:
    lines = "".join("<tr>" + "".join(f"<td colspan=1 rowspan=1>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<html><head><meta charset=utf-8></head><body><p>某县</p><table>{lines}</table></body></html>"


def _mail(attached: bytes) -> bytes:
    message = EmailMessage()
    message["From"] = "张三 <zhangsan@mail.invalid>"
    message["Subject"] = "反映住房问题"
    message.set_content("房子漏水")
    message.add_alternative("<p>房子漏水</p>", subtype="html")
    message.add_attachment(attached, maintype="text", subtype="csv", filename="台账.csv")
    return message.as_bytes()


def _spreadsheet_xml() -> bytes:
    namespace = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?><Workbook xmlns="{namespace}" xmlns:ss="{namespace}"><Worksheet ss:Name="登记"><Table>'
        '<Row ss:Index="2"><Cell ss:MergeAcross="1"><Data ss:Type="String">编号</Data></Cell>'
        '<Cell ss:Index="5"><Data ss:Type="DateTime">2024-03-05T00:00:00</Data></Cell></Row></Table></Worksheet>'
        "</Workbook>"
    ).encode()
