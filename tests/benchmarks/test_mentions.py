"""The gold of the mentions benchmark and the reading of its marks."""

import json
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.mentions.gold import HERE, compile_gold
from benchmarks.mentions.run import form_of
from domain.failures.errors import FileError
from domain.links.mention import Mentions, PersonMention, PersonRole
from domain.places.region import RegionCode
from importers.places.gazetteer import read_gazetteer
from nlp.mention_evaluation import GoldText, evaluate_mentions
from nlp.places.forms import bare_stem
from nlp.training.mention_markup import read_marked

_EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "kehu"


def test_gold_is_what_its_sources_compile_to():
    lines = (HERE / "gold.jsonl").read_text(encoding="utf-8").splitlines()

    assert [json.loads(line) for line in lines] == compile_gold()


def test_every_offset_of_the_gold_points_at_what_is_marked():
    for record in compile_gold():
        content = f"{record['title']}\n{record['text']}" if record["title"] else record["text"]
        for one in (*record["persons"], *record["places"]):
            assert content[one["start"] : one["end"]] == one["name"]


def test_there_are_texts_of_every_kind():
    records = compile_gold()

    assert len(records) >= 600
    assert sum(not record["persons"] for record in records) >= 20
    assert min(Counter(record["genre"] for record in records).values()) >= 4


def test_every_village_of_the_gold_has_the_code_of_its_name():
    places = read_gazetteer([_EXAMPLE / "gazetteer.csv", _EXAMPLE / "groups.csv"], RegionCode("141124")).places
    names = {place.code.digits: (place.name, *(alias.name for alias in place.aliases)) for place in places}
    marked = {(one["name"], one["code"]) for record in compile_gold() for one in record["places"]}

    wrong = [
        (name, code)
        for name, code in marked
        if len(code) == 12
        and not name.endswith("组")
        and not any(known.startswith(bare_stem(name.removesuffix("委").removesuffix("支部"))) for known in names[code])
    ]

    assert wrong == []


def test_marks_become_offsets_and_a_name_is_marked_wherever_it_stands_again():
    source = "@ letter | 求助\n[庞建国|p]住{庞家庄|104202}，欠<m:3万元>。庞建国病了"

    (found,) = read_marked(source)

    assert found.text == "庞建国住庞家庄，欠3万元。庞建国病了"
    assert [(one["name"], one["role"], one["start"]) for one in found.persons] == [
        ("庞建国", "petitioner", 3),
        ("庞建国", "petitioner", 16),
    ]
    assert [(one["name"], one["code"], one["level"]) for one in found.places] == [("庞家庄", "141124104202", "village")]
    assert [one["text"] for one in found.values["amounts"]] == ["3万元"]


def test_a_broken_mark_is_named():
    with pytest.raises(FileError, match="第1篇"):
        list(read_marked("@ letter |\n[庞建国|sufferer]来访"))


def test_a_line_of_a_text_that_looks_like_a_heading_is_refused():
    with pytest.raises(FileError, match="第2篇: 第一行应当是"):
        list(read_marked("@ chat |\n[庞建国|p]问\n@ 所有人 今天停水"))


def test_scores_count_spans_roles_and_only_what_is_marked():
    text = GoldText.model_validate_json(
        json.dumps(
            {
                "id": "1",
                "text": "庞建国和薛改花",
                "persons": [
                    {"name": "庞建国", "role": "petitioner", "start": 0, "end": 3},
                    {"name": "薛改花", "role": "relative", "start": 4, "end": 7},
                ],
            }
        )
    )
    found = Mentions(
        persons=(
            PersonMention(name="庞建国", role=PersonRole.PETITIONER, start=0, end=3),
            PersonMention(name="薛改花", role=PersonRole.OTHER, start=4, end=7),
        )
    )

    scores = {one.kind: one for one in evaluate_mentions([text], lambda _title, _text: found)}

    assert scores["persons"].f1 == 1.0
    assert scores["persons_with_role"].f1 == 0.5
    assert scores["amounts"].expected == 0


@pytest.mark.parametrize(
    ("name", "form"),
    [
        pytest.param("王某某", "masked (王某某, 李*华)", id="masked"),
        pytest.param("曹三家婆姨", "relative of a name (张三家儿子)", id="relative"),
        pytest.param("贺大夫", "title (王主任, 雷老板)", id="title"),
        pytest.param("王老汉", "address (王大爷, 老张, 秦氏)", id="address"),
        pytest.param("庞建国", "full, three signs or more", id="full"),
        pytest.param("二狗", "two signs (刘伟, 海波, 二狗)", id="short"),
    ],
)
def test_forms_are_told_by_how_a_name_is_written(name: str, form: str):
    assert form_of(name) == form
