"""The reviewed words in and around tables: what repeats, what counts, what is a note, how sure a header must be."""

import re
import unicodedata
from functools import cache, cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from domain.words.lexicon_file import read_lexicon
from importers.words.word_patterns import any_of

_LONGEST_DITTO = 16
_AROUND = re.compile(r"[\s()\[\]【】{}<>《》。.,、;:!…]")
BRACKETS = "()（）[]【】 "
"""What may stand around a word that says nobody's name."""
_WORDS = Path(__file__).parent / "table_words.yml"


class Similarity(BaseModel):
    """How like a known text a header must be, 0 to 1."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    accepted: float
    proposed: float
    content: float
    content_alone: float
    share: float


class OnlyBeside(BaseModel):
    """Headers that are the petitioner's only beside another one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    needs: frozenset[str]
    others: str = ""
    """What stands in the header of somebody else whose these columns are where none of `needs` is there."""
    never: tuple[str, ...] = ()
    """What stands in the header of whoever brings the matter forward instead."""
    fields: dict[str, frozenset[str]]


class TableWords(BaseModel):
    """What `table_words.yml` says."""

    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))

    ditto: frozenset[str]
    ditto_marks: str
    no_number: frozenset[str]
    nobody: frozenset[str]
    nobody_says: tuple[str, ...]
    own_names: frozenset[str]
    persons_of_row: frozenset[str]
    totals: frozenset[str]
    total_periods: tuple[str, ...]
    notes: tuple[str, ...]
    signatures: tuple[str, ...]
    hints: tuple[str, ...]
    examples: frozenset[str]
    other_persons: tuple[str, ...]
    other_occasions: tuple[str, ...]
    further_persons: tuple[str, ...]
    first_days: frozenset[str]
    asking: tuple[str, ...]
    asked: str
    fillers: tuple[str, ...]
    spoken_of: tuple[str, ...]
    matter_ends: tuple[str, ...]
    day_ends: tuple[str, ...]
    other_matters: tuple[str, ...]
    of_petitions: tuple[str, ...]
    of_other_lists: tuple[str, ...]
    of_households: tuple[str, ...]
    of_other_households: tuple[str, ...]
    other_guesses: tuple[str, ...]
    id_numbers: tuple[str, ...]
    other_days: tuple[str, ...]
    only_beside: tuple[OnlyBeside, ...]
    wishes: tuple[str, ...]
    purpose_headers: frozenset[str]
    groups_right_of_villages: frozenset[str]
    remarks_headers: frozenset[str]
    bare_names: tuple[str, ...]
    bare_headers: tuple[str, ...]
    attributes: tuple[str, ...]
    counters: frozenset[str]
    counting_numbers: frozenset[str]
    address_initials: str
    beside_address_initials: frozenset[str]
    remarks: frozenset[str]
    purposes: frozenset[str]
    places: tuple[str, ...]
    no_villages: tuple[str, ...]
    no_village_sheets: frozenset[str]
    kinds_of_village: frozenset[str]
    zero_reports: tuple[str, ...]
    others_beside_phones: tuple[str, ...]
    own_beside_phones: tuple[str, ...]
    others: tuple[str, ...]
    similarity: Similarity

    @cached_property
    def signature(self) -> re.Pattern[str]:
        """Finds the end of a place for a stamp or a signature, or a number of pages."""
        return re.compile("(?:" + "|".join(self.signatures) + ")$")

    @cached_property
    def hint(self) -> re.Pattern[str]:
        """Matches the beginning of what is said about filling in a column."""
        return re.compile("[(（]?(?:" + "|".join(self.hints) + ")")

    @cached_property
    def other_person(self) -> re.Pattern[str]:
        """Finds a word for somebody who is not the petitioner."""
        return re.compile(any_of(self.other_persons))

    @cached_property
    def other_beside_phone(self) -> re.Pattern[str]:
        """Finds a word for somebody outside the family beside a phone."""
        return re.compile(any_of(self.others_beside_phones))

    @cached_property
    def other_matter(self) -> re.Pattern[str]:
        """Finds a word for what offices do with a petition, or for what households are."""
        return re.compile(any_of((*self.other_matters, *self.other_persons, *self.other_occasions)))

    @cached_property
    def other_occasion(self) -> re.Pattern[str]:
        """Matches the beginning of a header about another petition than the row's."""
        return re.compile(any_of(self.other_occasions))

    def answered(self, header: str) -> str:
        """What a questionnaire asks for: 姓名 of 请填写您的姓名, 在哪个村 of 您家在哪个村？; "" for no question."""
        found = self._question.fullmatch(header)
        return found["what"] if found is not None else ""

    def is_wish(self, header: str) -> bool:
        """True for a plain header that asks what whoever fills in hopes for: 您希望怎么解决."""
        return self._wish.fullmatch(header) is not None

    @cached_property
    def _wish(self) -> re.Pattern[str]:
        return re.compile(rf"(?:请问)?(?:[您你](?:家里|家)?)?(?:{'|'.join(self.wishes)})(?:{self.asked})*")

    def is_spoken_of(self, header: str) -> bool:
        """True for whoever a questionnaire is filled in about: 户主姓名, 困难群众, 农户姓名."""
        return self._spoken_of.fullmatch(header) is not None

    @cached_property
    def _spoken_of(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{'|'.join(self.spoken_of)})(?:的?姓名|的?名字)?")

    @cached_property
    def _question(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{'|'.join(self.asking)})(?P<what>.{{2,}}?)(?:{self.asked})*")

    def is_ditto(self, text: str) -> bool:
        """True for a cell that only says that it repeats the one above: 同上, (同上), 同 上件。, 〃, -〃-."""
        if len(text) > _LONGEST_DITTO or (text.isalnum() and text not in self.ditto):
            return False
        bare = _AROUND.sub("", unicodedata.normalize("NFKC", text))
        core = bare.strip("-—_~")
        return core in self.ditto or (bool(core) and not core.strip(self.ditto_marks))

    def says_no_number(self, number: str) -> bool:
        """True for what stands where a number would and is none: 无, /, 待编."""
        return number in self.no_number or not any(character.isalnum() for character in number)

    def names_nobody(self, name: str) -> bool:
        """True for what stands where a petitioner's name would and is none: 匿名, 不详, 不想说, /."""
        bare = name.strip(BRACKETS)
        return bare in self.nobody or self.says_no_number(name) or self._not_given.fullmatch(bare) is not None

    @cached_property
    def _not_given(self) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{one})" for one in self.nobody_says))

    @cached_property
    def zero_report(self) -> re.Pattern[str]:
        """Matches what says that nobody came."""
        return re.compile("[(（]?(?:" + "|".join(self.zero_reports) + ")[)）]?[。.!！]?")

    @cached_property
    def note(self) -> re.Pattern[str]:
        """Matches the beginning of a note or signature: a word of `notes` with a number or colon behind it."""
        words = any_of(self.notes)
        return re.compile(rf"(?:{words})(?:\s*[\d一二三四五六]\s*[、.]?)?\s*[(（]?[^:：]{{0,4}}[)）]?[:：]")


@cache
def table_words() -> TableWords:
    """The words as they are shipped."""
    return TableWords.model_validate(read_lexicon(_WORDS.read_text(encoding="utf-8")))
