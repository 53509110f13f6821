"""The benchmark's figures on tables small enough to check by hand."""

import numpy as np
import pytest

from benchmarks.classifier.figures import best_micro_f1, calibration_error, head_f1, macro_f1, micro_f1, recall_at
from benchmarks.classifier.split import split
from nlp.training.labelled_texts import LabelledText

_TABLE = np.array([[0.9, 0.1], [0.6, 0.4], [0.2, 0.8], [0.1, 0.3]], dtype=np.float32)
_TRUTH = np.array([[1, 0], [0, 1], [0, 1], [0, 0]], dtype=np.int8)


def test_micro_f1_counts_cells_at_each_heads_own_threshold():
    assert micro_f1(_TABLE, np.array([0.5, 0.5], dtype=np.float32), _TRUTH) == pytest.approx(2 * 2 / (3 + 3))


def test_the_best_single_threshold_is_found():
    assert best_micro_f1(_TABLE, _TRUTH) == pytest.approx(2 * 3 / (3 + 4))


def test_macro_f1_is_the_mean_over_heads_with_an_example():
    truth = np.concatenate([_TRUTH, np.zeros((4, 1), dtype=np.int8)], axis=1)
    table = np.concatenate([_TABLE, np.zeros((4, 1), dtype=np.float32)], axis=1)
    assert macro_f1(table, np.full(3, 0.5, dtype=np.float32), truth) == pytest.approx((2 / 3 + 2 / 3) / 2)


def test_texts_nobody_was_asked_about_do_not_count():
    found = np.array([0.9, 0.9, 0.1], dtype=np.float32)
    assert head_f1(found, 0.5, np.array([1, -1, 0], dtype=np.int8)) == 1.0


def test_recall_is_the_most_that_the_wanted_precision_allows():
    found = np.array([0.9, 0.8, 0.7, 0.6], dtype=np.float32)
    truth = np.array([1, 0, 1, 1], dtype=np.int8)
    assert recall_at(found, truth, precision=0.7) == 1.0
    assert recall_at(found, truth, precision=0.8) == pytest.approx(1 / 3)


def test_a_sure_and_right_table_is_perfectly_calibrated_and_a_wrong_one_is_not():
    truth = np.array([[1], [0]], dtype=np.int8)
    assert calibration_error(np.array([[1.0], [0.0]], dtype=np.float32), truth) == 0.0
    assert calibration_error(np.array([[0.0], [1.0]], dtype=np.float32), truth) == 1.0


def test_unseen_sources_and_near_duplicates_never_train():
    real = [
        LabelledText(id=f"r{n}", text=f"第{n}条{'的事情各不相同'[n % 7]}" * 9, labels=(), src="a") for n in range(60)
    ]
    copies = [text.model_copy(update={"id": f"copy-{text.id}", "src": "beijing"}) for text in real[:5]]

    parts = split([*real, *copies])

    assert {text.id for text in copies} <= {text.id for text in parts.test}
    assert not {text.text for text in copies} & {text.text for text in parts.train}
    assert len(parts.train) > 20
