import json
from pathlib import Path

import pytest

from domain.failures.errors import ConfigError, FileError
from domain.links.mention import PersonRole
from nlp.training.labelled_texts import read_records
from nlp.training.marked_texts import (
    FOLDER,
    FURTHER_READINGS,
    READINGS,
    PersonReading,
    read_readings,
    read_training_texts,
    referred,
    training_texts,
)
from nlp.training.mention_markup import read_marked


def test_a_marked_name_in_the_title_is_plain_text_with_its_place():
    (found,) = read_marked("@ letter | 关于[庞建国|p]来信的回复\n[庞建国|p]您好")

    assert found.title == "关于庞建国来信的回复"
    assert found.text == "庞建国您好"
    assert [one["start"] for one in found.persons] == [2, 11]


def test_every_training_text_is_read_and_its_marks_point_at_names():
    texts = read_training_texts()

    assert len(texts) > 1000
    for text in texts:
        for start, end in text.persons:
            assert 0 <= start < end <= len(text.content)
            assert text.content[start:end].strip()


def test_neighbours_are_in_the_same_part(tmp_path: Path):
    (tmp_path / "some.txt").write_text("".join(f"@ letter |\n[庞建国|p]来访{number}\n" for number in range(10)))

    texts = read_training_texts(tmp_path)

    assert [text.fold(2) for text in texts] == [0] * 5 + [1] * 5
    assert texts[0].persons == {(0, 3): PersonRole.PETITIONER}


def test_a_broken_mark_names_file_and_text(tmp_path: Path):
    (tmp_path / "broken.txt").write_text("@ letter |\n[庞建国|sufferer]来访")

    with pytest.raises(FileError, match=r"broken\.txt 第1篇"):
        read_training_texts(tmp_path)


def test_a_name_that_the_referred_text_lacks_is_named(tmp_path: Path):
    known = (FOLDER / "authored.txt").read_text(encoding="utf-8").split()[0]
    file = tmp_path / "authored.txt"
    file.write_text(f"{known} 无此人名|p\n", encoding="utf-8")

    with pytest.raises(FileError, match=f"{known}.*无此人名"):
        list(referred(file))


def test_no_text_of_the_figures_is_trained_on():
    benchmark = Path(__file__).parents[3] / "benchmarks" / "mentions" / "gold.jsonl"
    records = map(json.loads, benchmark.read_text(encoding="utf-8").splitlines())
    gold = {f"{record['title']}\n{record['text']}" if record["title"] else record["text"] for record in records}

    assert not [text.number for text in read_training_texts() if text.content in gold]


def test_the_files_of_one_writer_are_one_voice(tmp_path: Path):
    for name in ("writer_7_city", "writer_7_news", "other"):
        (tmp_path / f"{name}.txt").write_text("@ letter |\n[庞建国|p]来访\n")

    assert [text.file for text in read_training_texts(tmp_path)] == ["other", "writer_7", "writer_7"]


def test_a_message_is_found_by_its_id_and_keeps_whom_a_reader_saw(tmp_path: Path):
    readings, texts = _readings(tmp_path, [[0, 3, "p"], [7, 10, "o"]])

    (message,) = read_readings(readings, [texts])

    assert message.content == "庞建国来信\n向薛海峰反映"
    assert message.persons == {(0, 3): PersonRole.PETITIONER, (7, 10): PersonRole.OFFICIAL}
    assert training_texts([message])[0].persons == message.persons


def test_a_message_that_is_nowhere_is_named(tmp_path: Path):
    readings, texts = _readings(tmp_path, [])
    texts.write_text("", encoding="utf-8")

    with pytest.raises(ConfigError, match="city-1"):
        read_readings(readings, [texts])


def test_a_reading_that_ends_behind_its_message_is_named(tmp_path: Path):
    readings, texts = _readings(tmp_path, [[11, 14, "p"]])

    with pytest.raises(ConfigError, match=r"city-1.*超出了正文"):
        read_readings(readings, [texts])


def test_no_message_of_the_figures_is_learned_from():
    measured = Path(__file__).parents[3] / "benchmarks" / "mentions" / "messages.jsonl"
    learned, further, held = (
        [one.id for one in read_records(path, PersonReading)] for path in (READINGS, FURTHER_READINGS, measured)
    )

    assert min(len(learned), len(further)) > 1000
    assert len({*learned, *further, *held}) == len(learned) + len(further) + len(held)


def _readings(folder: Path, persons: list[list[object]]) -> tuple[Path, Path]:
    readings, texts = folder / "readings.jsonl", folder / "texts.jsonl"
    readings.write_text(json.dumps({"id": "city-1", "persons": persons}), encoding="utf-8")
    record = {"pid": "city-1", "title": "庞建国来信", "text": "向薛海峰反映"}
    texts.write_text(json.dumps(record), encoding="utf-8")
    return readings, texts
