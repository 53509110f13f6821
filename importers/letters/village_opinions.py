"""What a village committee adds below an application, not its writer: 村委会意见：情况属实, a day, a stamp."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from importers.letters.postscripts import signature_above
from importers.values.dates import YEAR, DateProblem, read_date

_MOST_LINES = 8
"""Written lines of such an opinion; more of them are a text of their own."""
_LONGEST_LINE = 60
_COMMITTEE = r"[\u4e00-\u9fff]{0,14}(?:村|居|社区)(?:民委员会|民委会|委员会|委会)"
_STAMP = r"\s*(?:[(\uff08]?\s*(?:盖?公?章|印章?|签章)\s*[)\uff09]?)?"
_HEADED = re.compile(
    rf"\s*【?(?:{_COMMITTEE}|[村居]委|村[“\"]?两委[”\"]?|村党?支部|村民小组)(?:审核|审查|核实|调查)?(?:意见|证明)"
    r"\s*(?:[:\uff1a】]|$)"
)
_HEADED_ABOVE = re.compile(
    r"\s*(?:乡镇|[\u4e00-\u9fff]{0,6}[乡镇]|街道)(?:人民政府|政府|办事处)?(?:审核|审批)?意见\s*[:\uff1a]"
)
_TRUE = re.compile(
    r"\s*(?:经(?:我?村|村委会)?(?:核实|调查|了解)[,\uff0c]?|兹?证明)?(?:以上|上述|所述|该户|反映)*情况(?:均|全部|完全)?属实"
)
_AGREES = re.compile("属实|同意|上报|符合")
_ALONE = re.compile(rf"\s*(?:{_COMMITTEE})?{_STAMP}\s*")
_DATED = (
    rf"(?P<day>{YEAR}\s*[年./\-]\s*[\d一二三四五六七八九十]{{1,3}}\s*[月./\-]"
    rf"\s*[\d一二三四五六七八九十廿卅]{{1,3}}\s*日?){_STAMP}\s*"
)
_SIGNED = re.compile(rf"(?:^|[\s\u3002(\uff08]){_COMMITTEE}{_STAMP}(?:{_DATED})?$")
"""A committee that ends a line; within one the writer may only name it: 村委会可以证明, 已报村委会."""
_DAY, _ENDS_WITH_DAY = re.compile(rf"\s*{_DATED}"), re.compile(rf"{_DATED}$")
_OFFICIAL = re.compile(r"\s*(?:村|社区|党|支部)*(?:第一书记|书记|支书|主任|村长|会计|负责人|经办人|包村干部|驻村干部)")
_DENIES = re.compile("[不未没]予?(?:同意|属实|符合|上报)")
_WRITERS = re.compile("我(?!村|居委|社区|委)|本人|俺|咱|不服|申请人|反映人|信访人|来访人|写信人")
_ASKS = re.compile("[请要]求|恳请|希望|盼")
_LONGEST_BETWEEN = timedelta(days=180)
"""Between the application and the committee's day; with more of it the day below may be that of a new letter."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """The letter above a committee's opinion, and the day of that; "" without one."""

    own: Sequence[str]
    day: str


def opinion_below(lines: Sequence[str], name: str) -> Opinion | None:
    """The opinion at the end of an application that is signed and dated above it; None where it may be the writer's.

    `name` is whom a label names. Every line of it is the committee's: its words, an official, its stamp or its day.
    """
    start = next((at for at, line in enumerate(lines) if at and (_HEADED.match(line) or _TRUE.match(line))), None)
    block = [] if start is None else [line for line in lines[start:] if line.strip()]
    if not block or len(block) > _MOST_LINES or not all(map(_is_committees, block)) or not _says_so(block):
        return None
    own = lines[:start]
    signed = signature_above(own)
    writer = name or signed.name
    day = next((found["day"].strip() for line in block if (found := _ENDS_WITH_DAY.search(line))), "")
    if (
        not (writer and signed.day)
        or any(writer in line for line in block if not _HEADED.match(line))
        or not _is_soon(signed.day, day)
    ):
        return None
    return Opinion(own, day)


def _is_committees(line: str) -> bool:
    """True for a line of nobody else: its words, an official behind his title, the stamp or a day."""
    if len(line) > _LONGEST_LINE or _WRITERS.search(line) or _DENIES.search(line):
        return False
    if any(pattern.match(line) for pattern in (_HEADED, _HEADED_ABOVE, _OFFICIAL)):
        return True
    is_whole = _ALONE.fullmatch(line) or _DAY.fullmatch(line)
    return bool(is_whole or (_AGREES.search(line) and not _ASKS.search(line)))


def _says_so(block: Sequence[str]) -> bool:
    """True where a committee says that it is true, or agrees."""
    is_named = bool(_HEADED.match(block[0])) or any(map(_SIGNED.search, block))
    return is_named and any(map(_AGREES.search, block))


def _is_soon(own: str, day: str) -> bool:
    """True where the committee's day, if it names one, follows the writer's within half a year."""
    written, below = _moment(own), _moment(day)
    return written is not None and (below is None or timedelta() <= below - written <= _LONGEST_BETWEEN)


def _moment(day: str) -> datetime | None:
    try:
        return read_date(day).moment
    except DateProblem:
        return None
