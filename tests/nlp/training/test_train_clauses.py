"""The clause model learns from what readers marked, and from what they did not."""

import numpy as np
import pytest

from domain.failures.errors import ConfigError
from nlp.clause_model import NAMES
from nlp.training.heads import UNKNOWN
from nlp.training.labelled_texts import LabelledText
from nlp.training.train_clauses import check_marks, marked_clauses

_ILLNESS, _WATER, _URGENT = (NAMES.index(name) for name in ("illness", "water", "urgent"))


def _text(**fields: object) -> LabelledText:
    return LabelledText.model_validate({"id": "x", "text": "家里老人病了，水管也坏了", **fields})


def _targets(**fields: object):
    return marked_clauses([_text(**fields)]).targets


def test_the_marked_clause_is_evidence_and_the_others_of_the_text_are_not():
    targets = _targets(labels=["illness"], evidence={"illness": ["老人病了"]})

    assert targets[:, _ILLNESS].tolist() == [1, 0]


def test_of_a_label_without_marks_nothing_is_known():
    targets = _targets(labels=["illness"], urgent=True)

    assert targets[:, _ILLNESS].tolist() == [UNKNOWN, UNKNOWN]
    assert targets[:, _URGENT].tolist() == [UNKNOWN, UNKNOWN]


def test_in_a_text_without_a_label_no_clause_is_evidence_for_it():
    targets = _targets(labels=["illness"], evidence={"illness": ["老人病了"]})

    assert targets[:, _WATER].tolist() == [0, 0]
    assert targets[:, _URGENT].tolist() == [0, 0]


def test_every_clause_knows_its_text():
    marked = marked_clauses([_text(labels=[]), _text(id="y", labels=[])])

    own = len(marked.units) // 2
    assert own > 1
    assert np.array_equal(marked.owners, [0] * own + [1] * own)


def test_labels_without_marked_evidence_are_refused_with_a_word_on_what_to_do():
    marked = marked_clauses([_text(labels=["illness"], urgent=True)] * 8)

    with pytest.raises(ConfigError, match=r"illness.*urgent.*--marks"):
        check_marks(marked, np.arange(8) % 5)


def test_some_of_the_texts_keep_their_clauses_and_targets_and_are_numbered_anew():
    texts = [_text(labels=["illness"], evidence={"illness": ["老人病了"]}), _text(labels=[]), _text(labels=["water"])]
    marked = marked_clauses(texts)

    part = marked.of(np.array([True, False, True]))

    assert part.owners.tolist() == [0, 0, 1, 1]
    assert part.targets[:, _ILLNESS].tolist() == [1, 0, 0, 0]
    assert part.targets[:, _WATER].tolist() == [0, 0, UNKNOWN, UNKNOWN]
