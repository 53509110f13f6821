"""The reviewed words of chats."""

from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from domain.words.lexicon_file import read_lexicon

_WORDS = Path(__file__).parent / "chats.yml"


class ChatWords(BaseModel):
    """What `chats.yml` says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    officials: tuple[str, ...]
    beside_officials: tuple[str, ...]
    begin_deeds: tuple[str, ...]
    end_deeds: tuple[str, ...]
    speaking_to: tuple[str, ...]
    days: tuple[str, ...]
    halves: tuple[str, ...]
    pictures: tuple[str, ...]


@cache
def chat_words() -> ChatWords:
    """The words as they are shipped."""
    return ChatWords.model_validate(read_lexicon(_WORDS.read_text(encoding="utf-8")))
