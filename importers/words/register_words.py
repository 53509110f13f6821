"""The reviewed words of household registers: relations, answers, categories, risks, the causes of 2018."""

import re
import unicodedata
from functools import cache, cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from domain.register.household import Relation, Sex
from domain.words.lexicon_file import read_lexicon
from domain.words.vocabulary import MonitoringCategory
from importers.words.letter_words import is_name

_WORDS = Path(__file__).parent / "register_words.yml"
_CODE = "0123456789-.、: "
"""What may stand before a relation: 01本人或户主."""
_OF_THE_HEAD = re.compile(r"^(?:是|与)?户主(?:之|的)?(?=.)")
_AS_PICTURE = "\ufe0f"
"""What programs of phones write behind a sign: ✔️."""
_BESIDE_WORD = re.compile(r"[、,;:/\s(\[\-\uff0c\uff1b\uff1a\uff08\u2014]")
_BETWEEN = re.compile(r"[、,;/\s|+]+")
_NUMBER = re.compile(r"\d{6}|^[\d\W]+$")
_OTHER_RISK = "99"
_LONGEST_RELATION = 4
_NUMBERED = re.compile(r"^\d{1,2}[.:\-]?(?=[^\d\W])")
"""A code before its own word: 1.因病, 01因病."""
_YEAR = re.compile(r"20\d{2}(?!\d)")
_INSIDE = re.compile(r"\(([^()]*)\)")


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))


class _Holds(_Model):
    relation: Relation
    words: tuple[str, ...]


class _Relations(_Model):
    exact: dict[Relation, tuple[str, ...]]
    holds: tuple[_Holds, ...]


class _Cause(_Model):
    code: str
    words: tuple[str, ...]
    risk: str


class _ListsOfLeft(_Model):
    persons: tuple[str, ...]
    households: tuple[str, ...]
    households_left: tuple[str, ...]
    households_surely: tuple[str, ...]
    done: tuple[str, ...]
    kinds: tuple[str, ...]
    neutral: tuple[str, ...]
    dead: tuple[str, ...]
    doubtful: tuple[str, ...]
    beside_others: tuple[str, ...]
    of_family: tuple[str, ...]
    speaking: tuple[str, ...]
    of_something_else: tuple[str, ...]
    moved: tuple[str, ...]


