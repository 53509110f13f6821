"""Purposes and categories as forms print them, every option with a box, and as typists tick them."""

from importers.values.ticked_options import NONE_TICKED, TICK_LOST, UNCLEAR
from tests.importers.nasty.builders import HEADER, TEXT, document, json_lines, line, text_table, written, xlsx
from tests.importers.nasty.cases import Nasty

_ALL = "□申诉　☑求决　□意见建议　□检举控告"
_FORM = [("来访人姓名", "张三", "联系电话", "13800000000"), ("来访时间", "2026年9月3日", "性别", "√女　□男")]
_NONE = "□申诉 □求决 □意见建议 □检举控告（请在□内打√）"

CASES = [
    Nasty(
        "a form whose purposes all stand there with one ticked",
        document([], [[*_FORM, ("信访目的", _ALL, "内容分类", "□农村农业 ☑民政 □其他"), ("反映的问题", TEXT, "", "")]]),
        says={1: {"purpose": "求决", "category": "民政", "name": "张三"}},
    ),
    Nasty(
        "a form whose accusation is ticked",
        document([], [[*_FORM, ("信访目的", "□申诉 □求决 □意见建议 ☑检举控告", "", ""), ("反映的问题", TEXT, "", "")]]),
        says={1: {"purpose": "检举控告"}},
    ),
    Nasty(
        "a register that copies the boxes of its forms",
        text_table(
            [
                HEADER,
                line("X1", purpose=_ALL),
                line("X2", purpose="□申诉□求决√意见建议☑检举控告"),
                line("X3", purpose="（ ）申诉（√）求决（ ）检举控告"),
                line("X4", purpose="□申诉 □求决 □检举控告√"),
                line("X5", purpose="申诉□ 检举控告☑ 求决□"),
            ]
        ),
        accepted=5,
        says={
            2: {"purpose": "求决"},
            3: {"purpose": "意见建议、检举控告"},
            4: {"purpose": "求决"},
            5: {"purpose": "检举控告"},
            6: {"purpose": "检举控告"},
        },
    ),
    Nasty(
        "purposes of which none is ticked, or nobody can tell which",
        xlsx([HEADER, line("X1", purpose=_NONE), line("X2", purpose="□申诉 √ □检举控告"), line("X3", purpose="求决")]),
        accepted=3,
        warnings=(
            ("台账", 2, "信访目的", NONE_TICKED, _NONE),
            ("台账", 3, "信访目的", UNCLEAR, "□申诉 √ □检举控告"),
        ),
        says={2: {"purpose": "", "信访目的": _NONE}, 3: {"purpose": "□申诉 √ □检举控告"}, 4: {"purpose": "求决"}},
    ),
    Nasty(
        "purposes of which a program lost the tick",
        xlsx([HEADER, line(purpose="□申诉 求决 □意见建议 □检举控告")]),
        warnings=(("台账", 2, "信访目的", TICK_LOST, "□申诉 求决 □意见建议 □检举控告"),),
        says={2: {"purpose": "求决"}},
    ),
    Nasty(
        "a letter with the purposes of a form above it",
        written(f"信访目的：{_ALL}\n来信人：张三\n联系电话：13800000000\n{TEXT}\n张三\n2026年9月3日\n", "来信.txt"),
        says={1: {"purpose": "求决", "name": "张三"}},
    ),
    Nasty(
        "a letter with the purposes on several lines",
        written(
            "来信人：张三\n联系电话：13800000000\n信访目的：□申诉　□求决\n　　　　　□意见建议\n　　　　　☑检举控告\n"
            f"{TEXT}\n张三\n2026年9月3日\n",
            "来信.txt",
        ),
        says={1: {"purpose": "检举控告", "name": "张三"}},
    ),
    Nasty(
        "texts as objects with the boxes of a form",
        json_lines(
            [
                {"id": "1", "text": TEXT, "purpose": _ALL, "received_on": "2026-09-03"},
                {"id": "2", "text": TEXT, "purpose": "□求决 □检举控告", "received_on": "2026-09-03"},
            ]
        ),
        accepted=2,
        warnings=(("", 2, "purpose", NONE_TICKED, "□求决 □检举控告"),),
        says={1: {"purpose": "求决"}, 2: {"purpose": ""}},
    ),
]
