"""The reviewed words on pages of message boards and of leaders' mailboxes."""

from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from domain.words.lexicon_file import read_lexicon

_WORDS = Path(__file__).parent / "board_pages.yml"


class BoardWords(BaseModel):
    """What `board_pages.yml` says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    messages: tuple[str, ...]
    asked: tuple[str, ...]
    numbers: tuple[str, ...]
    writers: tuple[str, ...]
    headings: tuple[str, ...]
    boards: tuple[str, ...]
    titles: tuple[str, ...]
    mailboxes: tuple[str, ...]
    answers: tuple[str, ...]
    done: tuple[str, ...]
    answered_by: tuple[str, ...]
    answered_on: tuple[str, ...]
    none_yet: tuple[str, ...]
    to_citizens: tuple[str, ...]
    of_answers: tuple[str, ...]
    follow_ups: tuple[str, ...]
    if_against: tuple[str, ...]


@cache
def board_words() -> BoardWords:
    """The words as they are shipped."""
    return BoardWords.model_validate(read_lexicon(_WORDS.read_text(encoding="utf-8")))
