"""Invented pages in the structures of local media and common systems, read to the letter."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from crawlers.extraction.article import extract
from crawlers.extraction.choice import Extractor
from crawlers.extraction.evaluation import evaluate_pages, means, read_gold

PAGES = Path(__file__).parent / "pages"


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (PAGES / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("expected", _lines("gold.jsonl"), ids=lambda one: one["file"])
def test_a_saved_page_is_read_as_a_person_reads_it(expected: dict[str, Any]):
    fetched_at = datetime.fromisoformat(expected["fetched_at"]) if "fetched_at" in expected else None

    article = extract((PAGES / expected["file"]).read_bytes(), expected["url"], fetched_at=fetched_at)

    assert article.title == expected["title"]
    assert article.text == expected["text"]
    assert (article.published_at.isoformat() if article.published_at else None) == expected["published_at"]
    assert article.origin == (expected["source"] or "")
    assert article.author == (expected["author"] or "")
    assert article.editor == expected.get("editor", "")
    assert [{"url": one.url, "text": one.text} for one in article.attachments] == expected.get("attachments", [])
    assert article.kind.value == "article"


@pytest.mark.parametrize("expected", _lines("kinds.jsonl"), ids=lambda one: one["file"])
def test_what_is_no_article_is_told_apart(expected: dict[str, Any]):
    article = extract((PAGES / expected["file"]).read_bytes(), "http://page.invalid/")

    assert article.kind.value == expected["kind"]
    assert article.kind.label


def test_captions_of_a_gallery_are_no_text():
    article = extract((PAGES / "prefecture_gallery.html").read_bytes(), "http://news.invalid/content/12_346.html")

    assert "石某" not in article.text
    assert "工人们在检查成品" not in article.text


def test_a_traditional_page_keeps_its_own_characters_beside_the_simplified_text():
    article = extract((PAGES / "province_news_big5.html").read_bytes(), "http://news2.invalid/BIG5/1/2.html")

    assert "棗" in article.original_text
    assert "棗" not in article.text
    assert article.original_text.count("\n") == article.text.count("\n")


def test_a_simplified_page_has_no_other_original():
    article = extract((PAGES / "province_news.html").read_bytes(), "http://news2.invalid/GB/1/2.html")

    assert article.original_text == ""


def test_a_page_built_by_scripts_is_read_from_them_without_running_any():
    article = extract((PAGES / "script_built.html").read_bytes(), "http://app.invalid/news/1")

    assert article.how is Extractor.EMBEDDED


def test_the_evaluation_agrees_that_the_pages_are_read():
    told_by_fetching = {"relative_date.html", "yesterday.html"}
    gold = [one for one in read_gold(PAGES / "gold.jsonl") if one.file not in told_by_fetching]
    scores = evaluate_pages(gold, PAGES)

    assert means(scores).body_f1 == 1.0
    assert means(scores).day == 1.0
