"""What thirty offices had on their disks: written with its receipt before the importers were looked at, then mended."""

import datetime

from tests.importers.nasty import reasons
from tests.importers.nasty.builders import (
    HEADER,
    OTHER_TEXT,
    TEXT,
    archive,
    document,
    json_lines,
    line,
    text_table,
    written,
    xlsx,
)
from tests.importers.nasty.cases import Nasty

_FIRST, _SECOND = "11010119800101001X", "110101198001010028"
_NO_DAY_32 = "日历上没有这一天, 请对照原件改正后重新提交: 2026.9.31"

CASES = [
    Nasty(
        "everyday: a list half of whose columns nobody knows is no form",
        xlsx(
            [
                (
                    "来信编号",
                    "收信日",
                    "写信人",
                    "写信人地址",
                    "信内主要问题",
                    "信封邮戳",
                    "领导阅批",
                    "承办单位",
                    "办结否",
                ),
                ("L-1", "2026-03-02", "贺改凤", "某镇某村", TEXT, "2026.2.27", "请民政阅处", "民政局", "否"),
                ("L-2", "2026-03-02", "匿名", "", OTHER_TEXT, "", "转水利", "水利局", "否"),
                ("L-3", "2026-03-05", "白狗蛋", "同上", "同上", "", "", "", ""),
                ("备注：1.邮戳不清者不填。2.办结否填是或否。",),
            ]
        ),
        accepted=3,
        warnings=[("台账", 5, None, reasons.NOTE, "备注：1.邮戳不清者不填。2.办结否填是或否。")],
        says={
            2: {"number": "L-1", "name": "贺改凤", "address": "某镇某村", "day": "2026-03-02", "text": TEXT},
            3: {"name": "", "text": OTHER_TEXT},
            4: {"name": "白狗蛋", "address": "", "text": OTHER_TEXT},
        },
    ),
    Nasty(
        "everyday: midnight at the end of a day, and a day that never was",
        xlsx(
            [
                ("编号", "姓名及人数", "接待时间", "概述"),
                ("J-1", "薛二平等4人", "2026.9.7 24:00", TEXT),
                ("J-2", "樊三女、刘虎等2人", "2026.9.31", OTHER_TEXT),
            ]
        ),
        rejected=[("台账", 3, "接待时间", _NO_DAY_32, "2026.9.31")],
        says={2: {"name": "薛二平", "day": "2026-09-08", "minute": "00:00"}},
    ),
    Nasty(
        "everyday: day and clock in two columns, two ID numbers in one cell",
        xlsx(
            [
                ("编号", "来电日期", "来电时刻", "来电人", "来电号码", "证件号码", "来电内容"),
                (
                    *("D-1", datetime.datetime(2026, 2, 3), datetime.time(8, 30), "温三三", "13800000000"),
                    *(f"{_FIRST}、{_SECOND}", TEXT),
                ),
                ("D-2", datetime.datetime(2026, 2, 4), "24:00", "温贵生", "13800000001", "", OTHER_TEXT),
            ]
        ),
        accepted=2,
        warnings=[
            ("台账", 2, "证件号码", reasons.TWO_IDS, "110101********001X、110101********0028"),
        ],
        says={
            2: {"day": "2026-02-03", "minute": "08:30", "id_number": _FIRST},
            3: {"day": "2026-02-05", "minute": "00:00"},
        },
    ),
    Nasty(
        "everyday: whose a column is stands before what it holds",
        xlsx(
            [
                ("件号", "投递日期", "投递人", "投递人证件号", "投递人手机", "投递人住址", "信访诉求"),
                ("W-1", "2026-09-05", "靳月娥", _FIRST, 13800000002, "某乡某村", TEXT),
            ]
        ),
        warnings=[("台账", 2, "投递人证件号", reasons.ID_CHECK, "110101********001X")],
        says={2: {"name": "靳月娥", "phone": "13800000002", "id_number": _FIRST, "address": "某乡某村"}},
    ),
    Nasty(
        "everyday: a matter and a day whose headers nobody knows are told by what stands below them",
        xlsx(
            [
                ("编号", "走进大厅日期", "来访人信息姓名", "来访人及手机", "纠纷（困难）概貌简况", "化解情况"),
                ("9-1", "2026.9.3", "茹存孩", "茹存孩 13800000012", "老人生病没钱", "已经约好下周一上门调解"),
                ("9-2", "2026.9.4", "茹俊", "茹俊 13800000013", OTHER_TEXT, ""),
            ]
        ),
        accepted=2,
        warnings=[
            ("台账", 1, "走进大厅日期", reasons.guessed("信访日期", 80), ""),
            ("台账", 1, "纠纷（困难）概貌简况", reasons.guessed("概况信息", 80), ""),
        ],
        says={
            2: {"name": "茹存孩", "day": "2026-09-03", "text": "老人生病没钱"},
            3: {"name": "茹俊", "text": OTHER_TEXT},
        },
    ),
    Nasty(
        "everyday: people beside what was done for them are no petitions",
        xlsx(
            [
                ("姓名", "联系电话", "走访日期", "帮扶情况"),
                ("张三", "13800000014", "2026-09-03", "送去米面油慰问"),
            ]
        ),
        refused="没有找到写反映内容的那一列",
    ),
    Nasty(
        "everyday: a note that announces what comes with it stands first in an archive",
        archive(
            {
                "a说明.txt": written("报送9月台账，请查收。", "a说明.txt"),
                "台账.csv": text_table([HEADER, line()]),
            }
        ),
        warnings=[("a说明.txt", 1, None, reasons.COVERING_NOTE, "报送9月台账，请查收。")],
    ),
    Nasty(
        "everyday: a space within a name",
        text_table(
            [
                ("流水号", "登记日期", "反映人", "反映人电话", "内容概述"),
                ("K-1", "2026-7-3", "欧阳 建国", "13800000003", TEXT),
                ("K-2", "2026-7-4", "高 憨憨", "13800000004", OTHER_TEXT),
                ("K-3", "2026-7-4", "张三 李四", "13800000005", "反映窑洞裂缝，下雨不敢住。"),
            ],
            delimiter=";",
        ),
        accepted=3,
        says={2: {"name": "欧阳建国"}, 3: {"name": "高憨憨"}, 4: {"name": "张三 李四"}},
    ),
    Nasty(
        "everyday: an object within a record says whose the phone is",
        json_lines(
            [{"工单编号": "G-1", "来电人": {"姓名": "侯引弟", "手机号码": "13800000006"}, "诉求描述": TEXT}],
        ),
        says={1: {"number": "G-1", "name": "侯引弟", "phone": "13800000006", "text": TEXT}},
    ),
    Nasty(
        "everyday: the number of a form stands above it",
        document(
            ["某县群众来访登记表", "编号：来访〔2026〕118号", "注：此表一式两份"],
            [
                [
                    ("姓名", "杜来平", "联系电话", "13800000007"),
                    ("信访时间", "2026年11月3日", "人数", "1"),
                    ("信访事项", TEXT, "", ""),
                ]
            ],
        ),
        says={1: {"number": "来访〔2026〕118号", "name": "杜来平", "day": "2026-11-03", "text": TEXT}},
    ),
    Nasty(
        "everyday: records numbered with 一 and 二",
        written(
            "某镇信访接待记录\n\n一、时间：2026年10月2日\n来访人：常润月  电话：13800000008\n"
            "反映：丈夫去年车祸去世，没有赔偿。\n\n"
            "二、时间：2026年10月6日\n来访人：常候则  电话：13800000009\n反映：残疾人两项补贴少发了三个月。\n",
            "接待记录.txt",
        ),
        accepted=2,
        warnings=[("", 1, None, reasons.several_letters(2), "接待记录")],
        says={1: {"name": "常润月", "day": "2026-10-02"}, 2: {"name": "常候则", "phone": "13800000009"}},
    ),
    Nasty(
        "everyday: several sign, the first of them is the contact",
        written(
            "某镇人民政府：\n我们是某自然村的七户村民，村里的水井干了，请求打一眼深井。\n"
            "申请人：冯丑旦、冯来锁等七户\n联系人：冯丑旦 电话：13800000010\n2026年5月16日\n",
            "申请.txt",
        ),
        says={1: {"name": "冯丑旦、冯来锁", "phone": "13800000010", "day": "2026-05-16"}},
    ),
    Nasty(
        "everyday: a signature with a fingerprint",
        written(f"某局领导：\n{TEXT}\n求助人：郝保保（手印）\n电话：13800000011\n2026年9月19日\n", "求助信.txt"),
        says={1: {"name": "郝保保", "phone": "13800000011"}},
    ),
]
