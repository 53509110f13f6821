"""The register is indexed once a version; texts find their households in it, and the archive teaches the parameters."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from domain.links.household_judgement import HouseholdVerdict
from domain.links.link import LinkDecision
from domain.links.mention import DocumentMentions, Mentions, PersonMention, PersonRole, PlaceMention
from domain.places.place import Place
from domain.places.region import Level
from domain.register.household import Household, HouseholdId, Relation
from nlp.places.gazetteer import Gazetteer
from pipeline.linking.parameters import load_parameters
from pipeline.stages import linker as linker_module
from pipeline.stages.estimate_linking import estimate_on_archive
from pipeline.stages.link import LinkStage, facts_of
from pipeline.stages.linker import Linker, load_linker, version_of
from pipeline.stages.run import run_stages
from storage.store import Store
from tests.factories import COUNTY, VILLAGE, document, household, person, raw
from tests.fakes import NOON, FakeClock
from tests.pipeline.judging import GivenScores, Judging
from tests.pipeline.stages.test_judge_households import REGISTER, TEXT, A, B

FIRST, SECOND = HouseholdId("1411241042020001"), HouseholdId("1411241042020002")
PARAMETERS = load_parameters()
GAZETTEER = Gazetteer([Place(code=VILLAGE, name="庞家庄村委会")], COUNTY)


def take_in(store: Store, *households: Household) -> None:
    with store.unit_of_work() as work:
        work.registry.import_households(households, file="台账.xlsx", file_sha256="0" * 64, at=NOON)
        work.commit()


def linker_of(store: Store, folder: Path) -> Linker:
    with store.reading() as work:
        return load_linker(work, store.kept_arrays(folder), PARAMETERS)


def petition(store: Store, linker: Linker, key: str, name: str) -> None:
    text = f"庞家庄村民{name}（65岁）患病，药费负担不起。"
    own = document(key, text)
    start = text.index(name)
    place = PlaceMention(code=VILLAGE, level=Level.VILLAGE, name="庞家庄", start=0, end=3)
    named = PersonMention(name=name, role=PersonRole.SUFFERER, start=start, end=start + len(name), age=65)
    mentions = Mentions(persons=(named,), places=(place,))
    with store.unit_of_work() as work:
        work.documents.add(own)
        work.mentions.add(DocumentMentions(document_id=own.id, mentions=mentions, version="test"), NOON)
        stage = LinkStage("link-test", GAZETTEER, lambda: linker)
        [(_, item)] = stage.load(work, [own.id])
        stage.process(work, item, NOON)
        work.commit()


def test_the_index_is_built_once_and_kept(sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    take_in(sqlite_store, household(FIRST, person("庞建国"), person("李秀英", Relation.SPOUSE)))
    first = linker_of(sqlite_store, tmp_path / "index")
    monkeypatch.setattr(linker_module, "build_index", None)  # building it again would be an error now

    again = linker_of(sqlite_store, tmp_path / "index")

    assert again.index.named("李秀英") == first.index.named("李秀英") != []
    assert again.version == version_of(1, PARAMETERS)


def test_a_new_version_of_the_register_is_indexed_anew(sqlite_store: Store, tmp_path: Path):
    take_in(sqlite_store, household(FIRST, person("旧名甲")))
    linker_of(sqlite_store, tmp_path / "index")
    take_in(sqlite_store, household(FIRST, person("新名甲")))

    found = linker_of(sqlite_store, tmp_path / "index")

    assert found.index.named("旧名甲") == []
    assert len(found.index.named("新名甲")) == 1
    assert found.registry_version == 2


def test_another_register_of_the_same_version_is_indexed_anew(sqlite_store: Store, tmp_path: Path):
    take_in(sqlite_store, household(FIRST, person("庞建国")))
    own = sqlite_store.kept_arrays(tmp_path / "index")
    stale = linker_module.build_index([])
    own.write(f"{linker_module.FORMAT}-registry-1-another", stale.arrays())

    assert linker_of(sqlite_store, tmp_path / "index").index.named("庞建国") != []


def test_another_finder_of_mentions_makes_another_link(sqlite_store: Store, tmp_path: Path):
    take_in(sqlite_store, household(FIRST, person("庞建国")))
    linker = linker_of(sqlite_store, tmp_path / "index")
    petition(sqlite_store, linker, "X1", "庞建国")
    with sqlite_store.unit_of_work() as work:
        [document_id] = work.links.documents()
        work.mentions.add(DocumentMentions(document_id=document_id, mentions=Mentions(), version="later"), NOON)
        stage = LinkStage("link-test", GAZETTEER, lambda: linker)
        [(_, item)] = stage.load(work, [document_id])
        stage.process(work, item, NOON)

        found = work.links.latest(document_id)
    assert found is not None
    assert found.decision is LinkDecision.NONE


def test_a_text_is_linked_to_its_household_and_a_number_finds_it_too(sqlite_store: Store, tmp_path: Path):
    others = (household(f"14112410420201{number:02}", person(f"薛{a}{b}")) for number, (a, b) in enumerate(_GIVEN))
    take_in(
        sqlite_store,
        household(FIRST, person("庞建国")),
        household(SECOND, person("李某", phone="13800000000")),
        *others,
    )
    linker = linker_of(sqlite_store, tmp_path / "index")
    petition(sqlite_store, linker, "X1", "庞建国")

    with sqlite_store.reading() as work:
        [facts] = facts_of(work, work.links.documents(), GAZETTEER)
        [found] = linker.candidates(work, [facts])
        link = linker.link(facts, found)

    assert link.decision is LinkDecision.LINKED
    assert link.household_id == FIRST
    assert "年龄与台账相符" in link.candidates[0].why
    assert len(link.candidates[0].weights) == len(link.candidates[0].why)


_GIVEN = [(first, last) for first in "改卫守玉桂" for last in "英花东田梅"]


def test_the_archive_teaches_the_parameters(sqlite_store: Store, tmp_path: Path):
    take_in(sqlite_store, household(FIRST, person("庞建国")))
    linker = linker_of(sqlite_store, tmp_path / "index")
    for number in range(3):
        petition(sqlite_store, linker, f"X{number}", "庞建国")
    petition(sqlite_store, linker, "Y", "无此人")

    found = estimate_on_archive(sqlite_store, linker, GAZETTEER, date(2026, 11, 1))

    assert (found.telling, found.sampled, found.archive) == (3, 4, 4)
    assert found.parameters.version == "own-20261101"
    assert found.parameters.not_in_register < PARAMETERS.not_in_register


def test_a_large_archive_is_sampled(sqlite_store: Store, tmp_path: Path):
    take_in(sqlite_store, household(FIRST, person("庞建国")))
    linker = linker_of(sqlite_store, tmp_path / "index")
    for number in range(5):
        petition(sqlite_store, linker, f"X{number}", "庞建国")

    first, again = (estimate_on_archive(sqlite_store, linker, GAZETTEER, date(2026, 11, 1), most=3) for _ in range(2))

    assert (first.telling, first.sampled, first.archive) == (3, 3, 5)
    assert first == again


def test_going_back_to_earlier_parameters_links_everything_again_where_it_is_asked_for(store: Store, tmp_path: Path):
    county = Judging(store, FakeClock(), tmp_path)
    county.deliver(*REGISTER)
    county.arrive(TEXT, A)

    def run(version: str, household_id: str, *, back: bool = False) -> tuple[int, HouseholdId | None]:
        """How many texts were linked by these parameters, and where the text is then."""
        county.clock.move(minutes=1)
        county.scores[TEXT.id] = (household_id,)
        link: LinkStage = GivenScores(store, county.scores, version)
        with store.reading() as work:
            overtaken = work.links.overtaken_at(link.version)
        if back and overtaken is not None:
            link = GivenScores(store, county.scores, link.again(overtaken).version)
        stages = [*county.stages_before_link(), link]
        report = run_stages(store, stages, county.clock, batch_size=10, progress=lambda stage, count: None)[-1]
        return report.seen, county.link_of(TEXT).household_id

    assert run("params-1", A, back=True) == (1, A)
    assert run("params-2", B) == (1, B)
    assert run("params-1", A) == (0, B)
    assert run("params-1", A, back=True) == (1, A)
    assert run("params-1", A, back=True) == (0, A)
    assert run("params-10", B, back=True) == (1, B)
    assert run("params-1", A, back=True) == (1, A)
    assert [run("params-2", B)[0], run("params-1", A)[0]] == [0, 0]
    assert run("params-2", B, back=True) == (1, B)


def test_a_text_linked_by_earlier_parameters_since_does_not_hide_that_others_linked(store: Store, tmp_path: Path):
    county = Judging(store, FakeClock(), tmp_path)
    county.deliver(*REGISTER)
    later = raw("N", "家里的窑洞塌了半边，没有地方住。")
    county.arrive(TEXT, A)
    county.arrive(later, A)
    with store.unit_of_work() as work:
        for text, version in ((TEXT, "params-1+x"), (TEXT, "params-2+x"), (later, "params-1+x")):
            work.links.add(replace(county.link_of(text), version=version), NOON)

        assert work.links.overtaken_at("params-1") is not None
        assert work.links.overtaken_at("params-2") is not None
        assert work.links.overtaken_at("params") is None


def test_what_a_cadre_said_leaves_the_parameters_in_force(store: Store, tmp_path: Path):
    county = Judging(store, FakeClock(), tmp_path)
    county.deliver(*REGISTER)
    county.arrive(TEXT, A)
    wanted = county.link_of(TEXT).version.rpartition("+")[0]
    county.say(TEXT, B, HouseholdVerdict.SAME)
    county.process()

    with store.reading() as work:
        assert work.links.overtaken_at(wanted) is None
        assert work.links.overtaken_at("params-1") is None
