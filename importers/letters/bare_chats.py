"""Chats as phones and desks copy them: a name alone on a line, below it what that one says, at most the time between.

Nobody may take whoever speaks first for the petitioner, and a phone below one name for that of another.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby

from importers.letters.chats import Chat, Turn, is_official
from importers.letters.signatures import is_end, is_salutation, is_strokes
from importers.letters.vocabulary import field_of
from importers.words.chat_words import chat_words
from importers.words.letter_words import is_name, letter_words
from importers.words.word_patterns import any_of

_WHO = re.compile(
    r"(?!\d)[^\s\u3002\uff0c,;\uff1b!\uff01?\uff1f:\uff1a][^\u3002\uff0c,;\uff1b!\uff01?\uff1f:\uff1a\n]{0,14}"
)
_COLONS = ":\uff1a \t\u3000"
_FEWEST_TURNS, _FEWEST_SPEAKERS, _FEWEST_TIMES = 3, 2, 2
_MOST_ABOVE = 2
"""Paragraphs above the first that speaks: the name of the group, and who copied it."""
_LONGEST_ABOVE = 40


def bare_chat_in(lines: Sequence[str]) -> Chat | None:
    """The chat of which the whole text consists; None for every other text, such as one with headings.

    Somebody speaks again in it, or it says when they speak. Two of them have the names of people or officials, or it
    says twice when they speak: 请求 and 处理意见 above their paragraphs are headings.
    """
    above: list[str] = []
    turns: list[Turn] = []
    day, times = "", 0
    for paragraph in _paragraphs(lines):
        if len(paragraph) == 1 and (time := _time().fullmatch(paragraph[0].strip())):
            day, times = time["day"] or day, times + 1
        elif len(paragraph) > 1 and _may_speak(paragraph[0]) and not any(map(_is_of_letter, paragraph)):
            turns.append(Turn(_who(paragraph[0]), day, tuple(paragraph), tuple(paragraph[1:])))
        elif not turns and len(above) < _MOST_ABOVE and len("".join(paragraph)) <= _LONGEST_ABOVE:
            above += paragraph
        else:
            return None
    chat = Chat(tuple(above), tuple(turns))
    speaks_again = len(turns) > len(chat.speakers)
    is_talk = len(turns) >= _FEWEST_TURNS and len(chat.speakers) >= _FEWEST_SPEAKERS
    are_people = sum(map(_is_somebody, chat.speakers)) >= _FEWEST_SPEAKERS or times >= _FEWEST_TIMES
    return chat if is_talk and are_people and (times or speaks_again) else None


def _paragraphs(lines: Sequence[str]) -> Iterator[list[str]]:
    for is_blank, group in groupby(lines, key=lambda line: not line.strip()):
        if not is_blank:
            yield [*group]


def _may_speak(line: str) -> bool:
    """True for what may be a name: no label of a form, no title of a letter, no number of a list."""
    who = _who(line)
    is_titled = letter_words().title.fullmatch(who) is not None or is_salutation(line) or is_strokes(line)
    return _WHO.fullmatch(who) is not None and field_of(who) is None and not (is_titled and not is_official(who))


def _is_somebody(who: str) -> bool:
    """True for the name of somebody or an official; 镇政府意见 is what an office says in a form."""
    return is_name(who) or (is_official(who) and not who.endswith(letter_words().handling))


def _who(line: str) -> str:
    return line.strip().strip(_COLONS)


def _is_of_letter(line: str) -> bool:
    """True for a closing, a day alone or a labelled signature: what people say to each other has none."""
    if line.strip() in letter_words().addressing:
        return True
    return is_end(line) and _time().fullmatch(line.strip()) is None and any(map(str.isdigit, line))


@cache
def _time() -> re.Pattern[str]:
    """Matches 2026年11月7日 早上 7:45, 昨天 20:15, 11月7日 晚上8:17, 08:11."""
    words = chat_words()
    date = r"(?P<day>\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)|\d{1,2}月\d{1,2}日"
    time = rf"(?:{any_of(words.halves)})?\s*\d{{1,2}}:\d{{2}}(?::\d{{2}})?"
    return re.compile(rf"[-\u2014\u2500\s]*(?:(?:{date}|{any_of(words.days)})\s*)?{time}[-\u2014\u2500\s]*")
