"""The reviewed words of words.toml as patterns."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "words.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWords:
    """By which words the parts of a page are told apart; see words.toml for what each means."""

    noise: frozenset[str]
    noise_part: re.Pattern[str]
    answers: frozenset[str]
    never: re.Pattern[str]
    next_page: re.Pattern[str]
    ends: re.Pattern[str]
    comment: frozenset[str]
    comment_part: re.Pattern[str]
    comment_signs: tuple[str, ...]
    comment_heading: re.Pattern[str]
    comment_mark: re.Pattern[str]
    comments_answered: re.Pattern[str]
    """A label above what an office answers."""
    section: re.Pattern[str]
    """A heading below which an article goes on that shows comments in its midst."""
    reader: re.Pattern[str]
    """What the elements of a nickname or a portrait are called."""
    asker: re.Pattern[str]
    """A label with the nickname behind it; the label is group 1."""
    asker_label: re.Pattern[str]
    """A label at the end of a line, with the nickname on the next one."""
    caption: re.Pattern[str]
    foot: re.Pattern[str]
    beside_date: re.Pattern[str]
    put_label: re.Pattern[str]
    particular: re.Pattern[str]
    made_label: re.Pattern[str]
    credit: re.Pattern[str]
    site: re.Pattern[str]
    site_alone: re.Pattern[str]
    behind_site: re.Pattern[str]
    before: re.Pattern[str]
    untitled: re.Pattern[str]
    state: re.Pattern[str]
    title_label_alone: re.Pattern[str]
    beside: re.Pattern[str]
    error: re.Pattern[str]
    login: re.Pattern[str]
    search: re.Pattern[str]
    no_reply: re.Pattern[str]
    content_label: re.Pattern[str]
    field_label: re.Pattern[str]
    title_label: re.Pattern[str]
    answer_label: re.Pattern[str]
    answered_label: re.Pattern[str]
    asked_label: re.Pattern[str]
    person_label: re.Pattern[str]
    """A label before who somebody is or how to reach them."""
    answered_at: re.Pattern[str]
    origin: re.Pattern[str]
    author: re.Pattern[str]
    editor: re.Pattern[str]
    medium: re.Pattern[str]
    """The whole name of a medium, by its ending."""
    stop: re.Pattern[str]
    no_origin: re.Pattern[str]
    not_names: re.Pattern[str]


@cache
def page_words() -> PageWords:
    """The words that come with the program."""
    content = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    patterns = {
        name: re.compile(text, re.IGNORECASE)
        for table in ("lines", "titles", "kinds", "letters", "credits")
        for name, text in content[table].items()
    }
    noise, comments = content["noise"], content["comments"]
    return PageWords(
        noise=frozenset(noise["words"]),
        noise_part=re.compile("|".join(map(re.escape, noise["parts"])), re.IGNORECASE),
        answers=frozenset(noise["answers"]),
        comment=frozenset(comments["words"]),
        comment_part=re.compile("|".join(map(re.escape, comments["parts"])), re.IGNORECASE),
        comment_signs=tuple(comments["signs"]),
        comment_heading=re.compile(comments["heading"]),
        comment_mark=re.compile(comments["mark"]),
        comments_answered=re.compile(comments["answered"]),
        section=re.compile(comments["section"]),
        reader=re.compile(comments["reader"]),
        asker=re.compile(rf"({comments['asker_label']})(?![\s]|$)[^\s，。,;；|<>]{{1,20}}"),
        asker_label=re.compile(f"{comments['asker_label']}$"),
        **patterns,
    )
