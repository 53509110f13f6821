"""The gate learns what the reader wants to read, serves as it was trained, and loses no more than it may."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from domain.failures.errors import ConfigError
from domain.risk import Risk
from nlp.classifying.classifier import load_classifier
from nlp.classifying.gate import GateManifest, load_gate
from nlp.training.gate_lessons import (
    ARTICLE,
    LEGAL,
    PARTS,
    PLAIN,
    THRESHOLD,
    Answer,
    Answers,
    Lesson,
    fingerprint,
    lessons_of,
    plain_texts,
)
from nlp.training.labelled_texts import LabelledText
from nlp.training.train_gate import Plan, _padded, _places, _Pupil, fit, taught, write

_SMALL = Plan(columns=4, bits=10, units=8, epochs=15, rate=2e-2, batch_characters=200)
_MANIFEST = GateManifest(version="gate-test", least=0.0, readers=("r",), trained_on="", weights_sha256="")
_NEED = "老王家药费负担不起，儿子病了"
_NEWS = "全县羽毛球公开赛开幕，观众踊跃"


def _lesson(number: int, *, wanted: bool, part: int = 2, kind: str = ARTICLE) -> Lesson:
    content = f"{_NEED if wanted else _NEWS}，第{number}回。"
    answer = Answer(text=str(number), reader="r", tagged=wanted, margin=4.0 if wanted else -6.0)
    return Lesson(content=content, kind=kind, part=part, labelled=False, answer=answer)


def _lessons(count: int, part: int) -> list[Lesson]:
    return [_lesson(number, wanted=number % 2 == 0, part=part) for number in range(count)]


def test_numpy_serves_what_torch_trained():
    pupil = _Pupil(_SMALL)
    gate = pupil.gate(_MANIFEST)
    contents = ["老人病了没钱看", "晴", "a B\n" * 30, "路灯坏了，" * 50, ""]

    trained = pupil(*_padded([_places(content, _SMALL.bits) for content in contents])).detach().numpy()

    assert np.allclose(gate.scores(contents), trained, atol=0.02)  # the table is rounded to 8 bits


def test_it_learns_to_tell_need_from_news():
    gate = fit(_lessons(60, 2), _MANIFEST, _SMALL)

    need, news = gate.scores([f"邻居说{_NEED}", f"昨天{_NEWS}"])
    assert need > news + 1


def test_the_threshold_loses_no_text_of_the_media_that_set_it():
    lessons = [*_lessons(60, 2), *_lessons(240, THRESHOLD)]

    gate = taught(lessons, "r", _SMALL)

    passed = gate.passed_by([lesson.content for lesson in lessons])
    assert [one is None for one in passed[60:]].count(True) >= 120
    assert gate.manifest.readers == ("r",)
    assert gate.manifest.version != taught(lessons, "another", _SMALL).manifest.version


def test_petitions_do_not_set_the_threshold():
    petitions = [_lesson(number, wanted=True, part=THRESHOLD, kind="letter") for number in range(240)]

    with pytest.raises(ConfigError, match="只有0条"):
        taught([*_lessons(20, 2), *petitions], "r", _SMALL)


def test_what_is_written_is_what_is_loaded(tmp_path: Path):
    gate = fit(_lessons(20, 2), _MANIFEST, _SMALL)
    write(gate.with_least(-1.5), tmp_path)

    loaded = load_gate(tmp_path)

    assert np.allclose(loaded.scores([_NEED, _NEWS]), gate.scores([_NEED, _NEWS]), atol=1e-4)
    assert (loaded.manifest.least, loaded.manifest.readers) == (-1.5, ("r",))


def test_answers_are_kept_without_a_word_of_the_text(tmp_path: Path):
    kept = tmp_path / "answers.jsonl"
    texts = [LabelledText(id=str(number), text=text, labels=()) for number, text in enumerate((_NEED, _NEWS))]
    classifier = load_classifier()

    first = Answers(classifier, kept).of(texts)
    again = Answers(classifier, kept)

    assert [answer.tagged for answer in first] == [True, False]
    assert first[0].margin > 0 > first[1].margin
    assert all(again.knows(text) for text in texts)
    assert again.of(texts) == first
    assert not any(word in kept.read_text("utf-8") for word in ("老王", "羽毛球"))
    assert len(kept.read_text("utf-8").splitlines()) == 2


def test_answers_of_another_reader_do_not_count(tmp_path: Path):
    kept, text = tmp_path / "answers.jsonl", LabelledText(id="1", text=_NEED, labels=())
    old = Answer(text=fingerprint(text), reader="older", tagged=False, margin=-9.0)
    kept.write_text(old.model_dump_json() + "\n", "utf-8")

    assert not Answers(load_classifier(), kept).knows(text)


class _Known(Answers):
    """Has an answer about everything."""

    def __init__(self) -> None:
        """Without a reader."""

    def knows(self, text: LabelledText) -> bool:
        return True

    def of(self, texts: Sequence[LabelledText]) -> list[Answer]:
        return [Answer(text=fingerprint(text), reader="r", tagged=False, margin=-5.0) for text in texts]


def test_a_text_comes_once_and_its_near_duplicates_are_in_its_part():
    labelled = [LabelledText(id="1", text=_NEED * 3, labels=(Risk.ILLNESS,), src="letter")]
    plain = [
        LabelledText(id="2", text=_NEED * 3, labels=(), src=PLAIN),
        LabelledText(id="3", text=_NEED * 3 + "。", labels=(), src=PLAIN),
    ]

    lessons = lessons_of(labelled, plain, _Known(), most=10)

    assert [(lesson.kind, lesson.wanted) for lesson in lessons] == [("letter", True), (PLAIN, False)]
    assert lessons[0].part == lessons[1].part < PARTS


def test_documents_of_a_plain_file_have_their_headlines(tmp_path: Path):
    article, law = (
        f"县里开了会\n{'今天下午召开会议，部署春耕。' * 12}",
        f"某条例\n第一条 {'为了规范管理，制定本条例。' * 12}",
    )
    path = tmp_path / "news.txt"
    path.write_text("\n\n".join((article, law, "下雨了。", article)), "utf-8")

    found = list(plain_texts(path))

    assert [(text.src, text.title) for text in found] == [(ARTICLE, "县里开了会"), (LEGAL, "某条例"), (PLAIN, "")]


def test_lines_of_json_bring_their_source(tmp_path: Path):
    path = tmp_path / "posts.jsonl"
    path.write_text('{"pid": "7", "src": "posts", "title": "求助", "text": "路断了"}\n', "utf-8")

    [text] = plain_texts(path)

    assert (text.id, text.src, text.content) == ("7", "posts", "求助\n路断了")


def test_a_file_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(ConfigError, match=r"gone\.txt"):
        list(plain_texts(tmp_path / "gone.txt"))
