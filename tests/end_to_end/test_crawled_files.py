"""No nickname, no comment, and nothing in clear: every file of the home is searched, byte by byte."""

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawlers.archiving.archive import ArchivedPage, archive_files, read_archive
from crawlers.archiving.members import head_of
from crawlers.spooling.spool import spool_files
from storage.encryption.cipher import FieldCipher
from storage.encryption.file_seals import FileSeals
from storage.encryption.key_file import load_keyring
from tests.commands.in_process import qianshao
from tests.crawlers.loopback import serving

HEAD = """title: 试验
summary: invented
publisher: {name: 试验, level: county, official: true}
region: "141124"
politeness: {delay_seconds: 0.0}
every_minutes: 60
expect: {per_day: {min: 0, max: 9}, stale_after_days: 3}
contact: test@example.invalid
robots: {note: invented}
"""
NEWS = HEAD + 'platform: article_list\nstart: ["{site}/xw/"]\narticles: "^/n/"\n'
BOARD = HEAD + (
    'platform: board\nstart: ["{site}/wz/"]\narticles: "^/m/"\n'
    'board: {question: "div.q", answer: "div.a", asker: "span.nick", asked: "i.t"}\n'
)
NICKNAME, READER, COMMENT = "爱枣的老汉甲", "黄土坡来客乙", "我家也没有水吃，打电话没人接"
TEXT = "苗家沟村今年的枣子熟了，没有人来收，家里等着卖枣的钱交学费。"
SAYING = "我们村已经断水六天，请派人来看看。"
PAGES = {
    "/xw/": f"<html><li><a href=/n/1.html>枣</a><div class=comment>{READER}</div></li></html>",
    "/n/1.html": f"<html><h1>枣农盼客商</h1><p>2026-11-20</p><div>{TEXT * 4}</div>"
    f"<div class='comment-list'><b>{READER}</b><p>{COMMENT}</p></div></html>",
    "/wz/": f"<html><li><a href=/m/1.html>反映断水</a><em>{NICKNAME}</em></li></html>",
    "/m/1.html": f"<html><h1>反映断水</h1><span class=nick>网友：{NICKNAME}</span><i class=t>2026-11-19</i>"
    f"<div class=q>我是{NICKNAME}。{SAYING}</div><div class=a>已经派人去看。</div></html>",
}
SECRET = (NICKNAME, READER, COMMENT)
"""Never anywhere."""
PLAIN = (*SECRET, TEXT, SAYING, "枣农盼客商", "反映断水")
"""Never in clear."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with one board and one paper, both crawled."""
    assert qianshao(tmp_path, "init").returncode == 0
    (tmp_path / "sources").mkdir(exist_ok=True)
    (tmp_path / "sources" / "paper.yml").write_text(NEWS, encoding="utf-8")
    (tmp_path / "sources" / "board.yml").write_text(BOARD, encoding="utf-8")
    with serving({path: page.encode() for path, page in PAGES.items()}) as site:
        crawled = qianshao(tmp_path, "source", "crawl", QIANSHAO_SOURCE_VARIABLES=json.dumps({"site": site.address}))
    assert crawled.returncode == 0, crawled.stdout + crawled.stderr
    return tmp_path


def stored(home: Path) -> Iterator[bytes]:
    """What stands in every file, as it is stored and unpacked as far as anybody without a key can."""
    for path in home.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        while content:
            yield content
            try:
                content = gzip.decompress(content)
            except (OSError, EOFError, zlib.error):
                break


def kept(home: Path) -> list[ArchivedPage]:
    """The pages of the archive, opened with the keys of the home."""
    opened = FileSeals(FieldCipher(load_keyring(home / "keys" / "field.key"))).open_file
    pages = [page for path in archive_files(home / "archive") for page in read_archive(path, opened)]
    return [page for page in pages if isinstance(page, ArchivedPage)]


def test_crawls_leave_no_nickname_no_comment_and_nothing_in_clear(home: Path):
    assert not [secret for content in stored(home) for secret in PLAIN if secret.encode() in content]
    assert {path.stat().st_mode & 0o077 for path in (home / "spool").rglob("*.gz")} == {0}

    pages = {page.url.partition("/n/")[2] or page.url[-9:]: page for page in kept(home)}
    bodies = [page.body.decode("utf-8-sig") for page in pages.values()]
    assert not [secret for body in bodies for secret in SECRET if secret in body]
    assert any(TEXT in body for body in bodies)
    assert any(SAYING in body for body in bodies)
    assert {page.length for page in kept(home)} >= {len(page.encode()) for page in PAGES.values()}

    assert qianshao(home, "run").returncode == 0
    assert not [secret for content in stored(home) for secret in SECRET if secret.encode() in content]
    variables = {"QIANSHAO_SOURCE_VARIABLES": json.dumps({"site": "http://127.0.0.1:9"})}
    for source in ("paper", "board"):
        replayed = qianshao(home, "source", "replay", source, "--json", **variables)
        assert json.loads(replayed.stdout)["unchanged"] == 1, replayed.stdout


def test_a_change_of_keys_leads_the_files_of_crawls_on_and_they_are_read_as_before(home: Path):
    before = kept(home)
    assert qianshao(home, "key", "rotate").returncode == 0

    retired = qianshao(home, "key", "retire", "1", "--yes")

    assert retired.returncode == 0, retired.stderr
    assert kept(home) == before
    assert qianshao(home, "run", "--json").returncode == 0


def test_a_key_is_not_retired_while_a_crawl_writes_under_it(home: Path):
    [path] = spool_files(home / "spool", "paper")
    path.rename(path.with_name(path.name + ".part"))
    head = head_of(path.with_name(path.name + ".part"))
    assert qianshao(home, "key", "rotate").returncode == 0

    refused = qianshao(home, "key", "retire", "1", "--yes")

    assert refused.returncode == 2
    assert "请等正在进行的抓取结束" in refused.stderr
    assert head_of(path.with_name(path.name + ".part")) == head
