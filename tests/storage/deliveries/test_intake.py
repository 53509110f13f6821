"""What is new, what corrects an earlier record, what is there already."""

from typing import Any

import pytest
from sqlalchemy import Row

from domain.deliveries.receipt import RowOutcome
from domain.texts.document import Petitioner, RawDocument
from storage.deliveries.known_records import Known, KnownRecords
from storage.deliveries.taken_records import Taken
from storage.store import Store
from tests.factories import raw
from tests.fakes import NOON


def take(store: Store, *records: RawDocument, office: str = "") -> list[Taken]:
    with store.unit_of_work() as work:
        found = work.intake.take(records, office)
        work.commit()
    return found


def petition(key: str = "X1", text: str = "家中有人患病，药费负担不起。", **changes: object) -> RawDocument:
    return raw(key, text, **changes)


def outcomes(found: list[Taken]) -> list[RowOutcome]:
    return [one.outcome for one in found]


def test_the_same_record_is_taken_in_once(store: Store):
    first = take(store, petition(), petition(), petition("X2"))
    again = take(store, petition("X2"), petition())

    assert outcomes(first) == [RowOutcome.ACCEPTED, RowOutcome.DUPLICATE, RowOutcome.ACCEPTED]
    assert again == [Taken(RowOutcome.DUPLICATE, petition("X2").id), Taken(RowOutcome.DUPLICATE, petition().id)]
    with store.reading() as work:
        assert work.raw.count() == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"petitioner": Petitioner(name="张三", phone="13800000000")},
        {"purpose": "求决"},
        {"published_at": NOON},
    ],
)
def test_a_correction_of_anything_but_the_text_is_a_version_too(store: Store, changes: dict[str, object]):
    take(store, petition())

    [corrected] = take(store, petition(**changes))
    [again] = take(store, petition(**changes))
    [first] = take(store, petition())

    assert (corrected.outcome, corrected.earlier_id) == (RowOutcome.CORRECTED, petition().id)
    assert corrected.document_id != petition().id
    assert (again.outcome, again.document_id) == (RowOutcome.DUPLICATE, corrected.document_id)
    assert (first.outcome, first.document_id) == (RowOutcome.DUPLICATE, petition().id)


def test_a_number_that_comes_back_with_another_person_and_another_matter_is_told(store: Store):
    him, her = Petitioner(name="张三"), Petitioner(name="李四")
    [first, mended, other] = take(
        store,
        petition(petitioner=him),
        petition(text="家中有人患病，药费负担不起，请求救助。", petitioner=him),
        petition(text="村里停水半个月。", petitioner=her),
    )
    [later] = take(store, petition(text="工资没有发放。", petitioner=him))
    [renamed] = take(store, petition(text="工资没有发放。", petitioner=Petitioner(name="张山")))

    assert [bool(one.replaces_another) for one in (first, mended, other)] == [False, False, True]
    assert (later.outcome, bool(later.replaces_another)) == (RowOutcome.CORRECTED, True)
    assert (renamed.outcome, renamed.replaces_another) == (RowOutcome.CORRECTED, None)


def test_a_column_that_nobody_interprets_makes_no_version(store: Store):
    take(store, petition(fields={"办理状态": "办理中"}))

    [taken] = take(store, petition(fields={"办理状态": "已办结"}))

    assert taken.outcome is RowOutcome.DUPLICATE


def test_versions_take_effect_in_the_order_in_which_they_came(store: Store):
    texts = [f"第{number}次补充：药费又涨了。" for number in range(4)]

    found = take(store, *(petition(text=text) for text in texts))

    with store.reading() as work:
        moments = [work.raw.get(one.document_id).received_at for one in found]
        assert moments == sorted(set(moments))
        assert work.versions.same_key([found[-1].document_id]) == {found[-1].document_id: found[-2].document_id}


def test_a_record_that_came_before_fingerprints_is_recognised(store: Store):
    with store.unit_of_work() as work:
        work.raw.add(petition())
        work.commit()

    [same] = take(store, petition())
    [other] = take(store, petition(petitioner=Petitioner(name="李四")))

    assert (same.outcome, other.outcome) == (RowOutcome.DUPLICATE, RowOutcome.CORRECTED)


A, B = "141124104", "141124105"


def test_the_number_of_another_office_is_another_petition_and_said_to_be_used_elsewhere(store: Store):
    [first] = take(store, petition("1"), office=A)

    [other] = take(store, petition("1", "窑洞裂了缝，下雨天不敢住。"), office=B)
    [own] = take(store, petition("1", "窑洞的裂缝更宽了。"), office=B)

    assert (other.outcome, other.earlier_id, other.number_used_elsewhere) == (RowOutcome.ACCEPTED, None, True)
    assert (own.outcome, own.earlier_id, own.number_used_elsewhere) == (RowOutcome.CORRECTED, other.document_id, False)
    assert first.number_used_elsewhere is False
    with store.reading() as work:
        assert work.versions.same_key([own.document_id, other.document_id]) == {own.document_id: other.document_id}


