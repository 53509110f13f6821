"""Versions of one text, on both databases."""

from domain.texts.document import DocumentId
from storage.store import Store
from tests.factories import document, raw


def test_the_versions_of_several_texts_are_those_of_each_one(store: Store):
    first, second, third, alone = (document(key).id for key in ("X001", "X002", "X003", "X004"))
    with store.unit_of_work() as work:
        for key in ("X001", "X002", "X003", "X004"):
            work.raw.add(raw(key))
        work.versions.add(second, first)
        work.versions.add(third, second)

        asked: list[DocumentId] = [third, alone, first]
        assert work.versions.families(asked) == {one: work.versions.all_of(one) for one in asked}
        assert work.versions.families([third])[third] == [first, second, third]
        assert work.versions.families([]) == {}


def test_versions_of_one_call_may_replace_one_another(store: Store):
    first, second, third, fourth = (document(key).id for key in ("X001", "X002", "X003", "X004"))
    with store.unit_of_work() as work:
        work.versions.add(second, first)
        made = work.versions.add_many([(third, second), (fourth, third)])

        assert [(one.original_id, one.number) for one in made] == [(first, 3), (first, 4)]
        assert work.versions.all_of(fourth) == [first, second, third, fourth]
        assert work.versions.add_many([]) == []
