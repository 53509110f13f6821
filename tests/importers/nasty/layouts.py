"""The layouts of the systems that offices export from, and what they keep by hand."""

from importers.headers.register_layouts import IS_REGISTER
from tests.importers.nasty import reasons
from tests.importers.nasty.builders import HEADER, OTHER_TEXT, TEXT, book, line, text_table, xlsx
from tests.importers.nasty.cases import Nasty

_NATIONAL = (
    *(
        "序号",
        "信访件编号",
        "信访人",
        "联系电话",
        "问题属地",
        "信访日期",
        "登记日期",
        "信访形式",
        "信访目的",
        "办理类型",
    ),
    *(
        "处理状态",
        "事情发生地",
        "信访原因",
        "涉及人数",
        "初件/重件",
        "积案",
        "涉法涉诉",
        "投诉内容",
        "备注",
        "住址",
        "性别",
        "民族",
        "年龄",
    ),
)
_NATIONAL_ROW = (
    *("1", "XF1", "张三", "13800000000", "某县某镇", "2026-09-03", "2026-09-04", "走访", "求决", "交办"),
    *("处理中", "某镇某村", "民政", "1", "初件", "否", "否", TEXT, "", "某镇某村", "男", "汉族", "61"),
)
_NUMBERED = (
    *("序号", "省信访件编号", "市受理编号", "区县受理编号", "反映日期", "姓名", "来电号码", "联系电话", "发生地"),
    *("反映内容", "内容分类", "紧急程度", "处理人", "上导区县"),
)
_LETTERS = ("来文号", "转/交来时间", "来信形式", "受信人", "收信日期", "信访事项", "受理形式", "办理期限", "完成日期")
_HOTLINE = (
    "工单编号",
    "来电时间",
    "来电人",
    "联系电话",
    "诉求标题",
    "诉求内容",
    "问题点位",
    "承办单位",
    "办理时限",
    "办结时间",
    "是否满意",
)
_BOARD = (
    "留言ID",
    "留言标题",
    "留言内容",
    "留言时间",
    "留言类别",
    "办理状态",
    "留言对象",
    "昵称",
    "回复内容",
    "回复时间",
    "回复单位",
)
_PAPER = (
    "来访人姓名",
    "性别",
    "年龄",
    "联系方式",
    "住址",
    "来访时间",
    "事由",
    "接待人",
    "处理意见",
    "后续安排",
    "备注",
)

CASES = [
    Nasty(
        "layout: list of the national petition system",
        xlsx([_NATIONAL, _NATIONAL_ROW]),
        says={
            2: {
                "number": "XF1",
                "name": "张三",
                "phone": "13800000000",
                "address": "某镇某村",
                "day": "2026-09-03",
                "text": TEXT,
                "问题属地": "某县某镇",
                "涉及人数": "1",
            }
        },
    ),
    Nasty(
        "layout: export numbered by province, city and county",
        text_table(
            [
                _NUMBERED,
                (
                    "1",
                    "S1",
                    "T1",
                    "Q1",
                    "2026.9.3",
                    "张三",
                    "03580000000",
                    "13800000000",
                    "某村",
                    TEXT,
                    "民政",
                    "一般",
                    "某甲",
                    "",
                ),
                (
                    "2",
                    "",
                    "T2",
                    "Q2",
                    "2026.9.3",
                    "李四",
                    "13900000000",
                    "",
                    "某村",
                    OTHER_TEXT,
                    "水利",
                    "一般",
                    "某甲",
                    "",
                ),
            ]
        ),
        accepted=2,
        says={2: {"number": "S1", "phone": "13800000000"}, 3: {"number": "T2", "phone": "13900000000"}},
    ),
    Nasty(
        "layout: register of letters",
        xlsx([_LETTERS, ("L1", "2026.9.6", "平信", "某书记", "2026.9.3", TEXT, "转送", "2026.12.3", "")]),
        warnings=[("台账", 1, None, reasons.NOBODY, "")],
        says={2: {"number": "L1", "day": "2026-09-03", "text": TEXT, "转/交来时间": "2026.9.6", "name": ""}},
    ),
    Nasty(
        "layout: tickets of 12345",
        text_table(
            [
                _HOTLINE,
                (
                    "H1",
                    "2026-09-03 10:21:00",
                    "张三",
                    "13800000000",
                    "停水",
                    OTHER_TEXT,
                    "某村",
                    "水利局",
                    "",
                    "",
                    "否",
                ),
            ]
        ),
        says={2: {"channel": "hotline", "number": "H1", "minute": "10:21", "title": "停水", "address": "某村"}},
    ),
    Nasty(
        "layout: leaders' message board",
        xlsx(
            [
                _BOARD,
                (
                    "9001",
                    "求助",
                    TEXT,
                    "2026-09-03",
                    "民生",
                    "已办理",
                    "某书记",
                    "某网友",
                    "已转办。",
                    "2026-09-05",
                    "某县",
                ),
            ]
        ),
        says={
            2: {
                "number": "9001",
                "source": "message_board",
                "title": "求助",
                "text": f"【留言】\n{TEXT}\n【答复】某县 2026-09-05\n已转办。",
                "昵称": "",
            }
        },
    ),
    Nasty(
        "layout: a board whose text is headed 正文",
        text_table([("留言ID", "标题", "时间", "正文"), ("9001", "求助", "2026-09-03 08:00", TEXT)]),
        says={2: {"number": "9001", "source": "message_board", "title": "求助", "text": f"【留言】\n{TEXT}"}},
    ),
    Nasty(
        "layout: a register with a title and a text is no board",
        text_table([("编号", "姓名", "标题", "时间", "内容"), ("9001", "张三", "求助", "2026-09-03", TEXT)]),
        says={2: {"number": "9001", "source": "petition_register", "title": "求助"}},
    ),
    Nasty(
        "layout: tickets headed as registers are",
        text_table(
            [
                ("热线编号", "来电人", "联系方式", "日期", "问题描述"),
                ("X001", "张三", "13800000000", "2026-09-03", TEXT),
            ]
        ),
        says={2: {"number": "X001", "source": "hotline_12345", "name": "张三", "day": "2026-09-03"}},
    ),
    Nasty(
        "layout: a household register among petitions",
        book({"信访": [HEADER, line()], "户籍": [("户编号", "姓名", "与户主关系"), ("1001", "张三", "户主")]}),
        rejected=[("户籍", 1, None, IS_REGISTER, "户编号、姓名、与户主关系")],
    ),
    Nasty(
        "layout: the paper sheet of visits",
        xlsx(
            [
                ("来访登记",),
                _PAPER,
                ("张三", "男", "61", "13800000000", "某村", "二〇二六年九月三日", TEXT, "某甲", "转办", "", ""),
            ]
        ),
        warnings=[("台账", 2, None, reasons.NO_NUMBER_COLUMN, "")],
        says={3: {"name": "张三", "phone": "13800000000", "day": "2026-09-03", "text": TEXT}},
    ),
    Nasty(
        "layout: days of arrival and of entry, the first is the petition's",
        text_table([("编号", "登记日期", "信访日期", "内容"), ("X001", "2026-09-09", "2026-09-03", TEXT)]),
        warnings=[("", 1, None, reasons.NOBODY, "")],
        says={2: {"day": "2026-09-03"}},
    ),
    Nasty(
        "layout: the day of entry where the day of arrival is empty",
        text_table([("编号", "登记日期", "信访日期", "内容"), ("X001", "2026-09-09", "", TEXT)]),
        warnings=[("", 1, None, reasons.NOBODY, "")],
        says={2: {"day": "2026-09-09"}},
    ),
]
