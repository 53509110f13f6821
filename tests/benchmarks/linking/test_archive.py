"""An archive whose linking is killed in the middle has every text linked once in the end."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.linking.archive import main
from benchmarks.linking.setting import Setting


def test_a_killed_process_is_gone_on_with(setting: Setting, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    own = replace(setting, work=tmp_path)
    arguments = {
        "gazetteer": own.gazetteer,
        "names": own.names,
        "persons": 1_000,
        "texts": 700,
        "seed": 1,
        "work": own.work,
    }

    status = main([part for name, value in arguments.items() for part in (f"--{name}", str(value))])

    said = capsys.readouterr().out
    assert status == 0
    assert "700 of 700 texts have a link, 700 links are stored" in said
    assert "MB more for 10,000 texts" in said
