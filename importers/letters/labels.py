"""What a letter names with a label: 来访人: …, 联系电话: …; never what stands behind somebody else's name."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from importers.letters.phones_beside_names import is_beside_another
from importers.letters.placed_names import without_place
from importers.letters.postscripts import is_anothers, signature_above, without_mark
from importers.letters.signatures import Signature, introduced_in, is_end, is_salutation, signed_by
from importers.letters.vocabulary import closed_up, field_of, petition_headers
from importers.rows.values import normal_text
from importers.values.dates import YEAR
from importers.values.identifiers import mobile_in
from importers.words.letter_words import is_name, is_spoken, letter_words
from importers.words.word_patterns import any_of

_MATTER = "summary"
_LABELLED = re.compile(
    r"(?:(?P<label>[\u4e00-\u9fff/]{2,10})\s*[:\uff1a]|[【\[](?P<framed>[\u4e00-\u9fff/]{2,10})[】\]][:\uff1a]?)"
    r"(?:[ \t\u3000]+(?![\u4e00-\u9fff/]{2,10}[:\uff1a]))?(?P<value>[^\s,\uff0c;\uff1b\u3002|]{1,60})"
    r"|(?P<bare>(?:联系|手机)?电话|手机号码|手机号|手机|联系方式)(?:号码)?[是为]?\s*"
    r"(?P<digits>(?:1\d{10}|0\d{2,3}-?\d{7,8}|1[3-9]\d[ \-]\d{4}[ \-]\d{4}|1[3-9]\d\d[ \-]\d{4}[ \-]\d{3})(?!\d))"
    r"|(?P<card>(?:居民)?身份证(?:号码|号)?|公民身份号码)[是为]?\s*(?P<of_card>\d{17}[\dXx](?!\d))"
)
_BEGINS = re.compile(
    r"\s*(?:[(\uff08]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*[.、)\uff09]\s*)?"
    r"(?:(?P<label>[\u4e00-\u9fff/]{2,10})\s*[:\uff1a]|[【\[](?P<framed>[\u4e00-\u9fff/]{2,10})[】\]])"
)
"""A label at the beginning of a line."""
_NAME_APART = re.compile(r"[\u4e00-\u9fff](?:[ \t\u3000]+[\u4e00-\u9fff]){1,3}(?![^\s,\uff0c;\uff1b\u3002|])")
"""A name written apart: 张 三."""
_READ = ("name", "phone", "id_number", "address", "occurred_on", "number", "purpose", "category")
_OF_A_PERSON = frozenset({"phone", "id_number", "address"})
_NUMBERS = frozenset({"phone", "id_number"})
_ANYBODY = frozenset({"姓名", "名字"})
"""Labels of a name that do not say whose it is."""
_OF_A_HOUSEHOLD = "户主"
"""How headers of a name begin in tables by household; in a letter he may be anybody."""
OFFICE_DAY = "received_on"
"""The field of the day on which an office took the letter in."""
_LONGEST_HEADING = 14
_LONGEST_UNKNOWN = 20
"""Characters behind a label that nobody knows; with more it begins a text."""
_GREETING = 3
"""Lines among which a letter greets: a title may stand before, and a line of the page above it."""
_LOOK_BACK = 1_000
"""Characters before a label among which the person that it belongs to is looked for."""
_MOST_LABELS = 400
"""More labels than this are no letter's; each costs a look back."""
_SPACED = re.compile(r"[+\uff0b]?\d[\d \t\u3000\-]{6,30}[\dXx]")
"""A number as people write it, in groups: 139 0000 0000, +86 139 0000 0000."""
_BRACKET = re.compile("[(\uff08]")
_IN_BRACKETS = re.compile("[(\uff08][^)\uff09]*[)\uff09]?")
_PHONE_BEHIND = re.compile(r"[ \t\u3000,\uff0c(\uff08]*(1\d{10}|0\d{2,3}-?\d{7,8})(?!\d)")
_LONGEST_BEHIND = 30
_WRITTEN_ON = re.compile(
    r"(?<![\u4e00-\u9fff])(?<!次[\s:\uff1a)\uff09])写信日期\s*[:\uff1a]"
    rf"\s*{YEAR}\s*[年./\-]\s*[\d一二三四五六七八九十]"
)
"""No day of an earlier letter: 第一次写信日期, (上次)写信日期."""
_YEAR = re.compile(rf"{YEAR}\s*[年./\-]")
_IN_GROUPS = re.compile(r"1\d+[ \-]")
_LANDLINE = re.compile(r"0\d{2,3}[\s\-\u2010-\u2015]?\d{7,8}")
_WORDS = re.compile("[\u4e00-\u9fff]")
_NOTHING_BETWEEN = re.compile(r"[\s、,\uff0c;\uff1b/]*(?:转\d{1,5}[\s、,\uff0c;\uff1b/]*)?")
"""Whoever is named there brings a phone of his own."""
_OF_A_MOBILE = re.compile("手机|移动电话")
_NAMES_APART = re.compile(r"[、,\uff0c\s]+")
_PLEA = re.compile(
    "(?:恳请|敬请|请求?|[希盼]望|望|盼|求)(?:各位|上级|有关|政府|[县市镇乡村])*(?:领导|书记|[县市镇乡局]长|主任|干部)(?:们|同志)?"
    "(?:能|给予|予以|帮忙|帮助|早日|尽快|及时|给个|[为给](?:我们?|民|百姓)?|[作做]主|说法|[答回]复|调查|核实|处理|解决|过问|关心|重视|批准|照顾|救助|一下)+"
)
"""A whole line that asks the leaders for help and names nobody else; it heads nothing."""
_SENTENCE = re.compile(r"[\u3002!\uff01?\uff1f\n]")
_PERSON_LABEL = re.compile("人$|姓名$|名字$")


