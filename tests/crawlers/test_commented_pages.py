"""Forty invented pages with comments, in structures of real sites: nothing of strangers is kept, no article is cut.

`expected.jsonl` says of each page what strangers wrote and are called, and the sentences of its article.
"""

import html
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from crawlers.archiving.redaction import kept_body
from crawlers.extraction.article import extract
from tests.crawlers.test_spider import declared

PAGES = Path(__file__).parent / "commented_pages"
EXPECTED = [json.loads(line) for line in (PAGES / "expected.jsonl").read_text(encoding="utf-8").splitlines()]
NEWS = declared('platform: article_list\nstart: ["http://a.invalid/"]\n')
URL = "http://a.invalid/n/1.html"


def shown(content: bytes) -> str:
    """The text with whatever is escaped in it in letters."""
    text = html.unescape(html.unescape(unquote(content.decode("utf-8-sig"))))
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)


@pytest.mark.parametrize("expected", EXPECTED, ids=[one["page"] for one in EXPECTED])
def test_nothing_of_strangers_is_read_or_kept_and_no_sentence_of_the_article_is_lost(expected: dict[str, Any]):
    content = (PAGES / expected["page"]).read_bytes()
    article = extract(content, URL)

    kept = kept_body(content, NEWS, article=article)

    assert all(one in shown(content) for one in (*expected["strangers"], *expected["article"]))
    assert [one for one in expected["strangers"] if one in shown(kept) or one in article.text] == []
    assert [one for one in expected["article"] if one not in shown(kept) or one not in article.text] == []
    again = extract(kept, URL)
    assert (again.title, again.text) == (article.title, article.text)