def test_a_repeat_of_what_another_office_delivered_tells_nothing_of_it(store: Store):
    take(store, petition("1"), office=A)

    assert take(store, petition("1"), office=B) == [Taken(RowOutcome.DUPLICATE, None)]
    assert take(store, petition("1")) == [Taken(RowOutcome.DUPLICATE, petition("1").id)]


def test_one_text_under_one_number_of_two_persons_is_two_records(store: Store):
    one, other = Petitioner(name="张三三"), Petitioner(name="李四四")
    take(store, petition("1", petitioner=one), office=A)

    [found] = take(store, petition("1", petitioner=other), office=B)

    assert found.outcome is RowOutcome.ACCEPTED
    with store.reading() as work:
        assert work.raw.count() == 2
        assert work.raw.get(found.document_id).petitioner == other


def test_an_accusation_is_not_overridden_by_another_office(store: Store):
    [accusation] = take(store, petition("1", purpose="揭发控告"), office=A)

    [other] = take(store, petition("1", purpose="求决"), office=B)

    assert other.outcome is RowOutcome.ACCEPTED
    with store.reading() as work:
        assert work.raw.get(accusation.document_id).purpose == "揭发控告"
        assert work.versions.same_key([other.document_id]) == {}


def test_the_deployment_corrects_an_offices_record_of_the_same_person_only(store: Store):
    person = Petitioner(name="张三三")
    [first] = take(store, petition("1", petitioner=person), office=A)

    [stranger] = take(store, petition("1", "另一个人的另一件事。", petitioner=Petitioner(name="李四四")))
    [again] = take(store, petition("2", petitioner=person), office=A)
    [corrected, later] = take(
        store,
        petition("2", "更正：住院的是他老伴。", petitioner=person),
        petition("2", "再更正：住院的是他母亲。", petitioner=person),
    )

    assert (stranger.outcome, stranger.number_used_elsewhere) == (RowOutcome.ACCEPTED, True)
    assert (corrected.outcome, corrected.earlier_id) == (RowOutcome.CORRECTED, again.document_id)
    assert (later.outcome, later.earlier_id) == (RowOutcome.CORRECTED, corrected.document_id)
    assert first.document_id != stranger.document_id
    [own] = take(store, petition("2", "办公室自己又更正。", petitioner=person), office=A)
    assert own.earlier_id == later.document_id


def test_what_has_no_number_is_not_said_to_share_one(store: Store):
    take(store, petition("content:1", petitioner=Petitioner(name="张三三", phone="13800000000")), office=A)

    [found] = take(store, petition("content:1", petitioner=Petitioner(name="张三三")), office=B)

    assert (found.outcome, found.number_used_elsewhere) == (RowOutcome.ACCEPTED, False)


WITHOUT = "content:0123456789"
SOMEBODY = Petitioner(name="张三三", phone="13900000000")


def unnumbered(**changes: object) -> RawDocument:
    return petition(WITHOUT, **{"petitioner": SOMEBODY, "published_at": NOON, **changes})


def numbered(key: str = "X7", **changes: object) -> RawDocument:
    return petition(key, **{"petitioner": SOMEBODY, "published_at": NOON, "unnumbered_key": WITHOUT, **changes})


def test_a_number_that_is_filled_in_makes_a_version_of_the_same_record(store: Store):
    [first] = take(store, unnumbered())

    [filled] = take(store, numbered())
    again = take(store, numbered(), unnumbered())

    assert (filled.outcome, filled.earlier_id) == (RowOutcome.CORRECTED, first.document_id)
    assert outcomes(again) == [RowOutcome.DUPLICATE, RowOutcome.DUPLICATE]
    with store.reading() as work:
        assert work.raw.count() == 2
        assert filled.document_id is not None
        assert work.versions.same_key([filled.document_id]) == {filled.document_id: first.document_id}


def test_a_record_with_a_late_number_is_corrected_by_its_number_and_known_without_it(store: Store):
    take(store, unnumbered())
    [filled] = take(store, numbered())

    [corrected] = take(store, numbered(text="家中有人患病，已经住院。"))
    [old] = take(store, unnumbered())

    assert (corrected.outcome, corrected.earlier_id) == (RowOutcome.CORRECTED, filled.document_id)
    assert old.outcome is RowOutcome.DUPLICATE
    with store.reading() as work:
        assert corrected.document_id is not None
        assert work.versions.same_key([corrected.document_id]) == {corrected.document_id: filled.document_id}


