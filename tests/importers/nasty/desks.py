"""Tables as ten desks keep them: discipline, hotline, villages, disputes, leaders' visits, the federations."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlwt

from tests.importers.nasty import reasons
from tests.importers.nasty.builders import HEADER, OTHER_TEXT, TEXT, archive, book, line, text_table, written, xlsx
from tests.importers.nasty.cases import Build, Nasty

_DAY = "2026-09-03"
_PHONE, _OTHER_PHONE = "13800000000", "13900000001"
_SHORT = ("编号", "信访日期", "信访人", "概况信息")
_GROUPED = ("序号", "来访日期", "来访人", "村民小组", "来访事由")
_NO_NUMBER = reasons.NO_NUMBER_COLUMN
_VISITED = ("编号", "约访日期", "约访对象", "对象电话", "信访事项")


def _of_villages(*rows: tuple[str, str, str]) -> Build:
    return xlsx(
        [
            ("编号", "信访日期", "信访人", "所在村", "组", "住址", "概况信息"),
            *((f"X00{at}", _DAY, "张三", *row, f"{TEXT}{at}") for at, row in enumerate(rows, 1)),
        ]
    )


def _listed(*records: Mapping[str, object]) -> Build:
    return written(json.dumps(records, ensure_ascii=False), "导出.json")


def _from_column_b(folder: Path) -> Path:
    made = xlwt.Workbook(encoding="utf-8")
    page = made.add_sheet("台账")
    rows: Sequence[Sequence[object]] = (
        ("所在村", "编号", "信访日期", "信访人", "概况信息"),
        ("", "X001", _DAY, "张三", TEXT),
        ("", "X002", _DAY, "李四", OTHER_TEXT),
    )
    for number, cells in enumerate(rows):
        for column, cell in enumerate(cells, 1):
            if cell:
                page.write(number, column, cell)
    page.write_merge(1, 2, 1, 1, "某村")
    made.save(str(folder / "台账.xls"))
    return folder / "台账.xls"


CASES = [
    Nasty(
        "desk: a matter that only refers to another petition or paper says nothing",
        xlsx(
            [
                HEADER,
                *(
                    line(f"X00{at}", text)
                    for at, text in enumerate(("同第1件", "见第1件", "同W20260001", "重复件 见上", "见附件3"), 1)
                ),
                line("X006", "见附件3，主要是要求解决老母亲住院费"),
                line("X007", "同上一工单，补助仍未到位"),
                line("X008", "同村张某打伤我儿子"),
            ]
        ),
        accepted=3,
        rejected=[
            ("台账", 2, "概况信息", reasons.OF_PETITION, "同第1件"),
            ("台账", 3, "概况信息", reasons.OF_PETITION, "见第1件"),
            ("台账", 4, "概况信息", reasons.OF_PETITION, "同W20260001"),
            ("台账", 5, "概况信息", reasons.OF_PETITION, "重复件 见上"),
            ("台账", 6, "概况信息", reasons.OF_PAPER, "见附件3"),
        ],
        says={8: {"text": "同上一工单，补助仍未到位"}, 9: {"text": "同村张某打伤我儿子"}},
    ),
    Nasty(
        "desk: who reports is the petitioner, who is reported never",
        text_table(
            [
                (
                    "编号",
                    "收到日期",
                    "举报人",
                    "举报人电话",
                    "举报人住址",
                    "被举报人",
                    "被举报人电话",
                    "反映的主要问题",
                ),
                ("XS-26-001", _DAY, "张三", _PHONE, "某镇某村", "李四", _OTHER_PHONE, TEXT),
                ("XS-26-002", _DAY, "未署名", "", "", "李四", _OTHER_PHONE, OTHER_TEXT),
            ]
        ),
        accepted=2,
        says={
            2: {"number": "XS-26-001", "name": "张三", "phone": _PHONE, "address": "某镇某村"},
            3: {"number": "XS-26-002", "name": "", "phone": ""},
        },
    ),
    Nasty(
        "desk: 控告人 and 申诉人 are petitioners with phone and ID number",
        book(
            {
                "控告": [
                    ("编号", "日期", "控告人", "控告人联系电话", "被控告人", "反映内容"),
                    ("K1", _DAY, "张三", _PHONE, "李四", TEXT),
                ],
                "申诉": [
                    ("编号", "日期", "申诉人", "申诉人手机", "被申诉人", "被申诉人手机", "反映内容"),
                    ("S1", _DAY, "王五", "", "李四", _OTHER_PHONE, OTHER_TEXT),
                ],
            }
        ),
        accepted=2,
    ),
    Nasty(
        "desk: callers who are nobody, and the phone that the telephone showed",
        xlsx(
            [
                ("受理编号", "来电日期", "来电人", "主叫号码", "联系电话", "反映事项"),
                ("R-1", _DAY, "(来电人不愿透露)", _OTHER_PHONE, "", f"{TEXT}1"),
                ("R-2", _DAY, "来电人未留姓名", _OTHER_PHONE, _PHONE, f"{TEXT}2"),
                *(
                    (f"R-{at}", _DAY, name, "", _PHONE, f"{TEXT}{at}")
                    for at, name in enumerate(("匿名用户", "匿名网友", "网友", "游客"), 3)
                ),
            ]
        ),
        accepted=6,
        says={2: {"name": "", "phone": _OTHER_PHONE}, 3: {"name": "", "phone": _PHONE}}
        | {row: {"name": ""} for row in (4, 5, 6, 7)},
    ),
    Nasty(
        "desk: 本人 is the person of the row's only other name",
        xlsx(
            [
                ("编号", "来访日期", "残疾人姓名", "来访人", "来访人电话", "监护人", "监护人电话", "反映诉求"),
                ("C1", _DAY, "张三", "张大", _PHONE, "张大", _PHONE, TEXT),
                ("C2", _DAY, "李四", "本人", "", "李大", _OTHER_PHONE, OTHER_TEXT),
            ]
        ),
        accepted=2,
        warnings=[
            (
                "台账",
                3,
                "来访人",
                "写的是「本人」, 已按「残疾人姓名」这一列的姓名接收; 不是他的请写出姓名后重新提交",
                "本人",
            )
        ],
        says={2: {"name": "张大", "phone": _PHONE}, 3: {"name": "李四", "phone": ""}},
    ),
    Nasty(
        "desk: 本人 is nobody where no column, or more than one, may say who he is",
        book(
            {
                "来访": [_SHORT, ("X001", _DAY, "本人", TEXT)],
                "医疗": [
                    ("编号", "信访日期", "信访人", "患者姓名", "户主姓名", "概况信息"),
                    ("X002", _DAY, "自己", "张三", "李四", OTHER_TEXT),
                ],
            }
        ),
        accepted=2,
        warnings=[
            ("来访", 2, "信访人", reasons.own_name_of_nobody("本人"), "本人"),
            ("医疗", 2, "信访人", reasons.own_name_of_nobody("自己"), "自己"),
        ],
    ),
    Nasty(
        "desk: for whom somebody came is no part of his name, unless it names a second person",
        xlsx(
            [
                _SHORT,
                ("X001", _DAY, "王兰英（代婆婆来）", f"{TEXT}1"),
                ("X002", _DAY, "王兰英（替邻居反映）", f"{TEXT}2"),
                ("X003", _DAY, "王兰英（本人）", f"{TEXT}3"),
                ("X004", _DAY, "王兰英（代婆婆张三来）", f"{TEXT}4"),
                ("X005", _DAY, "王兰英（替红梅反映）", f"{TEXT}5"),
            ]
        ),
        accepted=5,
        says={row: {"name": "王兰英"} for row in (2, 3, 4)}
        | {5: {"name": "王兰英（代婆婆张三来）"}, 6: {"name": "王兰英（替红梅反映）"}},
    ),
    Nasty(
        "desk: whom leaders invite or visit is the petitioner, and his phone beside him",
        book(
            {
                "约访": [_VISITED, ("Y1", _DAY, "张三", _PHONE, TEXT)],
                "下访": [
                    ("编号", "下访时间", "下访领导", "走访群众", "群众电话", "反映问题"),
                    ("Y2", _DAY, "李四", "王五", _PHONE, OTHER_TEXT),
                ],
            }
        ),
        accepted=2,
    ),
    Nasty(
        "desk: the invited one's name and phone",
        xlsx([_VISITED, ("Y1", _DAY, "张三", _PHONE, TEXT)]),
        says={2: {"name": "张三", "phone": _PHONE, "day": _DAY}},
    ),
    Nasty(
        "desk: the phone of 反映对象 is not the petitioner's",
        xlsx(
            [
                ("编号", "信访日期", "信访人", "反映对象", "对象电话", "概况信息"),
                ("X001", _DAY, "张三", "李四", _PHONE, TEXT),
            ]
        ),
        says={2: {"name": "张三", "phone": ""}},
    ),
    Nasty(
        "desk: a column of phones and none of names is said",
        xlsx([("编号", "信访日期", "牵头的", "联系电话", "概况信息"), ("X001", _DAY, "张三", _PHONE, TEXT)]),
        warnings=[("台账", 1, None, reasons.NAMELESS, "")],
        says={2: {"name": "", "phone": _PHONE}},
    ),
    Nasty(
        "desk: village and group in columns of their own",
        _of_villages(
            ("某村", "一组", ""),
            ("某村", "2", ""),
            ("某村", "三组", "12号"),
            ("某村", "三组", "某镇某村三组"),
            ("某村", "四组", "某镇某村"),
            ("某村", "信访组", ""),
            ("", "五组", "外县某镇另村6号"),
        ),
        accepted=7,
        says={
            2: {"address": "某村一组"},
            3: {"address": "某村2组"},
            4: {"address": "某村三组12号"},
            5: {"address": "某镇某村三组"},
            6: {"address": "某镇某村四组"},
            7: {"address": "某村"},
            8: {"address": "外县某镇另村6号"},
        },
    ),
    Nasty(
        "desk: a sheet named 分村 is no address, a group is told below the sheet of its village",
        book(
            {
                "分村": [_SHORT, ("X001", _DAY, "张三", TEXT)],
                "某村": [_GROUPED, ("1", _DAY, "李四", "二组", OTHER_TEXT)],
            }
        ),
        accepted=2,
        warnings=[("某村", 1, None, _NO_NUMBER, "")],
    ),
    Nasty(
        "desk: the group below the sheet of a village",
        book({"某村": [_GROUPED, ("1", _DAY, "李四", "二组", OTHER_TEXT)]}),
        warnings=[("某村", 1, None, _NO_NUMBER, "")],
        says={2: {"address": "某村二组", "text": OTHER_TEXT}},
    ),
    Nasty(
        "desk: a sheet named 分村 says nothing of where anybody lives",
        book({"分村": [_SHORT, ("X001", _DAY, "张三", TEXT)]}),
        says={2: {"address": ""}},
    ),
    Nasty(
        "desk: merged cells of an old workbook that begins in its second column",
        _from_column_b,
        accepted=2,
        says={2: {"address": "某村", "number": "X001"}, 3: {"address": "某村", "number": "X002", "name": "李四"}},
    ),
    Nasty(
        "desk: objects of JSON are one value each",
        _listed(
            {
                "信访件编号": "W1",
                "信访人": {
                    "姓名": "张三",
                    "联系方式": {"手机": _PHONE},
                    "证件": {"类型": "111", "号码": "141124199902300019"},
                    "住址": {
                        "省": "某省",
                        "乡镇": "某镇",
                        "村": "某村",
                        "组": None,
                        "详细地址": "某镇某村二组",
                        "经度": 1.5,
                    },
                    "配偶": {"姓名": "李四", "电话": _OTHER_PHONE},
                },
                "信访日期": _DAY,
                "信访目的": {"代码": "02", "名称": "求决"},
                "概况信息": TEXT,
            },
            {
                "信访件编号": "W2",
                "信访人": {"姓名": "王五", "证件": {"类型": "护照", "号码": "141124199902300019"}},
                "信访日期": _DAY,
                "信访目的": {"代码": "03", "名称": "申诉"},
                "概况信息": OTHER_TEXT,
            },
        ),
        accepted=2,
        warnings=[("", 1, "信访人证件号码", reasons.ID_BIRTH, "141124********0019")],
        says={
            1: {
                "name": "张三",
                "phone": _PHONE,
                "id_number": "141124199902300019",
                "address": "某省某镇某村二组",
                "purpose": "求决",
                "信访人住址经度": "1.5",
                "信访目的代码": "02",
            },
            2: {"name": "王五", "id_number": "", "phone": "", "purpose": "申诉"},
        },
    ),
    Nasty(
        "desk: the address of an event is joined",
        _listed(
            {
                "工单编号": "G1",
                "来电时间": _DAY,
                "来电人": "张三",
                "事发地址": {"镇": "某镇", "村": "某村"},
                "诉求内容": TEXT,
            }
        ),
        says={1: {"address": "某镇某村"}},
    ),
    Nasty(
        "desk: what a letter on the net is about, its number and its words",
        xlsx(
            [
                ("信件编号", "提交时间", "写信人", "手机号", "信件主题", "信件内容", "回复内容"),
                ("WS1", _DAY, "张三", _PHONE, "关于补助的咨询", TEXT, "已办"),
            ]
        ),
        says={2: {"number": "WS1", "title": "关于补助的咨询", "text": TEXT}},
    ),
    Nasty(
        "desk: 诉求目的 is the purpose where purposes stand below it alone",
        book(
            {
                "甲": [("编号", "信访日期", "信访人", "诉求目的", "概况信息"), ("X001", _DAY, "张三", "求决", TEXT)],
                "乙": [
                    ("编号", "信访日期", "信访人", "诉求目的", "概况信息"),
                    ("X002", _DAY, "李四", "要求安装路灯", OTHER_TEXT),
                ],
            }
        ),
        accepted=2,
    ),
    Nasty(
        "desk: a purpose below 诉求目的",
        xlsx([("编号", "信访日期", "信访人", "诉求目的", "概况信息"), ("X001", _DAY, "张三", "揭发控告", TEXT)]),
        says={2: {"purpose": "揭发控告"}},
    ),
    Nasty(
        "desk: 当事人 is the petitioner beside 对方当事人",
        xlsx(
            [
                ("编号", "排查日期", "当事人", "当事人电话", "对方当事人", "对方电话", "反映问题"),
                ("J1", _DAY, "张三", "", "李四", _OTHER_PHONE, TEXT),
                ("J2", _DAY, "王五", _PHONE, "某公司", _OTHER_PHONE, OTHER_TEXT),
            ]
        ),
        accepted=2,
        says={2: {"name": "张三", "phone": ""}, 3: {"name": "王五", "phone": _PHONE}},
    ),
    Nasty(
        "desk: 当事人 beside a petitioner's own name is somebody else",
        xlsx(
            [
                ("编号", "信访日期", "信访人", "当事人", "当事人电话", "对方姓名", "反映内容"),
                ("J1", _DAY, "张三", "李四", _OTHER_PHONE, "王五", TEXT),
            ]
        ),
        says={2: {"name": "张三", "phone": ""}},
    ),
    Nasty(
        "desk: lines of one petition, one for each who is reported, are one petition without a number too",
        xlsx(
            [
                ("来信日期", "来信人", "联系电话", "反映问题", "被反映人姓名"),
                (_DAY, "张三", _PHONE, TEXT, "李四"),
                ("", "", "", "", "王五"),
                (_DAY, "张三", _PHONE, OTHER_TEXT, "李四"),
            ],
            merges=["A2:A3", "B2:B3", "C2:C3", "D2:D3"],
        ),
        accepted=2,
        warnings=[
            ("台账", 1, None, _NO_NUMBER, ""),
            ("台账", 2, None, reasons.all_merged(3), "王五"),
        ],
        says={2: {"name": "张三", "被反映人姓名": "李四\n王五"}, 4: {"被反映人姓名": "李四"}},
    ),
    Nasty(
        "desk: sheets of months in which nobody came",
        book(
            {
                "1月": [("1月来访登记",), _GROUPED, ("1", _DAY, "张三", "二组", TEXT)],
                "2月": [("2月来访登记",), _GROUPED, ("本月无来访",)],
            }
        ),
        warnings=[
            ("1月", 2, None, _NO_NUMBER, ""),
            ("2月", 2, None, _NO_NUMBER, ""),
            ("2月", 3, None, reasons.NOTE, "本月无来访"),
        ],
    ),
    Nasty(
        "desk: a member with the guessed header of another and a zero report",
        archive(
            {
                f"{month}月.xlsx": xlsx(
                    [("编号", "排查日期", "诉求人姓名", "联系电话", "隐患问题"), *rows], name=f"{month}月.xlsx"
                )
                for month, rows in ((1, [("P1", _DAY, "张三", _PHONE, TEXT)]), (2, [("零报告",)]))
            }
        ),
        warnings=[
            ("1月.xlsx/台账", 1, "隐患问题", reasons.guessed("概况信息", 80), ""),
            ("2月.xlsx/台账", 1, None, reasons.ZERO_REPORT, "零报告"),
        ],
    ),
    Nasty(
        "desk: a sum far right in its row",
        text_table(
            [
                ("登记日期", "求助人姓名", "联系电话", "求助事由", "救助金额"),
                (_DAY, "张三", _PHONE, TEXT, "2000元"),
                ("", "", "", "合计", "2000元"),
            ]
        ),
        warnings=[("", 1, None, _NO_NUMBER, ""), ("", 3, None, reasons.TOTAL, "合计")],
    ),
    Nasty(
        "desk: 因何事来访 among headers in nobody's words is guessed with them",
        xlsx(
            [
                ("来的日子", "谁来的", "啥电话", "哪个村的", "因何事来访"),
                (_DAY, "张三", _PHONE, "某村", TEXT),
                (_DAY, "李四", _OTHER_PHONE, "某村", OTHER_TEXT),
            ]
        ),
        accepted=2,
        warnings=[
            *(
                ("台账", 1, text, reasons.guessed(name, 90), "")
                for text, name in (
                    ("来的日子", "信访日期"),
                    ("谁来的", "信访人姓名"),
                    ("啥电话", "联系电话"),
                    ("哪个村的", "行政村"),
                    ("因何事来访", "概况信息"),
                )
            ),
            ("台账", 1, None, _NO_NUMBER, ""),
        ],
        says={2: {"name": "张三", "phone": _PHONE, "address": "某村", "day": _DAY}, 3: {"name": "李四"}},
    ),
    Nasty(
        "desk: 下访日期 among headers in nobody's words is guessed with them",
        xlsx(
            [
                ("下访日期", "谁反映的", "住哪", "怎么联系", "谈的问题"),
                (_DAY, "张三", "某村", _PHONE, TEXT),
                (_DAY, "李四", "某村", _OTHER_PHONE, OTHER_TEXT),
            ]
        ),
        accepted=2,
        warnings=[
            *(
                ("台账", 1, text, reasons.guessed(name, 90), "")
                for text, name in (
                    ("下访日期", "信访日期"),
                    ("谁反映的", "信访人姓名"),
                    ("住哪", "家庭住址"),
                    ("怎么联系", "联系电话"),
                    ("谈的问题", "概况信息"),
                )
            ),
            ("台账", 1, None, _NO_NUMBER, ""),
        ],
        says={2: {"name": "张三", "phone": _PHONE, "address": "某村", "day": _DAY}, 3: {"name": "李四"}},
    ),
    Nasty(
        "desk: several petitions of one lead are no corrections of each other",
        xlsx(
            [
                ("线索编号", "信访日期", "信访人", "反映内容"),
                ("XS001", _DAY, "张三", TEXT),
                ("XS001", "2026-09-04", "张三", OTHER_TEXT),
            ]
        ),
        accepted=2,
        warnings=[("台账", 1, None, _NO_NUMBER, "")],
    ),
    Nasty(
        "desk: an empty value of an object of JSON hides none that is there",
        _listed(
            {
                "信访件编号": "W1",
                "信访人姓名": "张三",
                "信访人": {"联系电话": _PHONE, "姓名": "", "基本信息": {"姓名": None, "联系电话": "", "民族": "汉"}},
                "信访日期": _DAY,
                "概况信息": TEXT,
            },
            {
                "信访件编号": "W2",
                "信访人": {"姓名": "李四", "基本信息": {"姓名": "王五"}},
                "信访日期": _DAY,
                "概况信息": OTHER_TEXT,
            },
        ),
        accepted=2,
        says={
            1: {"name": "张三", "phone": _PHONE},
            2: {"name": "李四", "信访人另写的信访人姓名": "王五"},
        },
    ),
    Nasty(
        "desk: phones among the ways to reach a person",
        _listed(
            *(
                {
                    "信访件编号": f"W{at}",
                    "信访人": {"姓名": "张三", "联系方式": ways},
                    "信访日期": _DAY,
                    "概况信息": f"{TEXT}{at}",
                }
                for at, ways in enumerate(
                    (
                        {"类型": "手机", "号码": _PHONE},
                        {"本人手机": _PHONE, "邮箱": "a@b.cn"},
                        {"家属电话": _OTHER_PHONE, "手机": _PHONE},
                    ),
                    1,
                )
            )
        ),
        accepted=3,
        says={row: {"phone": _PHONE} for row in (1, 2, 3)},
    ),
    Nasty(
        "desk: of two kinds of persons in JSON one is the petitioner",
        _listed(
            {
                "信访件编号": "W1",
                "信访人": {"姓名": "张三"},
                "投诉人": {"基本信息": {"姓名": "李四", "手机": _OTHER_PHONE}},
                "信访日期": _DAY,
                "概况信息": TEXT,
            }
        ),
        says={1: {"name": "张三", "phone": ""}},
    ),
    Nasty(
        "desk: an address in parts says none twice, in their order",
        _listed(
            *(
                {"信访件编号": f"W{at}", "姓名": "张三", "住址": parts, "信访日期": _DAY, "概况信息": f"{TEXT}{at}"}
                for at, parts in enumerate(
                    (
                        {"县": "某县", "镇": "某镇", "村": "东村", "自然村": "东", "组": 3},
                        {"省": "某省", "市": "某市", "区": "某区", "街道": "某街道", "详细地址": "某市某区某路3号"},
                    ),
                    1,
                )
            )
        ),
        accepted=2,
        says={1: {"address": "某县某镇东村3组"}, 2: {"address": "某省某市某区某街道某路3号"}},
    ),
    Nasty(
        "desk: 组别 is an office's own unless it stands right of a village",
        xlsx(
            [
                ("编号", "信访日期", "信访人", "住址", "组别", "概况信息"),
                ("X001", _DAY, "张三", "某村", "第一组", TEXT),
                ("X002", _DAY, "李四", "", "2组", OTHER_TEXT),
            ]
        ),
        accepted=2,
        says={2: {"address": "某村"}, 3: {"address": ""}},
    ),
    Nasty(
        "desk: the group of a hotline's ticket is that of who answered",
        xlsx(
            [
                ("工单编号", "来电时间", "来电人", "村", "组", "诉求内容"),
                ("G1", _DAY, "张三", "某村", "一组", TEXT),
            ]
        ),
        says={2: {"address": "某村"}},
    ),
    Nasty(
        "desk: a bare group is no address, a village of the same name is said once",
        xlsx(
            [
                ("编号", "信访日期", "信访人", "行政村", "自然村", "村民小组", "概况信息"),
                ("X001", _DAY, "张三", "", "", "2组", TEXT),
                ("X002", _DAY, "李四", "东庄村", "东庄", "三组", OTHER_TEXT),
            ]
        ),
        accepted=2,
        says={2: {"address": ""}, 3: {"address": "东庄村三组"}},
    ),
    Nasty(
        "desk: 下访对象 may be a village, the name stands beside it",
        xlsx(
            [
                ("编号", "下访时间", "下访对象", "群众姓名", "联系电话", "反映问题"),
                ("X001", _DAY, "某村", "张三", _PHONE, TEXT),
            ]
        ),
        says={2: {"name": "张三", "phone": _PHONE}},
    ),
    Nasty(
        "desk: whom a team visits is not guessed because whom leaders invite is known, nor is its own group",
        xlsx(
            [
                ("编号", "信访日期", "下访对象", "小组", "联系电话", "概况信息"),
                ("X001", _DAY, "东庄村", "2组", _PHONE, TEXT),
            ]
        ),
        warnings=[("台账", 1, None, reasons.NAMELESS, "")],
        says={2: {"name": "", "address": "", "phone": _PHONE}},
    ),
    Nasty(
        "desk: the group of a visiting team is not guessed with the other headers",
        xlsx(
            [
                ("来的日子", "谁来的", "小组", "啥电话", "说的问题"),
                (_DAY, "张三", "2组", _PHONE, TEXT),
                (_DAY, "李四", "3组", _OTHER_PHONE, OTHER_TEXT),
            ]
        ),
        accepted=2,
        warnings=[
            *(
                ("台账", 1, text, reasons.guessed(name, 90), "")
                for text, name in (
                    ("来的日子", "信访日期"),
                    ("谁来的", "信访人姓名"),
                    ("啥电话", "联系电话"),
                    ("说的问题", "概况信息"),
                )
            ),
            ("台账", 1, None, _NO_NUMBER, ""),
        ],
        says={2: {"name": "张三", "address": ""}},
    ),
    Nasty(
        "desk: 村别 may be a kind of village",
        xlsx(
            [
                ("编号", "信访日期", "信访人", "村别", "住址", "概况信息"),
                ("X001", _DAY, "张三", "非贫困村", "东庄", TEXT),
            ]
        ),
        says={2: {"address": "东庄"}},
    ),
    Nasty(
        "desk: the number that called goes before a bare phone and behind 来电电话",
        book(
            {
                "甲": [
                    ("工单编号", "来电时间", "来电人", "电话", "主叫号码", "诉求内容"),
                    ("G1", _DAY, "张三", "4420000", _PHONE, TEXT),
                ],
            }
        ),
        says={2: {"phone": _PHONE}},
    ),
    Nasty(
        "desk: 本人 is whom 同上 names",
        xlsx(
            [
                ("编号", "信访日期", "反映人", "户主姓名", "概况信息"),
                ("X001", _DAY, "本人", "张三", f"{TEXT}1"),
                ("X002", _DAY, "本人", "同上", f"{TEXT}2"),
                ("X003", _DAY, "本人", "〃", f"{TEXT}3"),
            ]
        ),
        accepted=3,
        warnings=[
            (
                "台账",
                row,
                "反映人",
                "写的是「本人」, 已按「户主姓名」这一列的姓名接收; 不是他的请写出姓名后重新提交",
                "本人",
            )
            for row in (2, 3, 4)
        ],
        says={row: {"name": "张三"} for row in (2, 3, 4)},
    ),
    Nasty(
        "desk: 共计 in a remark makes no sum",
        xlsx(
            [
                ("信访日期", "信访人", "住址", "概况信息", "备注"),
                (_DAY, "张三", "某村", TEXT, ""),
                ("", "", "某村", "3户", "共计3次"),
            ]
        ),
        accepted=2,
        warnings=[
            ("台账", 1, None, _NO_NUMBER, ""),
            ("台账", 3, "信访日期", "没有填日期, 已按收到的日子接收, 知道日期的请补填", ""),
        ],
    ),
    Nasty(
        "desk: a table without persons has its sums in front or as the matter",
        xlsx(
            [
                ("镇", "类别", "概况信息", "结果"),
                ("某镇", "水", TEXT, "办结"),
                ("某镇", "合计", "12", ""),
            ]
        ),
        accepted=2,
        warnings=[
            ("台账", 1, None, reasons.NOBODY, ""),
            ("台账", 1, None, _NO_NUMBER, ""),
        ],
    ),
    Nasty(
        "desk: a sheet whose rows are missing is no zero report",
        archive(
            {
                f"{month}月.xlsx": xlsx(
                    [("编号", "排查日期", "诉求人姓名", "联系电话", "隐患问题"), *rows], name=f"{month}月.xlsx"
                )
                for month, rows in ((1, [("P1", _DAY, "张三", _PHONE, TEXT)]), (2, []))
            }
        ),
        warnings=[
            ("1月.xlsx/台账", 1, "隐患问题", reasons.guessed("概况信息", 80), ""),
            ("2月.xlsx/台账", 1, None, "表头下面没有一行内容, 请检查是否导出了空表", ""),
        ],
    ),
]
