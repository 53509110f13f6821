"""PDF whose pages are shown sideways or have two columns."""

from collections.abc import Sequence

from tests.importers.formats.office_files import pdf, words
from tests.importers.nasty import reasons
from tests.importers.nasty.builders import raw
from tests.importers.nasty.cases import Build, Nasty

_LETTER = (
    "尊敬的领导：",
    "我家种了十五亩红枣，连阴雨下了二十多天，枣子全裂了，一斤也没有卖成。",
    "恳请救助。",
    "张三",
    "电话：13800000000",
    "2026年9月3日",
)
_SAID = "\n".join([_LETTER[0], "".join(_LETTER[1:3]), *_LETTER[3:]])
_LEFT = (
    "我家种了十五亩红枣，连阴雨下了二十多天，",
    "枣子全裂了，一斤也没有卖成。往年这些枣能",
    "卖一万五六，刨去农药人工还剩八九千块钱，",
    "孩子的学费和老人的药费全指望它。今年除了",
    "没有收入，还欠下农资店四千多块钱。红枣保",
)
_RIGHT = (
    "险去年交了，出险以后报了案，到现在没有消",
    "息。请求县里督促保险公司尽快理赔，另外请",
    "镇里核查一下我家的情况，能不能给孩子申请",
    "助学金。",
    "张三",
    "电话：13800000000",
    "2026年9月3日",
)
_SAYS = {"name": "张三", "phone": "13800000000", "day": "2026-09-03"}
_CELLS = ("X001", "张三", "13800000000", "2026-09-03", "家中老人长期住院药费负担不起请求帮扶")


def _sideways(lines: Sequence[str], across: tuple[int, int], first: tuple[int, int], step: tuple[int, int]) -> str:
    """Lines of characters that lie along `across`, one after the other by `step`."""
    right, up = across
    return "".join(
        f"BT /F1 12 Tf {right} {up} {-up} {right} {first[0] + place * step[0]} {first[1] + place * step[1]} Tm "
        f"<{line.encode('utf-16-be').hex()}> Tj ET\n"
        for place, line in enumerate(lines)
    )


def _page(content: str, *, turned: int = 0) -> Build:
    return raw(pdf([content], turned=turned), "来信.pdf")


def _down(lines: Sequence[str], left: int, top: int = 700, step: int = 20) -> str:
    return "".join(words(line, left, top - step * place) for place, line in enumerate(lines))


_ACROSS = "以上情况属实，" * 6
_TWO = words("红枣裂果求助信", 240, 760) + words("县信访局领导：", 40, 730)
_TITLED = words("红枣裂果求助信", 228, 760) + words("县信访局领导：", 40, 730)
_READ = "\n".join(["红枣裂果求助信", "县信访局领导：", "".join(_LEFT), "".join(_RIGHT[:4]), *_RIGHT[4:]])

CASES = [
    *(
        Nasty(f"pages: {name}", _page(content, turned=turned), says={1: {**_SAYS, "text": _SAID}})
        for name, content, turned in (
            ("shown a quarter to the right", _down(_LETTER, 40), 90),
            ("shown upside down", _down(_LETTER, 40), 180),
            ("printed along the long side", _sideways(_LETTER, (0, 1), (100, 100), (20, 0)), 0),
            ("printed along the long side and shown upright", _sideways(_LETTER, (0, 1), (100, 100), (20, 0)), 90),
        )
    ),
    *(
        Nasty(f"pages: two columns, {name}", _page(content), says={1: {**_SAYS, "text": _READ}})
        for name, content in (
            ("line beside line", _TWO + _down(_LEFT, 40) + _down(_RIGHT, 320)),
            ("a title that reaches into the strip", _TITLED + _down(_LEFT, 40) + _down(_RIGHT, 320)),
            ("the right one higher", _TWO + _down(_LEFT, 40) + _down(_RIGHT, 320, 706, 26)),
        )
    ),
    Nasty(
        "pages: two columns with a line across them",
        _page(
            _TWO
            + _down(_LEFT, 40)
            + _down(_RIGHT[:4], 320)
            + words("以上情况属实，" * 6, 40, 590)
            + _down(_LEFT, 40, 560)
            + _down([*_RIGHT[:3], *_RIGHT[4:]], 320, 560)
        ),
        warnings=[("", 1, None, reasons.COLUMNS, ""), ("", 1, "姓名", reasons.NO_NAME, "")],
    ),
    Nasty(
        "pages: a signature beside the text is no column",
        _page(_down(_LETTER[:3], 40) + _down(_LETTER[3:], 400, 620)),
        says={1: {**_SAYS, "text": _SAID}},
    ),
]