@dataclass(frozen=True, slots=True)
class LabelledFields:
    """What the labels of a text say of its writer."""

    fields: dict[str, str]
    """Field to value, the first of each."""
    of_others: tuple[tuple[str, str], ...] = ()
    """Label and value of phones and ID numbers that stand behind somebody else."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact of a letter's writers."""

    name: str = ""
    phone: str = ""
    """What stands behind the name without a label of its own."""

    def is_of(self, names: str) -> bool:
        """True where the contact is one of the names, a place before it and a bracket behind it left aside."""
        parts = _NAMES_APART.split(_IN_BRACKETS.sub(" ", names))
        return bool(self.name) and any(part.endswith(self.name) for part in parts)


def labelled_fields(text: str, *, contact: bool = False) -> LabelledFields:
    """The fields that the text names with labels, those of other persons apart; with `contact` he is the writer."""
    text = closed_up(text)
    whole = text
    text, postscript, tail = without_mark(whole)
    signature = cache(lambda: signature_above(whole.split("\n")))

    def signer_of() -> str:
        return signature().name

    introduced = cache(lambda: introduced_in(whole))
    signer = signer_of() if tail else ""
    words = letter_words()
    office_days = words.office_days | (words.received_days if _WRITTEN_ON.search(text) else frozenset())
    found: dict[str, str] = {}
    of_others: list[tuple[str, str]] = []
    speaking: set[str] = set()
    for match in islice(_LABELLED.finditer(text), _MOST_LABELS):
        label = _label_of(match) or match["bare"] or match["card"]
        field = "name" if contact and _is_contact(label) else field_of(label)
        if label in words.call_days and _is_same_day(match["value"] or "", signature):
            field = "occurred_on"
        if field not in _READ or label.startswith(_OF_A_HOUSEHOLD):
            continue
        value = _without_bracket(match["value"] or match["digits"] or match["of_card"])
        if field == "name" and (label in speaking or is_spoken(value)):
            # Whoever speaks behind his label does so in every line of his.
            speaking.add(label)
            continue
        if field == "name" and match["value"] and (apart := _NAME_APART.match(text, match.start("value"))):
            value = "".join(apart[0].split())
        elif field == "name" and match["value"]:
            value = without_place(value, text[match.end() : match.end() + _LONGEST_BEHIND])
        if field in _NUMBERS and match["value"] and (spaced := _SPACED.match(text, match.start("value"))):
            value = spaced[0]
        of_a_person = (field in _OF_A_PERSON or label in _ANYBODY) and not _own().search(label)
        before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
        if field == "phone" and is_name(value) and (behind := _PHONE_BEHIND.match(text, match.end())):
            who, value = value, f"{value} {behind[1]}"
            # 网格员，联系电话：李四 139…: within a sentence it is not known to be the writer's.
            if not _begins_line(before) and who not in signer_of():
                of_others.append((label, value))
                continue
        is_below = field in _NUMBERS and match.start() >= postscript
        is_in_tail = tail and not _is_of_signer(before, signer)
        of_a_relative = is_below and is_anothers(before, tail=is_in_tail)
        is_anothers_phone = field == "phone" and is_beside_another(
            before, (signer_of(), introduced(), found.get("name", ""))
        )
        if (
            of_a_relative
            or (of_a_person and is_anothers_phone)
            or (of_a_person and _is_others(before, contact=contact, signer=signer_of))
        ):
            of_others += [(label, value)] if field in _NUMBERS else []
        elif _IN_GROUPS.match(match["digits"] or "") and not _is_at_signature(before, text[match.end() :]):
            continue
        elif label in office_days:
            found.setdefault(OFFICE_DAY, value)
        else:
            is_bare = field == "phone" and not _WORDS.search(match["value"] or "")
            if is_bare and _goes_before(found.get(field, ""), label, value, before):
                del found[field]
            found.setdefault(field, normal_text(field, value))
    return LabelledFields(found, tuple(of_others))


