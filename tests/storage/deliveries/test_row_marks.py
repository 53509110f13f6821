"""Marks of the rows of receipts."""

import pytest

from domain.deliveries.receipt import ReceiptId
from storage.deliveries.row_marks import MarkedRow, RowMarks
from storage.encryption.cipher import FieldCipher
from storage.encryption.keyring import Keyring
from storage.encryption.suites import Algorithm
from tests.conftest import KEY
from tests.fakes import NOON

_RECEIPT = ReceiptId("0123456789abcdef")


def marks(keys: Keyring | bytes = KEY) -> RowMarks:
    return RowMarks(FieldCipher(keys))


def test_a_mark_names_its_row_and_tells_whether_the_cells_are_the_same():
    mark = marks().of(_RECEIPT, 7, "cells")

    assert marks().read(mark, "cells") == MarkedRow(_RECEIPT, 7, True)
    assert marks().read(mark, "others") == MarkedRow(_RECEIPT, 7, False)


@pytest.mark.parametrize(
    "change",
    [
        lambda mark: mark.replace(".7.", ".8."),
        lambda mark: mark.replace("0123", "3210", 1),
        lambda mark: ".".join((*mark.split(".")[:2], "A" * 16, mark.split(".")[3])),
        lambda mark: mark[:-1],
        lambda mark: f"{mark} ",
        lambda mark: "7",
        lambda mark: "\uff11" * 16 + mark[16:],
    ],
)
def test_what_was_not_made_with_the_key_is_no_mark(change):
    assert marks().read(change(marks().of(_RECEIPT, 7, "cells")), "cells") is None
    assert marks(b"2" * 32).read(marks().of(_RECEIPT, 7, "cells"), "cells") is None


def test_a_mark_of_before_a_change_of_keys_is_known_after_it():
    mark = marks().of(_RECEIPT, 7, "cells")
    ring = Keyring.of_secret(KEY).with_new(Algorithm.SM4_GCM, NOON)

    assert marks(ring).read(mark, "cells") == MarkedRow(_RECEIPT, 7, True)
    assert marks(ring).of(_RECEIPT, 7, "cells") != mark
    assert marks(ring).read(marks(ring).of(_RECEIPT, 7, "cells"), "cells") == MarkedRow(_RECEIPT, 7, True)
