"""The reviewed words at the beginning and the end of letters, and which words may be a person's name."""

import re
from collections.abc import Sequence
from functools import cache, cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from domain.words.lexicon_file import read_lexicon
from importers.words.word_patterns import any_of

_WORDS = Path(__file__).parent / "letter_words.yml"
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}")
_LONGEST_OF_ONE = 3
"""Characters of a name with a surname of one character."""


class LetterWords(BaseModel):
    """What `letter_words.yml` says."""

    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))

    closings: frozenset[str]
    signs: tuple[str, ...]
    representatives: tuple[str, ...]
    households: tuple[str, ...]
    joint_signs: tuple[str, ...]
    spoken: frozenset[str]
    begin_speech: tuple[str, ...]
    signers: tuple[str, ...]
    towns: frozenset[str]
    matters: tuple[str, ...]
    groups: tuple[str, ...]
    before_names: tuple[str, ...]
    no_names: tuple[str, ...]
    no_persons: tuple[str, ...]
    office_parts: tuple[str, ...]
    handling: tuple[str, ...]
    offices: tuple[str, ...]
    salutations: tuple[str, ...]
    own: tuple[str, ...]
    others: tuple[str, ...]
    accused: tuple[str, ...]
    agents: tuple[str, ...]
    introductions: tuple[str, ...]
    surnames: str
    compound_surnames: tuple[str, ...]
    sure_reading: float
    covering_note: int
    covering: tuple[str, ...]
    counting_letters: tuple[str, ...]
    machine_lines: tuple[str, ...]
    pleas: tuple[str, ...]
    personal: tuple[str, ...]
    first_person: tuple[str, ...]
    contacts: frozenset[str]
    statuses: frozenset[str]
    remarks_like_names: frozenset[str]
    beside_names: frozenset[str]
    behind_names: str
    postscripts: tuple[str, ...]
    tails: tuple[str, ...]
    office_titles: tuple[str, ...]
    against_offices: tuple[str, ...]
    endings: tuple[str, ...]
    own_causes: tuple[str, ...]
    office_days: frozenset[str]
    call_days: frozenset[str]
    received_days: frozenset[str]
    relatives: tuple[str, ...]
    mail_heads: tuple[str, ...]
    sent_heads: tuple[str, ...]
    spoken_for: tuple[str, ...]
    spoken_ways: tuple[str, ...]
    quoted_heads: tuple[str, ...]
    sender_heads: tuple[str, ...]
    quoted_days: tuple[str, ...]
    forwarded_marks: tuple[str, ...]
    original_marks: tuple[str, ...]
    mail_forwards: tuple[str, ...]
    mail_answers: tuple[str, ...]
    own_family: tuple[str, ...]
    signing_offices: tuple[str, ...]
    no_signing_offices: tuple[str, ...]
    no_block: tuple[str, ...]
    selves: tuple[str, ...]
    own_offices: tuple[str, ...]
    passing: tuple[str, ...]
    seeing_to: tuple[str, ...]
    speaking_for_many: tuple[str, ...]
    note_labels: tuple[str, ...]
    asked_offices: tuple[str, ...]
    bodies: tuple[str, ...]
    own_bodies: tuple[str, ...]
    bodies_selves: tuple[str, ...]
    statements: tuple[str, ...]
    contacts_of_bodies: tuple[str, ...]
    receptions: tuple[str, ...]
    minutes: tuple[str, ...]
    told_by_people: tuple[str, ...]
    told_by: tuple[str, ...]
    of_titles: tuple[str, ...]
    pointing_back: tuple[str, ...]
    family_heads: tuple[str, ...]
    kin_labels: tuple[str, ...]
    addressing: tuple[str, ...]
    accusing: tuple[str, ...]
    confirming: tuple[str, ...]

    @cached_property
    def sign(self) -> re.Pattern[str]:
        """Matches what stands before a signature, a hint in brackets included: 反映人签名(手印):."""
        signs, hint = any_of(self.signs), r"(?:[(\uff08][^)\uff09]{0,8}[)\uff09])?\s*"
        return re.compile(
            rf"^(?:(?:{signs})+{hint}[:\uff1a]?|(?:{any_of(self.joint_signs)})(?:签[字名])?{hint}[:\uff1a])\s*"
        )

    @cached_property
    def speaking_for(self) -> re.Pattern[str]:
        """Matches 代婆婆来, 替邻居反映: for whom somebody spoke who is not named."""
        return re.compile(rf"[代替帮为给][他她其]?(?:{any_of(self.spoken_for)})(?:{any_of(self.spoken_ways)})?")

    @cached_property
    def heading_of_accused(self) -> re.Pattern[str]:
        """Matches what stands as a whole above the name of the accused: 举报对象, 肇事方."""
        return re.compile("|".join(self.accused))

    @cached_property
    def title(self) -> re.Pattern[str]:
        """Matches the title of a letter: 求助信, 低保申请书."""
        return re.compile(
            rf"[\u4e00-\u9fff]{{0,8}}(?:{any_of(self.of_titles)})[\u4e00-\u9fff]{{0,2}}(?:信|书|报告|材料)?"
        )

    @cached_property
    def representative(self) -> re.Pattern[str]:
        """Matches what stands before a signature with a colon: 村民代表:, 某某村村民:; never 被打村民:."""
        return re.compile(
            rf"^(?:(?![我本同])[\u4e00-\u9fff\d]{{1,14}}(?:村|社区|组|队))?(?:{any_of(self.representatives)})(?:[(\uff08][^)\uff09]{{0,8}}[)\uff09])?\s*[:\uff1a]\s*"
        )

    @cached_property
    def household(self) -> re.Pattern[str]:
        """Matches the same where it may as well head what is told of others: 困难户:, 某某村村民:."""
        return re.compile(rf"^[\u4e00-\u9fff\d]{{0,14}}?(?:{any_of(self.households)})\s*[:\uff1a]")

    @cached_property
    def signing_office(self) -> re.Pattern[str]:
        """Matches a line that is an office, and no address beside one: 河湾镇信访办公室, 张三 县教育局 | 电话."""
        never = any_of(self.no_signing_offices)
        return re.compile(rf"(?!.*(?:{never}))[^:\uff1a]*(?:{any_of(self.signing_offices)})(?:[\s|/].*)?")

    @cached_property
    def speaking_of_himself(self) -> re.Pattern[str]:
        """Matches 我, 本人 and the like, never an official's 我镇."""
        return self._speaking(self.own_offices)

    @cached_property
    def speaking_beside_bodies(self) -> re.Pattern[str]:
        """The same, where a village committee's 我村 is none either."""
        return self._speaking((*self.own_offices, *self.bodies_selves))

    def _speaking(self, bodies: Sequence[str]) -> re.Pattern[str]:
        return re.compile(rf"我(?!{any_of(bodies)})|{any_of(self.selves)}")

    @cached_property
    def place(self) -> re.Pattern[str]:
        """Matches the place before a name, up to its last word."""
        return re.compile(rf".*(?:{any_of(self.before_names)})")

    @cached_property
    def introduction(self) -> re.Pattern[str]:
        """Matches how a writer says who he is, up to the next mark."""
        return re.compile(
            rf"(?:{any_of(self.introductions)})(?P<who>[^\s,\uff0c\u3002;\uff1b\u3001:\uff1a(\uff08\n]{{2,30}})"
        )


