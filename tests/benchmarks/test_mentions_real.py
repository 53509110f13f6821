"""Counting persons in texts that a reader has judged."""

from benchmarks.mentions.real import JudgedText, tables, tallies
from domain.mention import Mentions, PersonMention, PersonRole


def _found(*names: str) -> Mentions:
    persons = tuple(
        PersonMention(name=name, role=PersonRole.OTHER, start=at, end=at + len(name)) for at, name in enumerate(names)
    )
    return Mentions(persons=persons)


def _text(
    persons: tuple[str, ...], others: dict[str, str], *, kind: str = "news", complete: bool = False
) -> JudgedText:
    return JudgedText(id="1", kind=kind, text="", persons=persons, others=others, complete=complete)


def test_every_place_counts_as_right_wrong_or_not_judged():
    text = _text(("庞建国",), {"康湖": "place"})

    tally = tallies([text], lambda title, text: _found("庞建国", "庞建国", "康湖", "和景"))["news"]

    assert (tally.right, dict(tally.errors), tally.unread) == (2, {"place": 1}, 1)


def test_recall_counts_each_name_once_and_only_in_texts_read_in_full():
    texts = [_text(("庞建国", "薛改变"), {}, complete=True), _text(("高有才",), {})]

    tally = tallies(texts, lambda title, text: _found("庞建国", "庞建国"))["news"]

    assert (tally.named, tally.recalled) == (2, 1)


def test_the_tables_give_precision_by_kind_of_text_and_never_a_name():
    texts = [_text(("庞建国",), {"康湖": "place"}), _text((), {"康湖": "place"}, kind="complaints")]

    lines = tables(tallies(texts, lambda title, text: _found("庞建国", "康湖") if text == "" else _found()))

    assert "| news | 1 | 2 | 1 | 0.500 | 0 | 0 | 0 |" in lines
    assert "| place | 2 |" in lines
    assert not any("康湖" in line for line in lines)


def test_a_kind_in_which_nothing_was_judged_has_no_precision():
    lines = tables(tallies([_text((), {})], lambda title, text: _found()))

    assert "| news | 1 | 0 | 0 | – | 0 | 0 | 0 |" in lines
