"""Arrays are kept encrypted, whole or not at all; what cannot be opened is computed again."""

from pathlib import Path

import numpy as np

from storage.encryption.cipher import FieldCipher
from storage.encryption.kept_arrays import KeptArrays

NAMES = {"names": np.array(["庞某甲", "李某乙"]), "numbers": np.arange(3, dtype=np.int32)}


def kept(tmp_path: Path, key: bytes = b"k" * 32) -> KeptArrays:
    return KeptArrays(tmp_path / "index", FieldCipher(key))


def test_arrays_come_back_as_they_were(tmp_path: Path):
    kept(tmp_path).write("registry-1", NAMES)

    found = kept(tmp_path).read("registry-1")

    assert found is not None
    assert all(np.array_equal(found[name], NAMES[name]) and found[name].dtype == NAMES[name].dtype for name in NAMES)


def test_nothing_of_them_can_be_read_in_the_file(tmp_path: Path):
    kept(tmp_path).write("registry-1", NAMES)

    [path] = (tmp_path / "index").iterdir()

    assert "庞".encode("utf-32-le") not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0


def test_only_the_newest_is_kept(tmp_path: Path):
    kept(tmp_path).write("registry-1", NAMES)
    kept(tmp_path).write("registry-2", NAMES)

    assert kept(tmp_path).read("registry-1") is None
    assert kept(tmp_path).read("registry-2") is not None


def test_what_was_changed_or_has_another_key_is_as_if_it_were_not_there(tmp_path: Path):
    kept(tmp_path).write("registry-1", NAMES)
    assert kept(tmp_path, b"x" * 32).read("registry-1") is None

    [path] = (tmp_path / "index").iterdir()
    *whole, last = path.read_bytes()
    path.write_bytes(bytes([*whole, last ^ 1]))

    assert kept(tmp_path).read("registry-1") is None
    assert kept(tmp_path).read("registry-9") is None