@cache
def letter_words() -> LetterWords:
    """The words as they are shipped."""
    return LetterWords.model_validate(read_lexicon(_WORDS.read_text(encoding="utf-8")))


def may_be_name(text: str) -> bool:
    """True for two to four Chinese characters that are no closing, group, place, office or salutation."""
    words = letter_words()
    if not _NAME.fullmatch(text) or text in words.closings or text.endswith((*words.no_names, *words.no_persons)):
        return False
    return not any(group in text for group in words.groups)


def is_spoken(text: str) -> bool:
    """True for what somebody says, and who he is stands nowhere in it: 喂, 您好, 我想问."""
    words = letter_words()
    return text.strip("!\uff01?\uff1f~\u2026") in words.spoken or text.startswith(words.begin_speech)


def is_remark(text: str) -> bool:
    """True for what is written beside a name and is no second one, though it may look like one: 党员, 单身, 高龄."""
    words = letter_words()
    return text in words.remarks_like_names | words.statuses | words.beside_names


def is_surname(text: str) -> bool:
    """True for a surname and nothing else."""
    words = letter_words()
    return text in words.compound_surnames or (len(text) == 1 and text in words.surnames)


def is_name(text: str) -> bool:
    """True for what may be a name and begins with a surname: enough where no label says that it is one."""
    words = letter_words()
    if not may_be_name(text):
        return False
    return text.startswith(words.compound_surnames) or (text[0] in words.surnames and len(text) <= _LONGEST_OF_ONE)
