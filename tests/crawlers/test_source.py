"""Declared media."""

from pathlib import Path

import pytest

import crawlers
from crawlers.platforms import PLATFORMS
from crawlers.settings import settings_for
from crawlers.source import load_source, load_sources
from domain.errors import ConfigError
from examples.kehu.texts_format import HERE

SHIPPED = Path(crawlers.__file__).parent / "sources"
DECLARATIONS = [*sorted(SHIPPED.rglob("*.yml")), *sorted((HERE / "sources").glob("*.yml"))]


@pytest.mark.parametrize("path", DECLARATIONS, ids=lambda path: path.stem)
def test_every_shipped_declaration_is_whole(path: Path):
    spec = load_source(path)

    assert spec.name == path.stem
    assert spec.platform in PLATFORMS
    assert spec.politeness.obey_robots


def test_shipped_media_wait_for_somebody_who_sees_them_live():
    for _, spec in load_sources(SHIPPED).values():
        assert spec.unverified
        assert not spec.is_crawled
        assert spec.contact == "{contact}"


def test_a_misspelt_key_is_named(tmp_path: Path):
    path = tmp_path / "paper.yml"
    text = (
        (HERE / "sources" / "xiangchuan_rss.yml").read_text(encoding="utf-8").replace("every_minutes", "every_minute")
    )
    path.write_text(text, encoding="utf-8")

    with pytest.raises(ConfigError, match="every_minute"):
        load_source(path)


def test_a_missing_variable_is_named():
    spec = load_source(HERE / "sources" / "xiangchuan_rss.yml")

    with pytest.raises(ConfigError, match="site"):
        spec.with_variables({})


def test_a_site_that_is_not_our_own_is_asked_slowly_and_one_at_a_time():
    spec = load_source(HERE / "sources" / "xiangchuan_rss.yml").with_variables({"site": "http://news.invalid"})

    chosen = settings_for(spec)

    assert chosen["DOWNLOAD_DELAY"] >= 1
    assert chosen["CONCURRENT_REQUESTS"] == 1
    assert chosen["ROBOTSTXT_OBEY"] is True
    assert chosen["TELNETCONSOLE_ENABLED"] is False
