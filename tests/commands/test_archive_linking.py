"""What `qianshao link --all` says where leads followed at once and some of them could not."""

from pathlib import Path

import pytest

from domain.counting.stage_report import StageReport
from pipeline import county_run
from tests.commands.in_process import qianshao


def report(stage: str, *, done: int, quarantined: int = 0) -> StageReport:
    counted = {"seen": done + quarantined, "done": done, "skipped": 0, "quarantined": quarantined}
    return StageReport(stage=stage, version="v", seconds=0.1, **counted)


@pytest.mark.parametrize("json", [(), ("--json",)])
def test_a_text_whose_lead_did_not_follow_is_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, json: tuple[str, ...]
):
    assert qianshao(tmp_path, "init").returncode == 0
    followed = [report("link", done=3), report("lead", done=2, quarantined=1)]
    monkeypatch.setattr(county_run, "link_archive", lambda *given: followed)

    finished = qianshao(tmp_path, "link", "--all", *json)

    assert finished.returncode == 1
    assert "1条文本的线索这次没有更新" in finished.stderr
