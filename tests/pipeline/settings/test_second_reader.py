"""The block of the optional second reader: wrong values stop with a sentence, files matter when they are used."""

from pathlib import Path

import pytest

from domain.failures.errors import ConfigError
from pipeline.settings.second_reader import read_key
from pipeline.settings.settings import Settings

BLOCK = '[second_reader]\nurl = "http://10.1.2.3:8000/v1"\nmodel = "qwen-test"\n'


@pytest.fixture(autouse=True)
def without_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    for name in list(os.environ):
        if name.startswith("QIANSHAO_"):
            monkeypatch.delenv(name)


def load(home: Path, block: str = BLOCK) -> Settings:
    (home / "settings.toml").write_text(block, encoding="utf-8")
    return Settings.load(home=home)


def test_there_is_none_unless_somebody_declares_it(tmp_path: Path):
    assert Settings.load(home=tmp_path).second_reader is None


def test_a_block_with_address_and_model_is_enough(tmp_path: Path):
    found = load(tmp_path).second_reader

    assert found is not None
    assert found.uncertain == (0.2, 0.8)
    assert (found.doubt.low, found.doubt.high) == (0.2, 0.8)


def test_the_environment_changes_single_values(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("QIANSHAO_SECOND_READER__PER_MINUTE", "3")
    monkeypatch.setenv("QIANSHAO_SECOND_READER__UNCERTAIN", "[0.3, 0.6]")

    found = load(tmp_path).second_reader

    assert found is not None
    assert (found.model, found.per_minute, found.uncertain) == ("qwen-test", 3, (0.3, 0.6))


@pytest.mark.parametrize(
    ("line", "named"),
    [
        pytest.param('url = "http://8.8.8.8/v1"\nmodel = "m"', "不在内网", id="an address outside"),
        pytest.param('url = "http://169.254.169.254/v1"\nmodel = "m"', "不在内网", id="a link-local address"),
        pytest.param('url = "10.1.2.3"\nmodel = "m"', "http://", id="no scheme"),
        pytest.param('url = "http://10.1.2.3/v1"', "second_reader.model: 缺少这一项", id="no model"),
        pytest.param('url = "http://10.1.2.3/v1"\nmodel = "a b"', "second_reader.model", id="no name of a model"),
        pytest.param(
            'url = "http://10.1.2.3/v1"\nmodel = "m"\nuncertain = [0.8, 0.2]', "先写小的", id="a range the wrong way"
        ),
        pytest.param(
            'url = "http://10.1.2.3/v1"\nmodel = "m"\nuncertain = [0.2, 1.8]', "second_reader.uncertain", id="above one"
        ),
        pytest.param(
            'url = "http://10.1.2.3/v1"\nmodel = "m"\nper_minute = 0', "per_minute: 不能小于1, 现值 0", id="never"
        ),
        pytest.param(
            'url = "http://10.1.2.3/v1"\nmodel = "m"\ncheck = false', "second_reader.check: 没有这一项", id="unknown"
        ),
    ],
)
def test_a_wrong_value_is_named(tmp_path: Path, line: str, named: str):
    with pytest.raises(ConfigError, match=named) as refused:
        load(tmp_path, f"[second_reader]\n{line}\n")

    assert "设置不对" in str(refused.value)
    assert "error" not in str(refused.value)


def test_a_key_is_read_only_from_a_file_of_ones_own(tmp_path: Path):
    path = tmp_path / "second_reader.key"
    path.write_text("token-1\n", encoding="ascii")
    path.chmod(0o644)
    with pytest.raises(ConfigError, match="chmod 600"):
        read_key(path)

    path.chmod(0o600)

    assert read_key(path) == "token-1"


@pytest.mark.parametrize("content", ["", "\n", "two words", "line\nline", "口令"])
def test_a_file_without_a_single_token_is_refused_and_not_quoted(tmp_path: Path, content: str):
    path = tmp_path / "second_reader.key"
    path.write_text(content, encoding="utf-8")
    path.chmod(0o600)

    with pytest.raises(ConfigError, match="口令文件") as refused:
        read_key(path)

    assert "words" not in str(refused.value)


def test_files_that_are_not_there_stop_the_asking_and_nothing_else(tmp_path: Path):
    missing = f'key_file = "{tmp_path}/no.key"\n'
    found = load(tmp_path, BLOCK + missing).second_reader
    assert found is not None
    with pytest.raises(ConfigError, match="key_file"):
        found.transport()

    found = load(tmp_path, f'{BLOCK}certificates = "{tmp_path}/no.pem"\n').second_reader
    assert found is not None
    with pytest.raises(ConfigError, match="certificates"):
        found.transport()
