"""What is new, what corrects an earlier record, what is there already."""

import pytest

from domain.document import Petitioner, RawDocument
from domain.receipt import RowOutcome
from storage.intake import Taken
from storage.store import Store
from tests.factories import raw
from tests.fakes import NOON


def take(store: Store, *records: RawDocument) -> list[Taken]:
    with store.unit_of_work() as work:
        found = work.intake.take(records)
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
