"""Reading the archive again, as the operator types it."""

import json
from pathlib import Path

from tests.commands.in_process import qianshao
from tests.crawlers.loopback import serving

DECLARATION = """title: 试验
summary: invented
publisher: {name: 试验, level: county, official: true}
region: "141124"
platform: article_list
start: ["{site}/xw/"]
articles: "^/n/"
select: {body: "#first"}
politeness: {delay_seconds: 0.0}
every_minutes: 60
expect: {per_day: {min: 0, max: 9}, stale_after_days: 3}
contact: test@example.invalid
robots: {note: invented}
"""
BODY = "苗家沟村今年的枣子熟了，没有人来收，家里等着卖枣的钱交学费。" * 3
PAGE = f"<html><h1>枣农盼客商</h1><p>2026-11-20</p><div id=first><p id=second>{BODY}</p><p>冷库已满。</p></div></html>"


def test_a_changed_selector_is_tried_on_the_archive_without_a_request(tmp_path: Path):
    assert qianshao(tmp_path, "init").returncode == 0
    declaration = tmp_path / "sources" / "town_news.yml"
    declaration.parent.mkdir(exist_ok=True)
    declaration.write_text(DECLARATION, encoding="utf-8")
    pages = {"/xw/": b"<html><a href=/n/1.html>1</a></html>", "/n/1.html": PAGE.encode()}
    with serving(pages) as site:
        variables = {"QIANSHAO_SOURCE_VARIABLES": json.dumps({"site": site.address})}
        assert qianshao(tmp_path, "source", "crawl", "town_news", **variables).returncode == 0
        asked = len(site.asked)
        unchanged = qianshao(tmp_path, "source", "replay", "town_news", "--json", **variables)
        declaration.write_text(DECLARATION.replace("#first", "#second"), encoding="utf-8")
        waiting = qianshao(tmp_path, "source", "replay", "town_news", **variables)

    assert len(site.asked) == asked
    nothing = {"changed": 0, "unreadable": 0, "waiting": 0, "emptied": 0, "damaged": 0, "damage": []}
    assert json.loads(unchanged.stdout) == {"source": "town_news", **nothing, "unchanged": 1}
    assert waiting.returncode == 1, waiting.stderr
    assert "请运行 qianshao run; 之后再重新提取一次" in waiting.stderr


def test_a_source_that_is_not_there_is_said(tmp_path: Path):
    assert qianshao(tmp_path, "init").returncode == 0

    finished = qianshao(tmp_path, "source", "replay", "nowhere")

    assert finished.returncode == 2
    assert "没有名为 nowhere 的来源" in finished.stderr
