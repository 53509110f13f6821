"""Raw texts and documents."""

from datetime import UTC, datetime

import pytest

from domain.texts.document import DocumentId, Petitioner
from storage.store import Store
from tests.factories import VILLAGE, document, raw


def test_a_raw_text_comes_back_as_it_was(store: Store):
    text = raw(
        title="求助",
        published_at=datetime(2026, 9, 3, tzinfo=UTC),
        petitioner=Petitioner(name="张三", phone="13800000000", id_number="141124196101010000"),
        region=VILLAGE,
        fields={"信访件编号": "X001"},
    )

    with store.unit_of_work() as work:
        assert work.raw.add(text)
        assert work.raw.get(text.id) == text


def test_the_same_text_is_added_once(store: Store):
    with store.unit_of_work() as work:
        assert work.raw.add(raw())
        assert not work.raw.add(raw())
        assert work.raw.count() == 1


def test_a_text_is_found_by_its_key(store: Store):
    with store.unit_of_work() as work:
        work.raw.add(raw("X001"))

        assert work.raw.under_address(["X001"]) == [raw("X001").id]
        assert work.raw.under_address(["X002"]) == []


def test_documents_come_back_in_the_order_asked_for(store: Store):
    first, second = document("A", "第一份材料"), document("B", "第二份材料")

    with store.unit_of_work() as work:
        work.documents.add(first)
        work.documents.add(second)

        assert work.documents.many([second.id, first.id]) == [second, first]


def test_a_document_that_is_not_there_is_a_lookup_error(store: Store):
    with store.unit_of_work() as work, pytest.raises(LookupError):
        work.documents.get(DocumentId("missing"))