def test_what_else_was_mended_with_the_number_is_in_the_same_version(store: Store):
    [first] = take(store, unnumbered())

    [filled] = take(store, numbered(petitioner=Petitioner(name="张三三", phone="13800000000")))

    assert (filled.outcome, filled.earlier_id) == (RowOutcome.CORRECTED, first.document_id)


def test_a_second_number_for_the_same_content_is_another_record(store: Store):
    take(store, unnumbered())

    filled, other = take(store, numbered("X7"), numbered("X8"))

    assert outcomes([filled, other]) == [RowOutcome.CORRECTED, RowOutcome.ACCEPTED]
    assert outcomes(take(store, numbered("X8"), numbered("X7"))) == [RowOutcome.DUPLICATE, RowOutcome.DUPLICATE]


def test_without_and_with_a_number_in_one_delivery_is_one_record(store: Store):
    assert outcomes(take(store, unnumbered(), numbered(), numbered())) == [
        RowOutcome.ACCEPTED,
        RowOutcome.CORRECTED,
        RowOutcome.DUPLICATE,
    ]


def test_a_number_that_the_office_knows_already_stays_with_its_own_record(store: Store):
    take(store, numbered(text="窑洞裂缝，不敢住。", unnumbered_key="content:9"), unnumbered())

    [found] = take(store, numbered())

    assert found.earlier_id == numbered(text="窑洞裂缝，不敢住。").id


def test_what_comes_again_without_its_number_is_known(store: Store):
    [first] = take(store, numbered())

    [again] = take(store, unnumbered())
    [with_it] = take(store, numbered())

    assert again == Taken(RowOutcome.DUPLICATE, first.document_id, as_number="X7")
    assert with_it == Taken(RowOutcome.DUPLICATE, first.document_id)
    with store.reading() as work:
        assert work.raw.count() == 1


def test_with_and_without_a_number_in_one_delivery_is_one_record(store: Store):
    found = take(store, numbered(), unnumbered(), unnumbered())

    assert outcomes(found) == [RowOutcome.ACCEPTED, RowOutcome.DUPLICATE, RowOutcome.DUPLICATE]


@pytest.mark.parametrize(
    "changes",
    [
        {"petitioner": Petitioner(name="张三三", phone="13800000000")},
        {"purpose": "求决"},
        {"category": "医疗"},
    ],
)
def test_what_says_more_than_the_numbered_record_is_taken_in_without_its_number(
    store: Store, changes: dict[str, object]
):
    take(store, numbered())

    [found] = take(store, unnumbered(**changes))

    assert found == Taken(RowOutcome.ACCEPTED, found.document_id)


def test_what_another_office_numbered_stays_its_own(store: Store):
    take(store, numbered(), office="甲镇")

    [found] = take(store, unnumbered(), office="乙镇")

    assert found == Taken(RowOutcome.ACCEPTED, found.document_id)


def test_what_several_numbers_stand_for_is_taken_in_once_and_told(store: Store):
    take(store, numbered("X7"), numbered("X8"))

    [found] = take(store, unnumbered())
    [again] = take(store, unnumbered())

    assert (found.outcome, found.like_numbered) == (RowOutcome.ACCEPTED, True)
    assert again == Taken(RowOutcome.DUPLICATE, found.document_id)


def test_without_its_number_the_old_text_of_a_corrected_record_is_a_repeat_that_is_told(store: Store):
    [first] = take(store, numbered())
    [corrected] = take(store, numbered(text="家中有人患病，已经住院。", unnumbered_key="content:later"))

    [old] = take(store, unnumbered())

    assert (old.outcome, old.document_id) == (RowOutcome.DUPLICATE, first.document_id)
    assert old.in_effect is not None
    assert (old.in_effect.id, old.in_effect.has_number) == (corrected.document_id, False)


def test_without_a_day_nothing_is_known_by_what_came_with_a_number(store: Store):
    take(store, numbered(published_at=None))

    [found] = take(store, unnumbered(published_at=None))

    assert found == Taken(RowOutcome.ACCEPTED, found.document_id)


def test_a_namesake_without_phone_and_id_number_is_not_taken_for_the_one_with_a_number(store: Store):
    namesake = Petitioner(name="张三三", address="克虎镇庞家庄村")
    take(store, numbered(petitioner=namesake))

    [found] = take(store, unnumbered(petitioner=namesake))

    assert found == Taken(RowOutcome.ACCEPTED, found.document_id)


