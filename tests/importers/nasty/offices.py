"""Files as towns, hotlines, civil affairs and rural offices send them, by somebody who had not read the importers."""

from tests.importers.nasty import reasons
from tests.importers.nasty.builders import OTHER_TEXT, TEXT, book, text_table, written, xlsx
from tests.importers.nasty.cases import Nasty

_DAY = "2026-09-03"
_PLAIN = ("编号", "姓名", "电话", "住址", "日期", "反映问题")
_PHONES = ("13800000000", "13800000001", "13800000002")
_RECORD = "时间：2026年9月{}日\n来电人：{}\n电话：{}\n住址：某镇某村\n内容：{}"
_LONG = f"{TEXT}{OTHER_TEXT}"


def _row(
    number: str = "X001", name: str = "张三", phone: str = _PHONES[0], *, day: str = _DAY, text: str = TEXT
) -> tuple[str, ...]:
    return (number, name, phone, "某镇某村", day, text)


CASES = [
    Nasty(
        "office: names with what stands beside them",
        xlsx(
            [
                _PLAIN,
                _row("X001", "张三等12人"),
                _row("X002", "李四 等五户"),
                _row("X003", "王五（代表）"),
                _row("X004", "赵六 女 62岁"),
                _row("X005", "孙七先生"),
                _row("X006", "李女士"),
                _row("X007", "张三、李四等3人"),
                _row("X008", "张三（代其母李四）"),
            ]
        ),
        accepted=8,
        says={
            2: {"name": "张三", "姓名": "张三等12人"},
            3: {"name": "李四"},
            4: {"name": "王五"},
            5: {"name": "赵六"},
            6: {"name": "孙七"},
            7: {"name": "李女士"},
            8: {"name": "张三、李四"},
            9: {"name": "张三（代其母李四）"},
        },
    ),
    Nasty(
        "office: nobody is named",
        xlsx([_PLAIN, *(_row(f"X00{count}", name) for count, name in enumerate(("匿名", "不详", "群众", "/")))]),
        accepted=4,
        says={row: {"name": ""} for row in (2, 3, 4, 5)},
    ),
    Nasty(
        "office: 不详 and strokes in every column",
        xlsx(
            [
                ("编号", "姓名", "身份证号", "电话", "日期", "反映问题"),
                ("X001", "张三", "不详", "匿名", "不详", TEXT),
                ("X002", "李四", "/", "未接通", "—", OTHER_TEXT),
            ]
        ),
        accepted=2,
        warnings=[
            ("台账", 2, "日期", reasons.NO_DAY, "不详"),
            ("台账", 3, "日期", reasons.NO_DAY, "—"),
            ("台账", 3, "电话", reasons.NO_PHONE, "未接通"),
        ],
        says={2: {"id_number": "", "phone": "", "day": ""}, 3: {"name": "李四"}},
    ),
    Nasty(
        "office: year, month and day in three columns",
        xlsx(
            [
                ("编号", "来访时间", "", "", "姓名", "反映问题"),
                ("", "年", "月", "日", "", ""),
                ("X001", 2026, 9, 3, "张三", TEXT),
                ("X002", "2026年", "9月", "", "李四", OTHER_TEXT),
                ("X003", 2026, 9, 31, "王五", OTHER_TEXT),
            ],
            merges=["A1:A2", "B1:D1", "E1:E2", "F1:F2"],
        ),
        accepted=2,
        rejected=[("台账", 5, "日", "日历上没有这一天, 请对照原件改正后重新提交: 2026-9-31", "2026-9-31")],
        warnings=[("台账", 4, "日", reasons.NO_DAY, "")],
        says={3: {"day": _DAY}, 4: {"day": ""}},
    ),
    Nasty(
        "office: town and village in columns of their own",
        xlsx(
            [
                ("编号", "乡镇", "行政村", "详细地址", "姓名", "日期", "反映问题"),
                ("X001", "某镇", "某村委会", "三组", "张三", _DAY, TEXT),
                ("X002", "某镇", "某村委会", "某镇某村三组", "李四", _DAY, OTHER_TEXT),
                ("X003", "某镇", "/", "", "王五", _DAY, _LONG),
            ]
        ),
        accepted=3,
        says={2: {"address": "某镇某村委会三组"}, 3: {"address": "某镇某村三组"}, 4: {"address": "某镇"}},
    ),
    Nasty(
        "office: a sheet for each village, which no column names",
        book({"某村": [_PLAIN[:3] + _PLAIN[4:], ("X001", "张三", _PHONES[0], _DAY, TEXT)]}),
        says={2: {"address": "某村"}},
    ),
    Nasty(
        "office: relief that people applied for",
        xlsx(
            [
                ("某镇临时救助申请台账",),
                ("编号", "申请人", "家庭住址", "申请时间", "申请理由", "救助金额（元）"),
                ("L001", "张三", "某镇某村", "2026.9.3", TEXT, 1000),
            ]
        ),
        says={3: {"name": "张三", "day": _DAY, "text": TEXT}},
    ),
    Nasty(
        "office: farmers who report themselves",
        xlsx(
            [
                ("编号", "乡镇", "行政村", "申报人", "联系电话", "申报日期", "申报困难情况", "核查结果"),
                ("S001", "某镇", "某村", "张三", _PHONES[0], _DAY, TEXT, "待核"),
            ]
        ),
        says={2: {"name": "张三", "phone": _PHONES[0], "day": _DAY, "text": TEXT, "address": "某镇某村"}},
    ),
    Nasty(
        "office: a column of remarks that holds nothing but phones",
        xlsx(
            [
                ("编号", "姓名", "日期", "备注", "反映问题"),
                *((f"X00{count}", "张三", _DAY, phone, f"{TEXT}{count}") for count, phone in enumerate(_PHONES)),
            ]
        ),
        accepted=3,
        warnings=[("台账", 1, "备注", reasons.guessed("联系电话", 80), "")],
        says={2: {"phone": _PHONES[0]}},
    ),
    Nasty(
        "office: the phone of a son among the remarks",
        xlsx([("编号", "姓名", "日期", "备注", "反映问题"), ("X001", "张三", _DAY, f"儿子电话{_PHONES[0]}", TEXT)]),
        says={2: {"phone": "", "备注": f"儿子电话{_PHONES[0]}"}},
    ),
    Nasty(
        "office: rows that were numbered in advance, and an answer in a row of its own",
        xlsx(
            [
                ("序号", *_PLAIN),
                ("1", *_row()),
                ("", "", "", "", "", "", "答复：已转民政办办理。"),
                ("2",),
            ]
        ),
        warnings=[("台账", 3, None, reasons.NOTE, "答复：已转民政办办理。"), ("台账", 4, None, reasons.COUNTED, "2")],
    ),
    Nasty(
        "office: a hotline that exports what its page showed",
        text_table(
            [
                ("工单编号", "诉求人", "来电时间", "诉求标题", "诉求内容", "诉求地点"),
                (
                    "G001",
                    "张三",
                    _DAY,
                    "求助",
                    "来电人反映：<br/>老人长期住院，&nbsp;药费负担不起。<p></p>",
                    "某镇某村",
                ),
                ("G002", "李四", _DAY, "求助", "家中收入<3万元 & 负担重。", "某镇某村"),
            ]
        ),
        accepted=2,
        says={
            2: {"text": "来电人反映：\n老人长期住院， 药费负担不起。", "address": "某镇某村", "channel": "hotline"},
            3: {"text": "家中收入<3万元 & 负担重。"},
        },
    ),
    Nasty(
        "office: characters copied from a PDF",
        text_table(
            [_PLAIN, ("X001", "⻩⽼三", _PHONES[0], "⼭⻄某村", _DAY, "⽼⼈住院，⼀⼾五⼝⽆⼒负担，请求帮扶。")]
        ),
        says={2: {"name": "黄老三", "address": "山西某村", "text": "老人住院，一户五口无力负担，请求帮扶。"}},
    ),
    Nasty(
        "office: the month in English letters first",
        text_table([_PLAIN, _row(day="Sep 3, 2026")]),
        says={2: {"day": _DAY}},
    ),
    Nasty(
        "office: a page to sign in, saved as the export",
        written("<html><body>用户名<input>密码<input>会话已超时, 请重新登录</body></html>", "台账.xls"),
        refused="里面没有表格, 多半是登录超时后下载的; 请重新登录, 再导出一次",
    ),
    Nasty(
        "office: calls written down one below the other",
        written(
            "\n\n".join(
                _RECORD.format(day, *told)
                for day, told in enumerate(zip(("张三", "李四"), _PHONES, (TEXT, OTHER_TEXT), strict=False), start=3)
            ),
            "来电记录.txt",
        ),
        accepted=2,
        warnings=[("", 1, None, reasons.several_letters(2), "来电记录")],
        says={
            1: {"name": "张三", "phone": _PHONES[0], "address": "某镇某村", "day": _DAY},
            2: {"name": "李四", "phone": _PHONES[1], "day": "2026-09-04"},
        },
    ),
    Nasty(
        "office: a phone in groups, below a greeting of an official",
        written(
            f"村主任您好：\n{TEXT}\n联系电话：138 0000 0000\n申请人（签字、按手印）：张三\n二〇二六年九月三日",
            "来信.txt",
        ),
        says={1: {"name": "张三", "phone": _PHONES[0], "day": _DAY}},
    ),
    Nasty(
        "office: a phone below the heading of the accused, behind a greeting",
        written(f"领导您好：\n{TEXT}\n被反映村主任\n电话：13800000000\n申请人：张三\n2026年9月3日", "来信.txt"),
        warnings=[("", 1, "电话", reasons.NUMBER_OF_ANOTHER, "138****0000")],
        says={1: {"name": "张三", "phone": ""}},
    ),
    Nasty(
        "office: an application with its title alone on a line",
        written(f"申请书\n某镇民政办：\n{_LONG}\n申请人：张三\n2026年9月3日", "申请.txt"),
        says={1: {"name": "张三"}},
    ),
]
