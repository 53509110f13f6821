"""The index of near-duplicates, versions of documents, and marks of petitioners."""

import pytest

from domain.texts.document import DocumentId, Petitioner
from nlp.repeats.near_duplicates import Compared, bands_of, signature
from storage.store import Store
from storage.texts.signatures import Signed
from tests.factories import raw
from tests.fakes import NOON

TEXT = "庞家庄村民来访反映去年查出重病，每周去县城三次，花去医药费十二万元，家中只有老伴一人种着八亩枣树。"
OTHER = "高家湾村的自来水已经停了两个月，村民每天要到沟底去挑水，老人挑不动，请求尽快修好水泵和管道。"


def signed(name: str, text: str) -> Signed:
    made = signature(Compared.of(text))
    return Signed(DocumentId(name), made.bands, made.values)


def names(found: list[list[tuple[DocumentId, bytes]]]) -> list[list[str]]:
    return [[str(document_id) for document_id, _ in one] for one in found]


def test_a_text_meets_those_that_came_before_it_in_the_same_call_or_an_earlier_one(store: Store):
    with store.unit_of_work() as work:
        assert names(work.signatures.add([signed("a", TEXT), signed("b", OTHER), signed("c", TEXT)])) == [[], [], ["a"]]
        work.commit()

    with store.unit_of_work() as work:
        assert names(work.signatures.add([signed("d", TEXT)])) == [["a", "c"]]


def test_adding_a_text_again_changes_nothing(store: Store):
    with store.unit_of_work() as work:
        work.signatures.add([signed("a", TEXT)])
        before = work.signatures.count()

        assert names(work.signatures.add([signed("a", TEXT)])) == [[]]
        assert work.signatures.count() == before


def test_a_forgotten_text_takes_its_bands_with_it_and_leaves_the_others(store: Store):
    with store.unit_of_work() as work:
        work.signatures.add([signed("a", TEXT), signed("b", OTHER), signed("short", "没有水吃")])
        work.signatures.forget([DocumentId("a"), DocumentId("short"), DocumentId("missing")], bands_of)

        assert work.signatures.count() == (1, len(set(signed("b", OTHER).bands)))
        assert names(work.signatures.add([signed("c", TEXT), signed("d", OTHER)])) == [[], ["b"]]


def test_bands_that_were_merged_are_found_and_forgotten_like_the_others(store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("storage.texts.signatures._MERGED_AT_ONCE", 2)
    with store.unit_of_work() as work:
        for name in "abcde":
            work.signatures.add([signed(name, TEXT)])
        before = work.signatures.count()

        assert names(work.signatures.add([signed("f", TEXT)])) == [list("abcde")]
        assert work.signatures.count() == (before[0] + 1, before[1] + len(set(signed("f", TEXT).bands)))
        work.signatures.forget([DocumentId(name) for name in "abcdef"], bands_of)
        assert work.signatures.count() == (0, 0)


def test_a_band_full_of_one_form_takes_no_more_and_the_nearest_texts_come_first(store: Store):
    form = "现将本月拟新增低保对象公示如下，公示期为七天，如有异议请向乡镇民政办反映，特此公示。"
    notices = [signed(f"n{number}", f"{form}{'甲乙丙丁戊己庚辛壬癸'[number % 10] * 9}{number}") for number in range(80)]

    with store.unit_of_work() as work:
        work.signatures.add(notices)
        signatures, bands = work.signatures.count()
        found = names(work.signatures.add([Signed(DocumentId("again"), notices[7].bands, notices[7].values)]))

    assert signatures == 80
    assert bands < 80 * 24
    assert found[0][0] == "n7"
    assert len(found[0]) <= 8


def test_versions_are_numbered_from_the_first_one(store: Store):
    first, second, third = (DocumentId(name) for name in "abc")

    with store.unit_of_work() as work:
        assert work.versions.add(second, first).number == 2
        made = work.versions.add(third, second)

        assert (made.original_id, made.number) == (first, 3)
        for one in (first, second, third):
            assert work.versions.all_of(one) == [first, second, third]
        assert work.versions.known([third, first]) == {third: made}
        work.versions.forget([second])
        assert work.versions.all_of(third) == [first, third]


def test_the_text_before_under_the_same_key_is_found_and_none_of_another_source(store: Store):
    old, new = raw("url", "第一次写的内容"), raw("url", "改过的内容", received_at=NOON.replace(hour=9))
    elsewhere = raw("url", "别处的内容", source="another")

    with store.unit_of_work() as work:
        for one in (old, new, elsewhere):
            work.raw.add(one)

        assert work.versions.same_key([old.id, new.id, elsewhere.id]) == {new.id: old.id}


def test_petitions_under_one_phone_or_id_number_find_each_other_and_the_numbers_are_not_stored(store: Store):
    both = Petitioner(name="张三三", phone="13800000000", id_number="141124196101010000")
    phone = Petitioner(name="张三三", phone="13800000000")
    nobody = Petitioner(name="张三三")

    with store.unit_of_work() as work:
        work.petitioner_marks.add([(DocumentId("a"), both), (DocumentId("b"), phone), (DocumentId("c"), nobody)])

        assert work.petitioner_marks.sharing([both]) == ["a", "b"]
        assert work.petitioner_marks.sharing([nobody]) == []
        work.petitioner_marks.forget([DocumentId("a")])
        assert work.petitioner_marks.sharing([phone]) == ["b"]
