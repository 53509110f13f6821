"""The reviewed words for what petitions are for, and for the labels above or before them."""

import re
from functools import cache, cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from domain.words.lexicon_file import read_lexicon
from importers.words.word_patterns import any_of

_WORDS = Path(__file__).parent / "purpose_words.yml"


class PurposeWords(BaseModel):
    """What `purpose_words.yml` says."""

    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))

    occasions: tuple[str, ...]
    ends: tuple[str, ...]
    purposes: tuple[str, ...]
    endings: tuple[str, ...]
    accusing: tuple[str, ...]
    officials: tuple[str, ...]
    against: tuple[str, ...]
    reporting: tuple[str, ...]
    reports: tuple[str, ...]
    of_purposes: str
    tickets: tuple[str, ...]

    @cached_property
    def label(self) -> re.Pattern[str]:
        """Matches 来访目的, 反映类型, 类别."""
        return re.compile(rf"(?:{any_of(self.occasions)})?(?:{any_of(self.ends)})")

    @cached_property
    def purpose(self) -> re.Pattern[str]:
        """Matches 求决, 检举控告类, 举报村干部, and nothing of what content may be about."""
        against = rf"(?:{any_of(self.accusing)})(?:{any_of((*self.officials, *self.against))}){{1,6}}"
        return re.compile(rf"(?:(?:{any_of(self.purposes)})(?:{any_of(self.endings)})?|{against})")

    @cached_property
    def ticket(self) -> re.Pattern[str]:
        """Finds a label of a hotline's ticket at the beginning of a line."""
        return re.compile(rf"\s*(?:{any_of(self.tickets)})[\u4e00-\u9fff]{{0,4}}\s*[:\uff1a]")

    def is_report(self, purpose: str, label: str) -> bool:
        """True where 举报 below the label may be what anybody reports, and no official is named beside it."""
        if label.endswith(self.of_purposes) or any(word in purpose for word in self.officials):
            return False
        return label.startswith(self.reporting) or any(word in purpose for word in self.reports)

    def accuses(self, purpose: str) -> bool:
        """True for the purpose of an accusation."""
        return any(word in purpose for word in self.accusing)


@cache
def purpose_words() -> PurposeWords:
    """The words as they are shipped."""
    return PurposeWords.model_validate(read_lexicon(_WORDS.read_text(encoding="utf-8")))
