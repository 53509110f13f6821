"""Splink 5 on the same fields as everybody else: one record a named person, pairs scored, households ranked."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import duckdb
import pyarrow as pa
from splink import DuckDBAPI, Linker
from splink.internals.splink_dataframe import SplinkDataFrame

from benchmarks.linking.linker import Answer, LinkText, MentionRecord, Ranked
from benchmarks.linking.miswriting import pinyin
from benchmarks.linking.splink_model import trained, with_random_pairs
from domain.places.region import Level
from domain.register.household import Household, HouseholdId, Sex

_COLUMNS: dict[str, Any] = {
    "unique_id": pa.string(),
    "household_id": pa.string(),
    "name": pa.string(),
    "pinyin": pa.string(),
    "surname": pa.string(),
    "surname_alone": pa.string(),
    "village": pa.string(),
    "town": pa.string(),
    "birth_year": pa.int32(),
    "sex": pa.string(),
    "phone": pa.string(),
    "id_number": pa.string(),
}
_WEIGHT_LIMIT = 200.0
"""Match weights beyond this are certainty already; two to the power of more does not fit a float."""


class SplinkLinker:
    """Links with Splink over DuckDB in memory.

    A pair's match weight is the logarithm of its odds. A household's odds are those of its best pair, and the
    households of one text share the probability with "none of them", since a text speaks of one household.
    """

    one_by_one = False

    def __init__(self) -> None:
        """Start with an empty database."""
        logging.getLogger("splink").setLevel(logging.ERROR)
        self._connection = duckdb.connect(":memory:")
        self._connection.execute("SET enable_progress_bar = false")
        self._api = DuckDBAPI(self._connection)
        self._register: SplinkDataFrame | None = None
        self._alone: Linker | None = None
        self._linker: Linker | None = None
        self._tables = 0

    def load(self, households: Iterable[Household]) -> None:
        """Store one row a person, and sample random pairs of them."""
        columns: dict[str, list[Any]] = {name: [] for name in _COLUMNS}
        for household in households:
            for number, person in enumerate(household.persons):
                row = MentionRecord(
                    name=person.name,
                    surname=person.name[0],
                    village=household.village.digits,
                    town=household.village.ancestor(Level.TOWN).digits,
                    birth_year=person.birth_year,
                    sex=person.sex,
                    phone=person.phone,
                    id_number=person.id_number,
                )
                _append(columns, f"{household.id}-{number}", household.id, row, registered=True)
        self._register = self._stored("register", columns)
        self._alone = with_random_pairs(self._register)

    def learn(self, texts: Sequence[LinkText]) -> None:
        """Estimate the model between these texts and the register."""
        if self._alone is None or self._register is None:
            raise RuntimeError("load comes before learn")
        self._linker = trained(self._alone, self._mentions(texts), self._register)

    def link(self, texts: Sequence[LinkText]) -> list[Answer]:
        """Households ranked by their best pair."""
        if self._linker is None or self._register is None:
            raise RuntimeError("learn comes before link")
        mentions = self._mentions(texts)
        pairs = self._linker.inference.predict_between(mentions, self._register, warning_mode="never")
        weights: dict[int, dict[str, float]] = defaultdict(dict)
        rows = self._connection.execute(
            f"SELECT unique_id_l, unique_id_r, household_id_l, household_id_r, match_weight FROM {pairs.physical_name}"
        ).fetchall()
        for left, right, left_door, right_door, weight in rows:
            mention, door = (left, right_door) if right_door else (right, left_door)
            doors = weights[int(mention.split("-")[0])]
            doors[door] = max(doors.get(door, -_WEIGHT_LIMIT), min(weight, _WEIGHT_LIMIT))
        pairs.drop_table_from_database_and_remove_from_cache()
        return [_answer(weights.get(at, {})) for at in range(len(texts))]

    def _mentions(self, texts: Sequence[LinkText]) -> SplinkDataFrame:
        columns: dict[str, list[Any]] = {name: [] for name in _COLUMNS}
        for at, text in enumerate(texts):
            for number, record in enumerate(text.records):
                _append(columns, f"{at}-{number}", "", record, registered=False)
        self._tables += 1
        return self._stored(f"mentions_{self._tables}", columns)

    def _stored(self, name: str, columns: dict[str, list[Any]]) -> SplinkDataFrame:
        table = pa.table(columns, schema=pa.schema(list(_COLUMNS.items())))
        self._connection.register("incoming", table)
        self._connection.execute(f"CREATE TABLE {name} AS SELECT * FROM incoming")
        self._connection.unregister("incoming")
        return self._api.register(name, dataset_display_name=name)


def _append(
    columns: dict[str, list[Any]], unique_id: str, household_id: str, row: MentionRecord, *, registered: bool
) -> None:
    values = (
        unique_id,
        household_id,
        row.name or None,
        pinyin(row.name) if row.name else None,
        row.surname or None,
        row.surname if row.surname and (registered or not row.name) else None,
        row.village or None,
        row.town or None,
        row.birth_year,
        row.sex.value if row.sex is not Sex.UNKNOWN else None,
        row.phone or None,
        row.id_number or None,
    )
    for column, value in zip(columns.values(), values, strict=True):
        column.append(value)


def _answer(weights: dict[str, float]) -> Answer:
    odds = {door: 2.0**weight for door, weight in weights.items()}
    total = 1.0 + sum(odds.values())
    ranked = sorted(odds.items(), key=lambda one: (-one[1], one[0]))
    return Answer(tuple(Ranked(HouseholdId(door), value / total) for door, value in ranked), absent=1.0 / total)
