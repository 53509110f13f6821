"""The key file: its owner's alone, whole at any moment, loud when it is gone."""

import json
from pathlib import Path

import pytest

from domain.failures.errors import KeyMissing
from storage.encryption.key_file import KeyFile, create_keyring, load_keyring, replace_keyring
from storage.encryption.keyring import Keyring
from storage.encryption.suites import Algorithm
from tests.conftest import KEY
from tests.fakes import NOON


def written(tmp_path: Path) -> tuple[Path, Keyring]:
    path = tmp_path / "keys" / "field.key"
    return path, create_keyring(path, Keyring.new(Algorithm.SM4_GCM, NOON))


def test_the_one_line_of_earlier_versions_is_the_first_key(tmp_path: Path):
    path = tmp_path / "field.key"
    path.write_text(KEY.hex() + "\n")

    assert load_keyring(path) == Keyring.of_secret(KEY)


def test_a_ring_with_a_retired_key_comes_back_from_its_file(tmp_path: Path):
    path, ring = written(tmp_path)
    changed = ring.with_new(Algorithm.AES_256_GCM, NOON).reindexed().retired(1)

    replace_keyring(path, changed)

    assert load_keyring(path) == changed
    assert ring.current.secret is not None
    assert ring.current.secret.hex() not in path.read_text()
    assert path.stat().st_mode & 0o077 == 0
    assert [one.name for one in path.parent.iterdir()] == ["field.key"]


def test_a_changed_file_is_read_again(tmp_path: Path):
    path, ring = written(tmp_path)
    file = KeyFile(path)
    assert file.ring() == ring

    replace_keyring(path, ring.with_new(Algorithm.SM4_GCM, NOON))

    assert file.ring().current.number == 2
    assert file.ring() is file.ring()


def test_a_lost_file_says_that_nobody_can_help(tmp_path: Path):
    with pytest.raises(KeyMissing, match="谁也打不开"):
        load_keyring(tmp_path / "field.key")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("", id="empty"),
        pytest.param("zz" * 32, id="no hexadecimal"),
        pytest.param("00" * 31, id="too short"),
        pytest.param("{", id="no JSON"),
        pytest.param(json.dumps({"keys": [], "indexed_from": 1}), id="no key"),
        pytest.param(json.dumps({"keys": [{"number": 1}], "indexed_from": 1}), id="half a key"),
    ],
)
def test_a_damaged_file_is_refused(tmp_path: Path, content: str):
    path = tmp_path / "field.key"
    path.write_text(content)

    with pytest.raises(KeyMissing, match=r"换回原来|备份"):
        load_keyring(path)
