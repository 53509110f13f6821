"""The example's source texts as strict types; FORMAT.md describes them for writers."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from domain.risk import Risk
from domain.words.vocabulary import Scope

HERE = Path(__file__).parent
_LITERAL_NUMBER = re.compile(r"(?<![\d.])(1[3-9]\d{9}|\d{17}[\dXx])(?!\d)")


class Table(BaseModel):
    """A strict record."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CastPerson(Table):
    """A person that texts speak of."""

    name: str
    relation: str
    sex: Literal["男", "女"]
    birth_year: int
    health: str = "健康"
    labour: str = "普通劳动力"
    work_place: str = ""
    work_months: int = 0
    student: str = ""
    phone: bool = False


class CastHousehold(Table):
    """A household that texts speak of."""

    household_id: str
    village_code: str
    group: str = "一组"
    natural_village: str = ""
    relocated: bool = False
    monitoring_category: str = ""
    risk: str = ""
    risk_removed: bool = False
    household_type: str = "一般农户"
    persons: tuple[CastPerson, ...]


class Gold(Table):
    """What a careful second reader says of a text."""

    labels: tuple[Risk, ...]
    scope: Scope
    relocation: bool = False
    accusation: bool = False
    urgent: bool = False
    restricted: bool = False
    household_id: str | None = None
    village_code: str | None = None
    matter: str | None = None
    note: str = ""

    @model_validator(mode="after")
    def _consistent(self) -> "Gold":
        if bool(self.labels) != (self.matter is not None):
            raise ValueError("matter must be given exactly where there are labels")
        if bool(self.labels) != (self.scope is not Scope.NONE):
            raise ValueError("scope must be none exactly where there are no labels")
        if self.restricted and not self.accusation:
            raise ValueError("what is restricted is an accusation")
        return self


class Petition(Table):
    """A record of the petition register."""

    key: str
    received_on: str
    form: str
    name: str = ""
    sex: str = ""
    age: int | str | None = None
    address: str = ""
    phone: str = ""
    id_number: str = ""
    summary: str
    purpose: str = "求决"
    category: str = ""
    persons_involved: int = 1
    is_repeat: bool = False
    first_key: str | None = None
    gold: Gold


class Ticket(Table):
    """A hotline ticket."""

    key: str
    ticket_no: str
    called_at: str
    caller: str = ""
    phone: str = ""
    title: str
    content: str
    location: str = ""
    category: str = ""
    unit: str = ""
    gold: Gold


class NewsArticle(Table):
    """An article of the local news site."""

    key: str
    column: Literal["yaowen", "minsheng", "nongye", "bianmin", "yizhuan"]
    layout: Literal["a", "b", "c", "epaper"]
    title: str
    published_at: str
    source: str
    author: str = ""
    editor: str = ""
    body: tuple[str, ...]
    reprint_of: str | None = None
    rss: bool = False
    page: int | None = None
    caption: str = ""
    gold: Gold


Record = TypeVar("Record", bound=BaseModel)


def read_records(path: Path, kind: type[Record]) -> list[Record]:
    """The records of a JSON lines file; ValueError names file, line and field of everything that is wrong."""
    records, problems = [], []
    for number, line in _lines(path):
        found = _LITERAL_NUMBER.search(line)
        if found:
            problems.append(f"{path.name}:{number}: {found[0]} stands literally; write a placeholder")
        try:
            records.append(kind.model_validate(json.loads(line)))
        except (ValidationError, json.JSONDecodeError) as exc:
            problems.append(f"{path.name}:{number}: {_short(exc)}")
    if problems:
        raise ValueError("\n".join(problems))
    return records


def read_all(name: str, kind: type[Record]) -> list[Record]:
    """The records of every file of texts whose name begins so."""
    return [one for path in sorted((HERE / "texts").glob(f"{name}*.jsonl")) for one in read_records(path, kind)]


def read_cast() -> list[CastHousehold]:
    """All households that texts speak of."""
    return [one for path in sorted((HERE / "cast").glob("*.jsonl")) for one in read_records(path, CastHousehold)]


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if line.strip():
            yield number, line


def _short(exc: ValueError) -> str:
    if isinstance(exc, ValidationError):
        first = exc.errors()[0]
        return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
    return str(exc)
