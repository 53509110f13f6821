"""The end of a letter: who signed it, with which phone, on which day; and who introduces himself within it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from importers.letters.vocabulary import field_of
from importers.values.dates import CHINESE_YEAR, YEAR
from importers.values.identifiers import mobile_in, without_mobiles
from importers.words.letter_words import is_name, letter_words, may_be_name

_END_LINES = 8
_LONGEST_SIGNATURE = 30
_LONGEST_END = 120
"""Characters of a line with all that may stand beside a name; a longer one is text, and costly to search."""
_DAY = re.compile(
    rf"(?:农历|阴历|旧历|夏历)?\s*(?<!\d)(?:\d{{4}}|\d{{2}}|{CHINESE_YEAR})\s*[年./\-]\s*"
    r"(?:农历|阴历|旧历|夏历)?\s*[\d一二三四五六七八九十正冬腊闰]{1,3}"
    r"(?:\s*[月./\-]\s*(?:[\d初一二三四五六七八九十廿卅]{1,4}\s*[日号]?)?)?(?!\d)"
    r"(?:\s*(?:[上下]午|晚上?|\d{1,2}[:\uff1a时点]\s*\d{0,2}分?|[(\uff08]?(?:星期|周).[)\uff09]?))*"
)
_WITHOUT_YEAR = re.compile(
    r"(?:[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年)?\s*(?:农历|阴历|旧历|夏历)?\s*(?<!\d)(?:\d{1,2}|[一二三四五六七八九十正冬腊闰]{1,3})"
    r"\s*月\s*(?:\d{1,2}|[初一二三四五六七八九十廿卅]{1,3})\s*[日号]?"
)
_BROKEN = (
    (re.compile(rf"{YEAR}\s*年"), _WITHOUT_YEAR),
    (
        re.compile(rf"{YEAR}\s*年\s*[\d一二三四五六七八九十]{{1,3}}\s*月"),
        re.compile(r"(?:\d{1,2}|[一二三四五六七八九十廿卅]{1,3})\s*[日号]"),
    ),
)
"""The two lines of a day that the end of a line breaks."""
_NO_DAY_BEFORE = re.compile(
    r"(?:自|从|于|在|到|至|因|被|出生[日年]?[期月]?|[收来]文[日时][期间])\s*[:\uff1a]?\s*$|[,\uff0c;\uff1b\u3002]"
)
_OF_A_NUMBER = re.compile(r"(?:(?:电话|热线|手机|号码)\s*[:\uff1a]?\s*|\d-)$")
"""Before digits with strokes or dots: they are a telephone's. 2026年9月3日 is a day behind any word."""
_GROUP = re.compile(
    r"(?!.*[甲乙丙]方).*(?:全体|全村|部分|广大|[村组社队区厂矿县乡镇])"
    r"(?:村民|群众|居民|业主|职工|住户|农户|工人|农民工|商户|家长|百姓)(?:们|代表)?(?:[(\uff08].{0,8}[)\uff09])?"
)
"""A line that ends so is a group that signs; 打伤村民 is none, and 乙方：某村村民 one of a contract."""
_SENTENCE = re.compile(r"[\u3002!\uff01?\uff1f]")
_CLAUSES = re.compile("[\u3002!\uff01?\uff1f;\uff1b,\uff0c]")
_TOLD = re.compile(
    r"^[\u4e00-\u9fff·]{2,4}\s*[,\uff0c、\s(\uff08]\s*(?:[男女](?![\u4e00-\u9fff])|现?年\s*\d{1,3}\s*[周多]?岁|\d{1,3}\s*周?岁|生于|(?:19|20)\d\d年.{0,6}生)"
)
"""Behind his label: a name with the sex or the age of who petitions."""
_ASKS_OR_LABELLED = re.compile("^[请望盼谢]|[:\uff1a]")
"""How a line begins that may follow a signature: a request, thanks; or it has a label."""
_BRACKETS = re.compile(r"[(\uff08][^)\uff09]*[)\uff09]")
_LONGEST_HEADING = 10
_EDGES = " \t\u3000:\uff1a,\uff0c\u3001"
_BETWEEN = re.compile("[、,\uff0c]")
_OF_A_PLACE = re.compile("..?家.|.家")
"""薛家垛 and 高家 may be villages, and a surname besides."""
_FEWEST = 2
"""Names behind a label of signers that are several persons; without a label all but the last may be places."""
_STROKES = re.compile(r"(?:[-\u2010-\u2015\u2500-\u257f_=*~#.\u2026\u00b7\uff0d\uff3f\uff1d\uff0a\uff5e]\s?){5,}")
_NUMBERS = re.compile(r"\d{15,18}[\dXx]?")


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed a letter, and when; empty where the letter does not say."""

    name: str = ""
    day: str = ""
    phone: str = ""


def signature_of(lines: Sequence[str], *, representatives: bool = True) -> Signature:
    """The name, the day and the phone below the text, from the last lines; nothing where they stand in sentences.

    Without `representatives` nobody signs behind 村民代表: and the like.
    """
    name = day = phone = below = ""
    end = [*_end_of(lines)]
    for line, above in zip_longest(end, end[1:], fillvalue=""):
        rest, written = _without_day(_of_group(line, above))
        day = day or written
        is_told = _is_about_accused(above) or _is_told_of(line, above, below)
        signed = "" if is_told else signed_by(rest, representatives=representatives)
        below = line
        alone = not without_mobiles(rest).strip(_EDGES)
        if signed or alone:
            phone = phone or mobile_in(rest)
        name = name or signed
        if name and day and phone:
            break
    return Signature(name, day, phone)


def _of_group(line: str, above: str) -> str:
    """村民代表：张三 for 代表：张三 right below 某村全体村民; elsewhere it may be anybody's, such as a firm's."""
    is_signature = line.startswith("代表") and not _SENTENCE.search(above)
    is_groups = is_signature and _GROUP.fullmatch(above.strip(_EDGES)) is not None
    return f"村民{line}" if is_groups else line


def _is_told_of(line: str, above: str, below: str) -> bool:
    """True for 困难户：张三 with a sentence below it or another such line beside it: the letter tells of him."""
    household = letter_words().household
    if household.match(line) is None:
        return False
    is_listed = any(household.match(beside) for beside in (above, below))
    return is_listed or (_CLAUSES.search(below) is not None and _ASKS_OR_LABELLED.search(below) is None)


def _is_about_accused(line: str) -> bool:
    """True for a line that is a heading of the accused and nothing else: 举报对象：, 肇事方; never 请严惩肇事者."""
    bare = line.strip(_EDGES)
    return len(bare) <= _LONGEST_HEADING and letter_words().heading_of_accused.fullmatch(bare) is not None


def day_above_salutation(lines: Sequence[str]) -> str:
    """The day that stands alone above the first salutation, as on a cover; "" without one."""
    head = [line for line in lines if line.strip()][: 2 * _END_LINES]
    greeted = next((place for place, line in enumerate(head) if is_salutation(line)), 0)
    days = (day for rest, day in map(_without_day, head[:greeted]) if day and not rest.strip(_EDGES))
    return next(days, "")


def day_without_year(lines: Sequence[str]) -> str:
    """9月20日 alone on one of the last lines, or beside who signs there; "" without one. Which year nobody can tell."""
    for line in _end_of(lines):
        found = _WITHOUT_YEAR.search(line)
        rest = "" if found is None else f"{line[: found.start()]} {line[found.end() :]}".strip(_EDGES + "\u3002")
        name = signed_by(rest)
        bare = letter_words().sign.sub("", without_mobiles(rest).strip(_EDGES))
        if found is not None and "".join(bare.strip(_EDGES).split()) in ("", name):
            return found[0].strip()
    return ""


def signed_by(line: str, *, representatives: bool = True) -> str:
    """The name that a line of the end consists of, beside a label, a place or a phone; "" for any other line."""
    if len(line) > _LONGEST_END:
        return ""
    words = letter_words()
    written = _NUMBERS.sub(" ", without_mobiles(line.strip(_EDGES)))
    if not representatives and words.representative.match(written) and "、" in signed_by(line):
        return ""
    bare = words.representative.sub("", written, count=1) if representatives else written
    after_label = words.sign.sub("", bare, count=1)
    parts = [_without_closing(part.strip(_EDGES)) for part in _BRACKETS.sub(" ", after_label).strip(_EDGES).split()]
    if parts and all(len(part) == 1 for part in parts):
        parts = ["".join(parts)]
    if several := _several(parts, written.removesuffix(after_label)):
        return several
    for part in reversed(parts):
        after_place = words.place.sub("", part)
        if is_name(part) or (after_place != part and is_name(after_place)):
            return part if is_name(part) else after_place
    # Behind a label a rare surname is believed too; 来访人：  联系电话： names nobody.
    names = (part for part in parts if may_be_name(part) and field_of(part) is None)
    return next(names, "") if after_label != bare else ""


def _several(parts: Sequence[str], label: str) -> str:
    """The names of all who sign on one line, "" where the parts of the line may be a place and one name."""
    words = letter_words()
    is_for_signers = any(word in label for word in words.signers)
    is_listed = is_for_signers or bool(words.representative.match(label))
    names = [name for part in parts for name in _BETWEEN.split(part)]
    # 方山 张三: a place that looks like a name stands before the signer.
    if not is_listed or len(names) < _FEWEST or (len(parts) > 1 and names[0] in words.towns):
        return ""
    return "、".join(names) if all(is_name(name) and not _OF_A_PLACE.fullmatch(name) for name in names) else ""


def introduced_in(text: str) -> str:
    """The name of a writer who says who he is: 我叫张三, 我是某村村民张三; "" where nobody does."""
    words = letter_words()
    for found in words.introduction.finditer(text):
        who = found["who"]
        after_place = words.place.sub("", who).removeprefix("的")
        named = "叫" in found[0][: -len(who)]
        if is_name(after_place) and (named or after_place != who):
            return after_place
        if is_name(who):
            return who
    return ""


def is_end(line: str) -> bool:
    """True for a line that only stands at the end of letters: a closing, a labelled signature, a day alone."""
    if len(line) > _LONGEST_END:
        return False
    bare = line.strip(_EDGES + "\u3002!\uff01")
    if "".join(bare.split()) in letter_words().closings:
        return bool(bare)
    if letter_words().sign.match(bare):
        return not _begins_text(line)
    rest, day = _without_day(bare)
    return bool(day) and (not rest.strip(_EDGES) or bool(signed_by(rest)))


def is_dated_line(line: str) -> bool:
    """True for a line that is a day and nothing else."""
    rest, day = _without_day(line.strip()) if len(line) <= _LONGEST_END else (line, "")
    return bool(day) and not rest.strip(_EDGES + "\u3002")


def tells_of_signer(line: str) -> bool:
    """True for a line that tells of who petitions more than his name: 申请人张三，男，1951年生，家住…."""
    sign = letter_words().sign.match(line.strip())
    return sign is not None and (_TOLD.search(line.strip()[sign.end() :]) is not None or _begins_text(line))


def _begins_text(line: str) -> bool:
    """True for a sentence that begins with such a word and no colon: 申请人因病致贫，特申请低保。."""
    bare = line.strip()
    sign = letter_words().sign.match(bare)
    if sign is None or sign[0].rstrip().endswith((":", "\uff1a")):
        return False
    rest = bare[sign.end() :]
    return bool(_CLAUSES.search(rest)) and (bool(_SENTENCE.search(rest)) or len(rest) > _LONGEST_SIGNATURE)


def is_strokes(line: str) -> bool:
    """True for a line of strokes, dots or stars and nothing else."""
    return _STROKES.fullmatch(line.strip()) is not None


def is_salutation(line: str) -> bool:
    """True for a line that letters begin with: 尊敬的领导:, 县长您好."""
    bare = line.strip()
    if not bare or letter_words().sign.match(bare):
        return False
    begins = bare.startswith(letter_words().salutations)
    greets = bare.rstrip(":\uff1a!\uff01,\uff0c").endswith(letter_words().no_names) and bare.endswith((":", "\uff1a"))
    return begins or greets


def _end_of(lines: Sequence[str]) -> Iterator[str]:
    """The last lines from below, up to a salutation or a long line; of the last one also what follows its sentences."""
    written = _with_whole_days([line.strip(_EDGES[:3]) for line in lines if line.strip(_EDGES[:3])])
    while written and is_strokes(written[-1]):
        written.pop()
    last = written[-_END_LINES:]
    for place, line in enumerate(reversed(last)):
        tail = _SENTENCE.split(line)[-1].strip() if place == 0 else ""
        if tail and tail != line and len(tail) <= _LONGEST_SIGNATURE:
            yield tail
        if len(line) > _LONGEST_SIGNATURE or is_salutation(line):
            return
        yield line


def is_broken_day(above: str, line: str) -> bool:
    """True for the two lines of one day: 二〇二六年, below it 九月十四日."""
    return any(first.fullmatch(above.strip()) and second.fullmatch(line.strip()) for first, second in _BROKEN)


def _with_whole_days(lines: Sequence[str]) -> list[str]:
    """The lines, those of one day joined: 二〇二六年, below it 九月十四日."""
    whole: list[str] = []
    for line in lines:
        if whole and is_broken_day(whole[-1], line):
            whole[-1] += line
        else:
            whole.append(line)
    return whole


def _without_day(line: str) -> tuple[str, str]:
    """The line without its day, and the day; a day within a sentence or of a birth is none of the letter's."""
    written = _DAY.search(line)
    if written is None:
        return line, ""
    before, after = line[: written.start()], line[written.end() :].strip(_EDGES + "\u3002")
    foreign = bool(after) and not (signed_by(after) or mobile_in(after) or after.startswith("于"))
    is_number = "年" not in written[0] and _OF_A_NUMBER.search(before) is not None
    if foreign or is_number or _NO_DAY_BEFORE.search(before):
        return line, ""
    return f"{before} {after}", written[0].strip()


def _without_closing(part: str) -> str:
    """张三 for 张三敬上."""
    ending = next((word for word in letter_words().closings if len(part) > len(word) and part.endswith(word)), "")
    return part.removesuffix(ending)
