"""Scores say what they say."""

from pathlib import Path

import pytest

from crawlers.extraction.article import Article
from crawlers.extraction.evaluation import GoldPage, evaluate_pages, gram_f1, means, read_gold, score_page
from domain.failures.errors import ConfigError


def article(**parts: str) -> Article:
    """An article with these parts and nothing else."""
    return Article(**{"title": "", "text": "", "published_at": None, "origin": "", "author": "", **parts})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("expected", "found", "score"),
    [
        ("今年的枣没人收", "今年的枣没人收", 1.0),
        ("今年的枣 没人收\n", "今年的枣没人收", 1.0),
        ("今年的枣没人收", "", 0.0),
        ("", "", 1.0),
        ("今年的枣没人收", "明日有大雨到暴雨", 0.0),
        ("一二三四五", "一二三四五六七", 2 * 2 / (2 + 4)),
    ],
)
def test_the_body_is_scored_by_grams_of_four_characters(expected: str, found: str, score: float):
    assert gram_f1(expected, found) == pytest.approx(score)


def test_a_repeated_paragraph_costs_precision():
    assert gram_f1("今年的枣没人收", "今年的枣没人收" * 2) < 0.7


def test_a_field_that_the_page_lacks_must_be_left_empty():
    gold = GoldPage(file="a.html", title="枣农盼客商", text="")

    assert score_page(gold, article(title="枣农 盼客商")).source
    assert not score_page(gold, article(title="枣农盼客商", origin="某报")).source


def test_means_are_over_all_pages(tmp_path: Path):
    (tmp_path / "a.html").write_bytes(b"x")
    gold = [GoldPage(file="a.html", title=title, text="") for title in ("枣农盼客商", "另一个题目")]

    scores = evaluate_pages(gold, tmp_path, lambda content, url: article(title="枣农盼客商"))

    assert means(scores).title == 0.5
    assert means(scores).as_record()["pages"] == 2


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ('{"file": "a.html", "title": "某"}', "text"),
        ("{", "第2行"),
        ('{"file": 3, "title": "某", "text": ""}', "file"),
    ],
)
def test_a_wrong_line_of_a_gold_file_is_named(tmp_path: Path, line: str, named: str):
    path = tmp_path / "gold.jsonl"
    path.write_text(f"\n{line}\n", encoding="utf-8")

    with pytest.raises(ConfigError, match=named):
        read_gold(path)


def test_an_empty_gold_file_and_a_missing_page_are_said(tmp_path: Path):
    (tmp_path / "gold.jsonl").write_text("\n", encoding="utf-8")

    with pytest.raises(ConfigError, match="没有网页"):
        read_gold(tmp_path / "gold.jsonl")
    with pytest.raises(ConfigError, match=r"gone\.html"):
        evaluate_pages([GoldPage(file="gone.html", title="", text="")], tmp_path)