def test_without_its_number_a_petition_is_its_own_where_the_number_stands_for_another_person_since(store: Store):
    take(store, numbered())
    take(store, numbered(petitioner=Petitioner(name="李四四"), unnumbered_key="content:hers"))

    [found] = take(store, unnumbered())
    [again] = take(store, unnumbered())

    assert found == Taken(RowOutcome.ACCEPTED, found.document_id)
    assert again == Taken(RowOutcome.DUPLICATE, found.document_id)


def test_a_repeat_under_a_number_that_stands_for_another_person_since_tells_that(store: Store):
    take(store, numbered())
    take(store, numbered(petitioner=Petitioner(name="李四四"), unnumbered_key="content:hers"))

    [found] = take(store, numbered())

    assert found.outcome is RowOutcome.DUPLICATE
    assert found.in_effect is not None
    assert found.in_effect.of_another


def test_a_file_with_all_versions_of_a_record_says_nothing_of_the_old_one(store: Store):
    old, latest, apart = numbered(), numbered(text="家中有人患病，已经住院。"), numbered(text="村里停水半个月。")
    take(store, old, latest)

    both = take(store, old, latest)
    with_another = take(store, old, apart)

    assert outcomes(both) == [RowOutcome.DUPLICATE, RowOutcome.DUPLICATE]
    assert [one.in_effect for one in both] == [None, None]
    assert with_another[0].in_effect is not None


def test_of_many_numbers_that_stand_for_one_content_no_more_than_two_are_read(
    store: Store, monkeypatch: pytest.MonkeyPatch
):
    take(store, *(numbered(f"X{number}") for number in range(20)))
    read: list[object] = []
    kept = KnownRecords._known

    def known(records: KnownRecords, row: Row[Any]) -> Known:
        read.append(row)
        return kept(records, row)

    monkeypatch.setattr(KnownRecords, "_known", known)

    [another] = take(store, numbered("X99"))
    of_numbered = len(read)
    [found] = take(store, unnumbered())

    assert (another.outcome, found.outcome, found.like_numbered) == (RowOutcome.ACCEPTED, RowOutcome.ACCEPTED, True)
    assert (of_numbered, len(read)) == (0, 2)


def test_a_repeat_of_a_corrected_version_names_the_one_in_effect(store: Store):
    take(store, petition())
    [corrected] = take(store, petition(text="家中有人患病，已经住院。"))

    [old] = take(store, petition())
    [latest] = take(store, petition(text="家中有人患病，已经住院。"))

    assert old.in_effect is not None
    assert (old.in_effect.id, old.in_effect.has_number) == (corrected.document_id, True)
    assert latest == Taken(RowOutcome.DUPLICATE, corrected.document_id)


def test_nobody_is_told_what_another_office_corrected(store: Store):
    take(store, petition(), office="甲镇")
    take(store, petition(text="家中有人患病，已经住院。"), office="甲镇")

    [found] = take(store, petition(), office="乙镇")

    assert found == Taken(RowOutcome.DUPLICATE, None)


def test_another_offices_record_gets_no_number_from_us(store: Store):
    take(store, unnumbered(), office="141124105")

    [found] = take(store, numbered(), office="141124106")

    assert found.outcome is RowOutcome.ACCEPTED


def test_a_record_that_names_nobody_is_never_joined(store: Store):
    take(store, petition(WITHOUT))

    [found] = take(store, petition("X7", unnumbered_key=""))

    assert found.outcome is RowOutcome.ACCEPTED


def test_a_letter_that_an_earlier_release_kept_under_its_files_name_is_a_duplicate(store: Store):
    take(store, petition("content:old", "家中有人患病。", title="来信"))

    found = take(
        store,
        petition("content:new", "家中有人患病。", former_key="content:old"),
        petition("content:other", "村里停水。", former_key="content:never"),
    )

    assert found[0] == Taken(RowOutcome.DUPLICATE, petition("content:old", "家中有人患病。", title="来信").id)
    assert found[1].outcome is RowOutcome.ACCEPTED


def test_another_office_is_not_told_which_letter_an_earlier_release_kept(store: Store):
    take(store, petition("content:old", title="来信"), office="甲镇")

    [found] = take(store, petition("content:new", former_key="content:old"), office="乙镇")

    assert found == Taken(RowOutcome.DUPLICATE, None)


def test_a_numbered_letter_under_another_files_name_is_no_correction(store: Store):
    take(store, petition("X8", title="来信", titled_by_file=True))

    [again] = take(store, petition("X8", title="张三的信", titled_by_file=True))
    [changed] = take(store, petition("X8", "家中有人患病, 已出院。", title="来信", titled_by_file=True))

    assert again.outcome is RowOutcome.DUPLICATE
    assert changed.outcome is RowOutcome.CORRECTED
