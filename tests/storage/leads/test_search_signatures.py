"""Signatures that hold every word, tell little, and nothing without the key."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, select

from domain.accounts.access_scope import AccessScope
from domain.leads.lead import LeadId
from storage.leads.filter import LeadFilter, SearchTerm
from storage.leads.search_signatures import comparable, pairs_of
from storage.store import Store, open_store
from storage.tables.feed import search_signatures
from tests.factories import COUNTY, OTHER_VILLAGE, VILLAGE, lead

LETTER = "家里老人查出肾病要长期透析，Ｂ超做了三次，去年秋天借了两万元还没有还上。"
TEXTS = st.text(alphabet=st.sampled_from("家里老人查出肾病透析ABaｂ１2 ，。\n"), min_size=2, max_size=60)


def found(store: Store, *words: str, region: object = COUNTY) -> list[str]:
    terms = tuple(SearchTerm(text=comparable(word)) for word in words)
    with store.reading() as work:
        return [view.lead.id for view in work.leads.feed(LeadFilter(scope=AccessScope(region), terms=terms))]  # type: ignore[arg-type]


def add(store: Store, name: str, *texts: str, region: object = VILLAGE) -> None:
    with store.unit_of_work() as work:
        work.leads.add(lead(name, region=region, matter=name))
        for text in texts:
            work.search_signatures.add(name, [text])
        work.commit()


def test_every_word_of_a_text_is_found_and_few_others_are(store: Store):
    add(store, "a", LETTER)

    for word in ("透析", "肾病要长期", "b超", "Ｂ超做了", "老人 查出"):
        assert found(store, word) == ["a"]
    missed = [word for word in ("红枣", "窑洞", "学费", "打工", "水管", "低保", "冰雹", "塌了") if found(store, word)]
    assert len(missed) <= 1


def test_all_words_have_to_be_held(store: Store):
    add(store, "a", LETTER)
    assert found(store, "透析", "两万元") == ["a"]
    assert found(store, "透析", "冰雹打坏") == []


def test_a_second_text_adds_to_the_first(store: Store):
    add(store, "a", LETTER, "窑洞塌了半边。")
    assert found(store, "透析") == found(store, "窑洞塌了") == ["a"]


def test_the_region_is_part_of_the_question(store: Store):
    add(store, "a", LETTER)
    assert found(store, "透析", region=OTHER_VILLAGE) == []


def test_one_character_is_in_no_signature(store: Store):
    add(store, "a", LETTER)
    assert found(store, "肾") == []


def test_a_number_finds_its_lead(store: Store):
    add(store, "a1b2c3d4e5f6")
    assert found(store, "a1b2c3") == found(store, "A1B2C3D4") == ["a1b2c3d4e5f6"]
    assert found(store, "a1") == []


def test_what_was_forgotten_is_found_no_more(store: Store):
    add(store, "a", LETTER)
    with store.unit_of_work() as work:
        work.search_signatures.forget("a")
        work.commit()
    assert found(store, "透析") == []


def test_another_key_sets_other_bits(store: Store, database_url: str):
    add(store, "a", LETTER)
    other = open_store(database_url, bytes(32))
    add(other, "b", LETTER)
    other.close()

    engine = create_engine(database_url)
    with engine.connect() as connection:
        rows = {row.lead_id: tuple(row)[1:] for row in connection.execute(select(search_signatures))}
    engine.dispose()
    assert rows["a"] != rows["b"]
    shared = sum(bin(one & two).count("1") for one, two in zip(rows["a"], rows["b"], strict=True))
    assert shared < sum(bin(one).count("1") for one in rows["a"]) / 4


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(text=TEXTS, data=st.data())
def test_whatever_stands_in_a_text_is_found(sqlite_store: Store, text: str, data: st.DataObject):
    start = data.draw(st.integers(0, len(text) - 1))
    word = comparable(text[start : start + data.draw(st.integers(2, 12))])
    with sqlite_store.unit_of_work() as work:
        work.leads.add(replace(lead("x", matter="x"), id=LeadId("x")))
        work.search_signatures.forget("x")
        work.search_signatures.add("x", [text])
        hits = work.leads.feed(LeadFilter(scope=AccessScope(COUNTY), terms=(SearchTerm(text=word),)))
        assert bool(hits) == (len(word) > 1)


def test_pairs_ignore_width_case_and_spaces():
    assert list(pairs_of("Ｂ超 b")) == ["b超", "超b"]