class RegisterWords(_Model):
    """What `register_words.yml` says."""

    relations: _Relations
    sexes: dict[Sex, frozenset[str]]
    yes: frozenset[str]
    no: frozenset[str]
    categories: dict[MonitoringCategory, frozenset[str]]
    no_category: frozenset[str]
    risks: dict[str, tuple[str, ...]]
    no_risk: frozenset[str]
    risk_columns: tuple[str, ...]
    risk_groups: frozenset[str]
    category_headers: frozenset[str]
    risk_headers: frozenset[str]
    ticks: frozenset[str]
    tick_marks: frozenset[str]
    empty_boxes: frozenset[str]
    causes_2018: tuple[_Cause, ...]
    not_names: frozenset[str]
    person_labels: tuple[str, ...]
    left: tuple[str, ...]
    not_himself: tuple[str, ...]
    gone: frozenset[str]
    fewer: frozenset[str]
    fewer_reasons: tuple[str, ...]
    undone: tuple[str, ...]
    lists_of_left: _ListsOfLeft
    back: tuple[str, ...]
    days_of_monitoring: dict[str, frozenset[str]]
    member_columns: frozenset[str]
    member_hints: frozenset[str]
    nobody: frozenset[str]
    health: tuple[str, ...]
    student: tuple[str, ...]
    no_student: tuple[str, ...]
    village_endings: tuple[str, ...]
    no_village: tuple[str, ...]
    other_villages: tuple[str, ...]
    same_village: tuple[str, ...]
    helpers: tuple[str, ...]
    household_helpers: tuple[str, ...]
    helper_endings: tuple[str, ...]
    wishes: tuple[str, ...]
    no_helpers: tuple[str, ...]
    households_own: tuple[str, ...]
    other_phones: tuple[str, ...]
    own_phones: tuple[str, ...]
    contacts: tuple[str, ...]
    times: tuple[str, ...]
    times_behind: tuple[str, ...]
    no_work_places: frozenset[str]
    family_phones: tuple[str, ...]
    no_monitoring: tuple[str, ...]
    outsiders: tuple[str, ...]
    provinces: tuple[str, ...]
    head_groups: frozenset[str]
    family_groups: tuple[str, ...]
    no_family_groups: tuple[str, ...]
    village_labels: frozenset[str]
    community_columns: frozenset[str]
    type_columns: frozenset[str]
    applicants: frozenset[str]
    to_applicant: frozenset[str]

    def relation(self, text: str) -> Relation | None:
        """The relation to the head; None when the wording is unknown."""
        word = _plain(text).lstrip(_CODE)
        for relation, words in self.relations.exact.items():
            if word in words:
                return relation
        rest = _OF_THE_HEAD.sub("", word)
        return next((one.relation for one in self.relations.holds if any(part in rest for part in one.words)), None)

    def is_members_relation(self, text: str) -> bool:
        """True for a relation and nothing else that only one of the family has: 3之子; not for 女, 户主 or 其他."""
        word = _plain(text).lstrip(_CODE)
        is_known = word in self.not_names or _OF_THE_HEAD.sub("", word) in self.not_names
        nobodys = (None, Relation.HEAD, Relation.OTHER)
        return is_known and self.sex(word) is Sex.UNKNOWN and self.relation(word) not in nobodys

    def relation_before(self, text: str) -> tuple[str, str]:
        """The relation before a name with nothing between, and the name: 长子王某; else "" and the text."""
        for length in range(min(len(text) - 2, _LONGEST_RELATION), 0, -1):
            relation, name = text[:length], text[length:]
            if relation in self.not_names and self.relation(relation) is not None and is_name(name):
                return relation, name
        return "", text

    def is_no_name(self, text: str) -> bool:
        """True for a text that nobody is called: a relation, a sex, a number."""
        word = _plain(text)
        is_listed = word in self.not_names or _OF_THE_HEAD.sub("", word) in self.not_names
        return is_listed or self.is_nobody(word) or _NUMBER.search(word) is not None

    def left_himself(self, text: str) -> str:
        """The same where the remark is about him behind whose name it stands: 在家病故; not 妻已故, not 未迁出."""
        found = self.left_in(text)
        before = text[: text.find(found)]
        return "" if any(mark in before for mark in self.not_himself) else found

    def may_list_who_left(self, sheet: str) -> bool:
        """True for a name in which any word tells of who is in no household any more: 疑似死亡人员, 监测减少."""
        return any(word in sheet for word in (*self.left, *self.gone, *self.fewer))

    def left_in(self, text: str) -> str:
        """The word of a remark by which somebody has died or moved away; empty where there is none."""
        return next((word for word in self.left if word in text), "")

    def is_gone(self, text: str) -> bool:
        """True for a kind of change, or its reason, by which somebody is there no more: 减少, 死亡, 减少(死亡)."""
        word = _BESIDE_WORD.split(text, maxsplit=1)[0].strip()
        return word in self.gone or word in self.fewer or word in self.left

    def is_fewer(self, text: str) -> bool:
        """True for a kind of change that is one of persons or of what their household was taken in for: 减少."""
        return text in self.fewer

    def is_reason_of_fewer(self, text: str) -> bool:
        """True for the reason of a change by which nobody has gone: 风险消除."""
        return any(word in text for word in self.fewer_reasons)

    def is_undone(self, text: str) -> bool:
        """True for a change that does not hold any more, or for several to choose from: 减少/增加."""
        return any(word in text for word in self.undone)

    def is_back(self, text: str) -> bool:
        """True for words that tell that a household was taken in again after its risk had gone."""
        return any(word in text for word in self.back)

    def day_of_monitoring(self, header: str) -> str | None:
        """The field of a day that is one of monitoring where its column stands right behind the category or risk."""
        return next((field for field, words in self.days_of_monitoring.items() if header in words), None)

    def is_time(self, text: str) -> bool:
        """True for what below a header tells a time apart from others: 2026年, 变更前, 上年."""
        plain = _plain(text)
        return bool(_YEAR.match(plain)) or plain.startswith(self.times) or plain.endswith(self.times_behind)

    def is_no_work_place(self, text: str) -> bool:
        """True for what says below 务工地点 that somebody works nowhere: 无, 已返乡."""
        return _plain(text) in self.no_work_places

    def is_nobody(self, text: str) -> bool:
        """True for what stands where a household has no members beside its head."""
        return _plain(text) in self.nobody

    def is_helper(self, label: str) -> bool:
        """True for a label beside which stands who helps the household."""
        return any(word in label for word in self.helpers) and not any(word in label for word in self.no_helpers)

    def is_households_helper(self, label: str) -> bool:
        """True for a label of a helper who can only be the household's, whatever form it stands in."""
        is_wish = any(word in label for word in self.wishes)
        is_person = label.endswith(self.helper_endings) and not is_wish
        return is_person and self.is_helper(label) and any(word in label for word in self.household_helpers)

    def is_households_own(self, label: str) -> bool:
        """True for a label that says itself that it is about the household."""
        return any(word in label for word in self.households_own)

    def is_group_of_head(self, text: str) -> bool:
        """True for what stands above columns about the head alone."""
        return _plain(text) in self.head_groups

    def is_group_of_family(self, text: str) -> bool:
        """True for what stands above columns about the family: 家庭成员信息, but not 死亡人员信息."""
        word = _plain(text)
        is_other = any(one in word for one in self.no_family_groups)
        return not is_other and any(one in word for one in self.family_groups)

    def is_health(self, text: str) -> bool:
        """True for words about somebody's health."""
        return any(word in text for word in self.health)

    def is_student(self, text: str) -> bool:
        """True for words about where somebody learns now."""
        return any(word in text for word in self.student) and not any(word in text for word in self.no_student)

    def may_name_a_village(self, number: str) -> bool:
        """True for a number that begins like the codes of divisions."""
        return number.isdecimal() and number.startswith(self.provinces)

    def tells_of_another_village(self, behind: str) -> bool:
        """True for what in a title behind the name of a village tells of another one."""
        for word in self.same_village:
            behind = behind.replace(word, "")
        return any(word in behind for word in self.other_villages)

    def risk_of(self, text: str) -> str | None:
        """The text where it is one known risk and nothing else: a column with such a header has ticks below it."""
        found = self.risks_in(text) if _plain(text).startswith(self.risk_columns) else []
        return found[0][0] if len(found) == 1 and found[0][1] not in (None, _OTHER_RISK) else None

    def known_risk(self, text: str) -> str | None:
        """The text where it is one known risk and nothing else, whatever it begins with: 务工就业不稳, 其他."""
        found = self.risks_in(text)
        return found[0][0] if len(found) == 1 and found[0][1] is not None else None

    def is_tick(self, text: str) -> bool | None:
        """True for a tick in a column of a risk, False for a sign that there is none; None for any other word."""
        word = _plain(text).upper()
        if not word or word in self.no or word in self.no_risk or word in self.empty_boxes:
            return False
        return True if word in self.ticks or word in self.tick_marks else None

    def is_mark(self, text: str) -> bool:
        """True for a tick that is no word."""
        return _plain(text).upper() in self.tick_marks

    def is_risk_group(self, text: str) -> bool:
        """True for what may stand above several columns of risks."""
        return _plain(text) in self.risk_groups

    def sex(self, text: str) -> Sex:
        """The sex as written, unknown for any other word."""
        word = _plain(text).upper()
        return next((sex for sex, words in self.sexes.items() if word in words), Sex.UNKNOWN)

    def answer(self, text: str, *, named: bool = False) -> bool | None:
        """The answer to 是否…, None when it is neither; with `named` any other word names what there is: a yes."""
        word = _plain(text).upper()
        if not word:
            return None
        if word in self.no or word in self.empty_boxes:
            return False
        return True if word in self.yes or word in self.tick_marks or named else None

    def category(self, text: str) -> MonitoringCategory | None:
        """The category of a monitored household; None for another word."""
        word = _INSIDE.sub("", _plain(text))
        return next((category for category, words in self.categories.items() if word in words), None)

    def is_no_category(self, text: str) -> bool:
        """True for the words that say that a household is not monitored."""
        return _plain(text) in self.no_category

    def risks_in(self, text: str) -> list[tuple[str, str | None]]:
        """Each risk that the text lists with its national code, None where the table of codes has none.

        A code is read as its word; words stay as they are written.
        """
        found: list[tuple[str, str | None]] = []
        for part in _parts(text):
            if part in self.no_risk:
                continue
            word = _NUMBERED.sub("", part)
            code = self._code_of_risk.get(word) or self._code_of_risk.get(_INSIDE.sub("", word))
            part = word if code else part
            found.append((self.risks[code][0] if code == part else part, code))
        return found

    def causes_in(self, text: str) -> list[tuple[str, str | None]]:
        """Each cause of 2018 that the text lists: the word of the risk it becomes and its code, None if unknown."""
        found: list[tuple[str, str | None]] = []
        for part in _parts(text):
            if part in self.no_risk:
                continue
            code = self._risk_of_cause.get(_NUMBERED.sub("", part))
            found.append((self.risks[code][0], code) if code else (part, None))
        return found

    @cached_property
    def _code_of_risk(self) -> dict[str, str]:
        return {_plain(word): code for code, words in self.risks.items() for word in (code, *words)}

    @cached_property
    def _risk_of_cause(self) -> dict[str, str]:
        return {word: cause.risk for cause in self.causes_2018 for word in (cause.code, *cause.words)}


@cache
def register_words() -> RegisterWords:
    """The words as they are shipped."""
    return RegisterWords.model_validate(read_lexicon(_WORDS.read_text(encoding="utf-8")))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace(_AS_PICTURE, "").strip()


def _parts(text: str) -> list[str]:
    """The listed words; separators inside brackets separate nothing."""
    hidden = _INSIDE.sub(lambda found: f"({_BETWEEN.sub('', found[1])})", _plain(text))
    return [part for part in _BETWEEN.split(hidden) if part]
