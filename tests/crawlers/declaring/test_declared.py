"""One wrong declaration costs one medium."""

from pathlib import Path

from crawlers.declaring.declared import read_declared
from tests.crawlers.declaring.test_source import declaration


def write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_wrong_with_one_file_leaves_the_others_usable(tmp_path: Path):
    write(tmp_path, "good", declaration())
    bad = write(tmp_path, "bad", declaration(every_minutes="5"))
    write(tmp_path, "no_yaml", "title: [\n")
    (tmp_path / "folder.yml").mkdir()

    declared = read_declared([tmp_path])

    assert list(declared.usable) == ["good"]
    assert set(declared.unusable) == {"bad", "no_yaml", "folder"}
    assert declared.unusable["bad"].problem == f"来源 {bad} 不对: every_minutes: 不能小于10, 现值 5"


def test_a_name_that_stands_twice_is_used_from_neither_file(tmp_path: Path):
    first = write(tmp_path / "a", "paper", declaration())
    second = write(tmp_path / "b", "paper", declaration())
    write(tmp_path / "b", "other", declaration())

    declared = read_declared([tmp_path / "a", tmp_path / "b"])

    assert list(declared.usable) == ["other"]
    assert str(first) in declared.unusable["paper"].problem
    assert str(second) in declared.unusable["paper"].problem


def test_a_folder_that_does_not_exist_declares_nothing(tmp_path: Path):
    declared = read_declared([tmp_path / "nowhere"])

    assert (declared.usable, declared.unusable) == ({}, {})
