"""Tables of petitions whose headers bear hints, whose persons are numbered, and whose rows belong together."""

from tests.importers.nasty.builders import OTHER_TEXT, xlsx
from tests.importers.nasty.cases import Nasty

_PHONE = "13900000001"
_DAY = "2026-06-01"
_HINTED = (
    *("序号", "信访编号", "信访日期\n（年/月/日）", "信访人\n姓名", "年龄\n（岁）", "联系\n电话\n（手机）"),
    *("住 址\n（到组）", "涉及人数\n（人）", "反映内容\n（200字以内）", "办理时限\n（天）"),
)
_IN_LINES = "反映：\n一、工伤赔偿未兑现；\n二、老板失联。"
_IN_LINES_TOO = "诉求：\n一、恢复低保；\n二、公开名单。"


def _hinted(place: int, text: str) -> tuple[object, ...]:
    return (place, f"信26-{place}", f"2026-06-0{place}", "张三", 61, _PHONE, "某村三组", 1, text, 60)


CASES = [
    Nasty(
        "header: units and hints in brackets above a matter that begins with a label",
        xlsx([_HINTED, _hinted(1, _IN_LINES), _hinted(2, OTHER_TEXT), _hinted(3, _IN_LINES_TOO)]),
        accepted=3,
        says={
            2: {"number": "信26-1", "name": "张三", "phone": _PHONE, "day": _DAY, "text": _IN_LINES},
            3: {"text": OTHER_TEXT},
            4: {"text": _IN_LINES_TOO},
        },
    ),
]
