"""What stands where a matter should and says nothing."""

import re
from functools import cache, cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from domain.words.lexicon_file import read_lexicon

_WORDS = Path(__file__).parents[1] / "words" / "matter_words.yml"
_SIGNS = re.compile(r"[\W_]+")
_LONGEST_REFERENCE = 60
OF_PETITION = "只写了与另一件相同, 没有照抄, 请把那一件的内容写在这一格里后重新提交"
OF_PAPER = "只写了见附件, 附件里的字没有读, 请把附件里的内容写在这一格里后重新提交"


class Reference(BaseModel):
    """How a matter refers to another petition or paper, as parts of patterns."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    before: tuple[str, ...]
    refers: tuple[str, ...]
    petitions: tuple[str, ...]
    papers: tuple[str, ...]
    behind: tuple[str, ...]

    def pattern(self, targets: tuple[str, ...]) -> re.Pattern[str]:
        """Matches a whole text that refers to one of the targets."""
        before, refers, to, behind = ("|".join(words) for words in (self.before, self.refers, targets, self.behind))
        return re.compile(f"(?:{before})*(?:{refers})(?:{to})(?:{behind})?")


class MatterWords(BaseModel):
    """What `matter_words.yml` says."""

    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))

    nothing: frozenset[str]
    reference: Reference

    @cached_property
    def to_petition(self) -> re.Pattern[str]:
        """Matches 同第1件."""
        return self.reference.pattern(self.reference.petitions)

    @cached_property
    def to_paper(self) -> re.Pattern[str]:
        """Matches 见附件3."""
        return self.reference.pattern(self.reference.papers)


@cache
def matter_words() -> MatterWords:
    """The words as they are shipped."""
    return MatterWords.model_validate(read_lexicon(_WORDS.read_text(encoding="utf-8")))


def says_nothing(text: str) -> bool:
    """True for a text of signs alone (also an empty one), or one that only points elsewhere: 无, /, 详见附件."""
    words = _SIGNS.sub("", text)
    return not words or words in matter_words().nothing or refers_elsewhere(text) != ""


def refers_elsewhere(text: str) -> str:
    """What is to be said of a matter that only refers to another petition or paper; "" for any other."""
    words = _SIGNS.sub("", text[: _LONGEST_REFERENCE + 1])
    if len(text) > _LONGEST_REFERENCE or words in matter_words().nothing:
        return ""
    if matter_words().to_petition.fullmatch(words):
        return OF_PETITION
    return OF_PAPER if matter_words().to_paper.fullmatch(words) else ""