def _is_same_day(value: str, signature: Callable[[], Signature]) -> bool:
    """True for a day behind 通话时间 where the letter is not signed on another one: it may tell of an earlier call."""
    if _YEAR.match(value) is None:
        return False
    signed = signature().day
    return signed.startswith(value) or value.startswith(signed)


def _begins_line(before: str) -> bool:
    return not before.rpartition("\n")[2].strip()


def _goes_before(kept: str, label: str, value: str, before: str) -> bool:
    """True for a mobile number labelled as one in the line of the landline that is kept: as in tables it is called."""
    _, is_beside, between = before.rsplit("\n", 1)[-1].rpartition(kept or "\n")
    is_of_one = is_beside and _NOTHING_BETWEEN.fullmatch(between) and _LANDLINE.fullmatch(kept)
    return bool(is_of_one and _OF_A_MOBILE.search(label) and mobile_in(value))


def _is_at_signature(before: str, behind: str) -> bool:
    """True alone on a line and behind a label of a person; elsewhere a text tells of any number."""
    is_alone = not before.rsplit("\n", 1)[-1].strip() and not _WORDS.search(behind.partition("\n")[0])
    return is_alone or _is_of_signer(before, "")


def _is_of_signer(before: str, signer: str) -> bool:
    """True where the line up to here begins with a label of a person (住址：…) or names whoever signed."""
    line = before.rsplit("\n", 1)[-1]
    begun = _BEGINS.match(line)
    is_of_a_person = begun is not None and field_of(_label_of(begun)) in {"name", *_OF_A_PERSON}
    return is_of_a_person or bool(signer and signer in line)


def contact_in(text: str) -> Contact:
    """Who is named as the contact, with the phone right behind; empty where nobody is."""
    for found in islice(_LABELLED.finditer(text), _MOST_LABELS):
        if _is_contact(_label_of(found)):
            name, bracket, behind = _BRACKET.sub("(", found["value"], count=1).partition("(")
            phone = _PHONE_BEHIND.match(behind if bracket else text[found.end() : found.end() + _LONGEST_BEHIND])
            return Contact(normal_text("name", name), phone[1] if phone else "")
    return Contact()


def is_labelled(line: str) -> bool:
    """True for a line that begins with a label and says who, where or when, and no matter."""
    line = closed_up(line)
    begun = _BEGINS.match(line)
    if begun is None or _SENTENCE.search(line.strip()):
        return False
    field = field_of(_label_of(begun))
    return field != _MATTER and (field is not None or len(line[begun.end() :].strip()) <= _LONGEST_UNKNOWN)


def label_at(line: str) -> tuple[str, str]:
    """The label at the beginning of the line and what stands behind it; both "" without one."""
    begun = _BEGINS.match(line)
    return (_label_of(begun), line[begun.end() :].strip()) if begun is not None else ("", "")


def _without_bracket(value: str) -> str:
    """The value without the end of a bracket that began before its label."""
    return value if re.search("[(\uff08]", value) else value.rstrip(")\uff09")


def _label_of(match: re.Match[str]) -> str:
    """The label, before a colon or in brackets of its own: 来访人: … or 【来访人】…."""
    return match["label"] or match["framed"] or ""


def _is_contact(label: str) -> bool:
    return label in letter_words().contacts


