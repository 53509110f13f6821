"""Chats as programs export them: who said what, and whether one citizen alone speaks with officials."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from importers.letters.signatures import is_salutation
from importers.words.chat_words import chat_words
from importers.words.letter_words import letter_words
from importers.words.word_patterns import any_of

_DATE = r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?"
_WHO = r"(?!\d)[^\s:\uff1a\u3002\uff0c,][^:\uff1a\u3002\uff0c,\n]{0,19}?"
_FEWEST_SPEAKERS = 2
_FEWEST_WITHOUT_DAY = 3
"""Lines of a name and a time that make a chat where they name no day: one may end any text."""
_LONGEST_ABOVE = 60
"""Characters of titles above the first that speaks; with more a letter stands there, and officials pass it on below."""
_SHORTEST_STATEMENT = 15
_FEWEST_PLEAS = 2
_LONGEST_HEAD = 60
"""Characters of a line with a name and a time; a longer one is text, and costly to search."""
_BRACKETED = re.compile(r"[\[【][^\]】]{0,12}[\]】]")


@dataclass(frozen=True, slots=True)
class Turn:
    """What one says at one time."""

    who: str
    day: str
    lines: tuple[str, ...]
    """As written, the name and the time among them."""
    said: tuple[str, ...]
    """The lines below these."""


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat of several people."""

    above: tuple[str, ...]
    turns: tuple[Turn, ...]

    @property
    def speakers(self) -> list[str]:
        """Who speaks, in their order."""
        return list(dict.fromkeys(turn.who for turn in self.turns))

    @property
    def citizen(self) -> str:
        """The only one who is no official and tells of a matter of his; "" where that is not plain."""
        citizens = [who for who in self.speakers if not is_official(who)]
        if len(citizens) != 1 or len(self.speakers) == 1:
            return ""
        own = self._said_by(citizens[0])
        others = "\n".join(self._said_by(who) for who in self.speakers if who not in citizens)
        known = letter_words()
        tells = len(own) >= _SHORTEST_STATEMENT and any(word in own for word in (*known.pleas, *known.personal))
        is_for_others = any(word in others for word in known.own_family) or self._is_told_by_official(citizens[0])
        return citizens[0] if tells and not is_for_others else ""

    def _is_told_by_official(self, citizen: str) -> bool:
        """True where an official tells of a matter before the citizen speaks, and does not ask: he passes it on."""
        before = [*takewhile(lambda turn: turn.who != citizen, self.turns)]
        text = "\n".join(line for turn in before for line in turn.said)
        pleas = sum(word in text for word in letter_words().pleas)
        return pleas >= _FEWEST_PLEAS and not any(word in text for word in chat_words().speaking_to)

    def _said_by(self, who: str) -> str:
        return "\n".join(line for turn in self.turns if turn.who == who for line in turn.said)


def chat_in(lines: Sequence[str]) -> Chat | None:
    """The chat of which the whole text consists; None where fewer than two people say something."""
    heads = [*_heads(lines)]
    if not heads:
        return None
    ends = [*(start for start, _, _, _ in heads[1:]), len(lines)]
    turns = tuple(
        Turn(who, day, tuple(lines[start:end]), tuple(line for line in lines[below:end] if line.strip()))
        for (start, below, who, day), end in zip(heads, ends, strict=True)
    )
    above = tuple(lines[: heads[0][0]])
    speaking = {turn.who for turn in turns if turn.said}
    is_dated = any(turn.day for turn in turns)
    is_chat = len(speaking) >= _FEWEST_SPEAKERS and (is_dated or len(turns) >= _FEWEST_WITHOUT_DAY)
    return Chat(above, turns) if is_chat and not _is_letter(above) and _is_talk(turns) else None


def is_official(who: str) -> bool:
    """True for the name of an official or an office in a chat: 网格员李四."""
    words = chat_words()
    return any(word in who for word in words.officials) and not any(word in who for word in words.beside_officials)


def _is_letter(above: Sequence[str]) -> bool:
    """True where more than titles stands there: a letter, with notes of officials below it."""
    text, known = "".join(above), letter_words()
    is_told = any(word in text for word in known.pleas) and re.search("[\uff0c,\u3002]", text) is not None
    return len(text) > _LONGEST_ABOVE or is_told or any(map(is_salutation, above))


def _is_talk(turns: Sequence[Turn]) -> bool:
    """True where most say something below their names; days with what was done or where one went then are a list."""
    words, speakers = chat_words(), {turn.who for turn in turns}
    deeds = [who for who in speakers if who.startswith(words.begin_deeds) or who.endswith(words.end_deeds)]
    return 2 * sum(bool(turn.said) for turn in turns) > len(turns) and 2 * len(deeds) < len(speakers)


def _heads(lines: Sequence[str]) -> Iterator[tuple[int, int, str, str]]:
    """Where each begins to speak: the line, the first line said, who, and the day."""
    for at, line in enumerate(lines):
        bare = line.strip()
        if len(bare) > _LONGEST_HEAD:
            continue
        if (found := _named().fullmatch(bare)) is not None:
            yield at, at + 1, found["who"] or found["behind"], found["day"] or found["first"] or ""
        elif (found := _alone().fullmatch(bare)) is not None and at and re.fullmatch(_WHO, lines[at - 1].strip()):
            yield at - 1, at + 1, lines[at - 1].strip(), found["day"]


def without_pictures(lines: Sequence[str]) -> list[str]:
    """The lines without what stands for pictures and the like: [图片], [语音]."""
    words = chat_words().pictures
    return [
        line for line in lines if not any(word in found[0] for found in _BRACKETED.finditer(line) for word in words)
    ]


@cache
def _named() -> re.Pattern[str]:
    """Matches 张三 2024-03-05 10:22, 2024-03-05 10:22:33 张三, 张三 昨天 上午10:22."""
    words = chat_words()
    half, time = rf"(?:{any_of(words.halves)})?\s*", r"\d{1,2}:\d{2}(?::\d{2})?"
    return re.compile(
        rf"(?P<who>{_WHO})\s+(?:(?P<day>{_DATE})\s*|(?:{any_of(words.days)})\s*)?{half}{time}"
        rf"|(?P<first>{_DATE})\s*{half}{time}\s+(?P<behind>{_WHO})"
    )


@cache
def _alone() -> re.Pattern[str]:
    """Matches a day with its time, alone."""
    return re.compile(rf"(?P<day>{_DATE})\s*(?:{any_of(chat_words().halves)})?\s*\d{{1,2}}:\d{{2}}(?::\d{{2}})?")
