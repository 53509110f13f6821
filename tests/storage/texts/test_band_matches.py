"""Documents that meet in bands, counted at once and counted one by one."""

from collections import Counter, defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.texts.band_matches import Asked, matches
from storage.texts.packed_bands import PAIR

BANDS = st.lists(st.integers(0, 12), min_size=1, max_size=6)
CROWDED, NEAREST = 32, 8


def one_by_one(held: list[tuple[int, int]], asked: Asked) -> tuple[list[list[int]], list[tuple[int, int]]]:
    members = defaultdict(list)
    for band, number in held:
        members[band].append(number)
    added, nearest = [], []
    for bands, own, is_new in zip(asked.bands, asked.numbers, asked.new, strict=True):
        shared = Counter(number for band in set(bands) for number in members[band] if number != own)
        nearest.append(sorted(shared, key=lambda number: (-shared[number], number))[:NEAREST])
        for band in set(bands):
            if is_new and len(members[band]) < CROWDED:
                members[band].append(own)
                added.append((band, own))
    return nearest, sorted(added)


@settings(deadline=None)
@given(st.lists(BANDS, max_size=60), st.sets(st.tuples(st.integers(0, 12), st.integers(1, 60)), max_size=80), st.data())
def test_many_counted_at_once_meet_as_they_do_one_by_one(
    bands: list[list[int]], held: set[tuple[int, int]], data: st.DataObject
):
    new = data.draw(st.lists(st.booleans(), min_size=len(bands), max_size=len(bands)))
    # What is not new has a number of the index.
    numbers = [100 + place if is_new else place + 1 for place, is_new in enumerate(new)]
    asked = Asked(bands, numbers, new)

    nearest, added = matches(np.array(sorted(held), dtype=PAIR), asked)

    assert (nearest, sorted(added.tolist())) == one_by_one(sorted(held), asked)


def test_a_crowded_band_takes_no_more_and_tells_of_those_it_has():
    asked = Asked([[7]] * 40, list(range(1, 41)), [True] * 40)

    nearest, added = matches(np.empty(0, dtype=PAIR), asked)

    assert len(added) == CROWDED
    assert nearest[0] == []
    assert nearest[39] == list(range(1, NEAREST + 1))


def test_nobody_is_found_by_nobody():
    nearest, added = matches(np.empty(0, dtype=PAIR), Asked([], [], []))

    assert nearest == []
    assert not len(added)


def test_a_number_that_four_bytes_cannot_hold_is_refused():
    with pytest.raises(OverflowError):
        matches(np.empty(0, dtype=PAIR), Asked([[1]], [2**32], [True]))