def _is_others(before: str, *, contact: bool, signer: Callable[[], str]) -> bool:
    """True when the person named last in the same sentence, or else in the heading above, is not the writer.

    `signer` is who signs the letter.
    """
    *above, sentence = _SENTENCE.split(before)
    own, others = _last(_own(), sentence), _last(_others(), sentence)
    for place, is_own in _named(sentence, contact=contact):
        own, others = (max(own, place), others) if is_own else (own, max(others, place))
    if own == others:
        written = _without_salutation(above)
        if written and (_is_labelled_for_others(written[-1], signer) or _is_below_accused(written)):
            return True
        headings = (line for line in reversed(written) if _is_heading(line) or _names_writer(line))
        heading = next((line for line in headings if _own().search(line) or _others().search(line)), "")
        if _names_writer(heading) or _is_signed_below(before, heading, signer()):
            return False
        own, others = _last(_own(), heading), _last(_others(), heading)
    return others > own


def _is_signed_below(before: str, heading: str, signer: str) -> bool:
    """True below the signature where the heading above it is but the end of a sentence (请领导来看看)."""
    _, found, behind = before.rpartition(heading) if heading and signer else ("", "", "")
    if not found or not behind.startswith(tuple("\u3002!\uff01?\uff1f")):
        return False
    *above, line = behind.split("\n")
    written = [one for one in above[1:] if one.strip()]
    place = next((at for at, one in enumerate(written) if signed_by(one) == signer), None)
    return place is not None and not line.strip() and all(map(_may_follow_name, written[place + 1 :]))


def _may_follow_name(line: str) -> bool:
    """True for a day, a closing, or a phone, an address or an ID number; never for 户主：李四 or 住址：邻居李四家."""
    begun = _BEGINS.match(line)
    is_his = begun is not None and field_of(_label_of(begun)) in _OF_A_PERSON
    return is_end(line) or (is_his and _others().search(line) is None)


def _is_labelled_for_others(line: str, signer: Callable[[], str]) -> bool:
    """True for a line that names somebody else behind a label: 被反映人：某某, 委托代理人：某某, 村支书：某某."""
    begun = _BEGINS.match(line)
    if begun is None or not line[begun.end() :].strip():
        return False
    label = _label_of(begun)
    words = letter_words()
    if words.heading_of_accused.fullmatch(label) is not None or label.endswith(words.agents):
        return True
    return label.endswith(words.others) and bool(signer()) and signer() not in line


def _names_writer(line: str) -> bool:
    """True for a line that names the petitioner behind a label of his: what follows below it is his."""
    begun = _BEGINS.match(line)
    label = _label_of(begun) if begun is not None else ""
    return field_of(label) == "name" and label not in _ANYBODY and _own().search(label) is not None


def _is_below_accused(lines: Sequence[str]) -> bool:
    """True where the last line is a name below a heading of the accused."""
    heading = lines[-2].strip(" \t\u3000:\uff1a") if len(lines) > 1 else ""
    return letter_words().heading_of_accused.fullmatch(heading) is not None and bool(signed_by(lines[-1]))


def _without_salutation(lines: Sequence[str]) -> list[str]:
    """The lines behind the greeting: whoever is greeted heads nothing; 被反映干部: is no greeting."""
    written = [line for line in lines if line.strip()]
    greets = [is_salutation(line) and "被" not in line for line in written[:_GREETING]]
    return written[greets.index(True) + 1 :] if True in greets else written


def _is_heading(line: str) -> bool:
    """True for a short line that labels what follows below it: 被反映人情况:."""
    line = line.strip()
    is_text = _LABELLED.search(line) or re.search("[,\uff0c]", line) or _PLEA.fullmatch(line)
    return 0 < len(line) <= _LONGEST_HEADING and not is_text


def _last(words: re.Pattern[str], text: str) -> int:
    """Where the last of the words ends, -1 where there is none."""
    return max((found.end() for found in words.finditer(text)), default=-1)


@cache
def _own() -> re.Pattern[str]:
    return re.compile(f"(?<!被)(?:{any_of(letter_words().own)})")


@cache
def _others() -> re.Pattern[str]:
    return re.compile(any_of(letter_words().others))


def _named(sentence: str, *, contact: bool) -> Iterator[tuple[int, bool]]:
    """Where the sentence labels a person, and whether the label is one of petitioners."""
    for match in _LABELLED.finditer(sentence):
        label = _label_of(match)
        known = petition_headers().exact(label) if label else None
        if (known is not None and known.field == "name") or (contact and _is_contact(label)):
            yield match.end(), True
        elif label and (known is None or known.field is None) and _PERSON_LABEL.search(label):
            yield match.end(), False
