"""Counting persons in real messages that are told by their ids."""

from benchmarks.mentions.real import by_source, gold_text
from domain.links.mention import Mentions, PersonMention, PersonRole
from nlp.training.marked_texts import ReadMessage


def _find(title: str, text: str) -> Mentions:
    """Whoever begins with 庞, as a bystander."""
    content = f"{title}\n{text}" if title else text
    persons = tuple(
        PersonMention(name=content[at : at + 3], role=PersonRole.OTHER, start=at, end=at + 3)
        for at, sign in enumerate(content)
        if sign == "庞"
    )
    return Mentions(persons=persons)


def _messages() -> list[ReadMessage]:
    return [
        ReadMessage("city-1", "庞建国来信", "庞家庄缺水", {(0, 3): PersonRole.PETITIONER}),
        ReadMessage("flood-2", "", "联系人庞秀英", {(3, 6): PersonRole.OTHER}),
    ]


def test_every_source_and_all_of_them_have_their_figures():
    lines = by_source([gold_text(message) for message in _messages()], _find)

    assert "| city | 1 | persons | 1 | 0.500 | 1.000 | 0.667 |" in lines
    assert "| city | 1 | persons_with_role | 1 | 0.000 | 0.000 | 0.000 |" in lines
    assert "| flood | 1 | persons_with_role | 1 | 1.000 | 1.000 | 1.000 |" in lines
    assert "| all | 2 | persons | 2 | 0.667 | 1.000 | 0.800 |" in lines


def test_the_tables_never_hold_a_name():
    lines = by_source([gold_text(message) for message in _messages()], _find)

    assert not any("庞" in line for line in lines)
