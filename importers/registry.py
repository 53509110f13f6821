"""The household register in the layout of the national export: one person a row, gathered into households."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from domain.errors import FileError
from domain.household import Household, HouseholdId
from domain.masking import mask_text
from domain.place import Place
from domain.receipt import RowProblem
from domain.region import Level, RegionCode
from importers.gazetteer import short_names
from importers.headers import Header, find_header, load_layouts, missing_columns
from importers.registry_rows import PersonRow, RegisterRowProblem, gather, household_number, person_row
from importers.sheet import Sheet, fingerprint, read_bytes, read_sheets

_LAYOUT = "household_register"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistryFile:
    """Everything a delivered register says."""

    file: str
    sha256: str
    households: tuple[Household, ...]
    person_rows: int
    problems: tuple[RowProblem, ...]
    warnings: tuple[RowProblem, ...]
    partly_read: frozenset[HouseholdId]
    """Households of which a row was rejected: the file does not say all about them."""
    unnumbered_rows: int
    """Rejected rows without a household number: whose they are is not known."""


def read_registry(path: Path, *, imported_at: datetime, places: Sequence[Place]) -> RegistryFile:
    """The households of a register; villages without a code are found by name among `places`.

    Raises:
        FileError: when no sheet has the columns of a household register.
    """
    content = read_bytes(path)
    sheet, header = _table(path, read_sheets(path, content))
    villages = village_names(places)
    rows: list[PersonRow] = []
    problems: list[RowProblem] = []
    warnings: list[RowProblem] = []
    rejected: list[str] = []
    for row in sheet.rows:
        if row.number <= header.last_row or row.is_blank:
            continue
        try:
            person, remarks = person_row(sheet.name, header, row, villages)
        except RegisterRowProblem as exc:
            problems.append(exc.problem)
            rejected.append(household_number(header, row))
        else:
            rows.append(person)
            warnings.extend(remarks)
    households, disagreements = gather(sheet.name, rows)
    return RegistryFile(
        file=path.name,
        sha256=fingerprint(content),
        households=households,
        person_rows=len(rows) + len(problems),
        problems=tuple(problems),
        warnings=(*warnings, *disagreements),
        partly_read=frozenset(HouseholdId(number) for number in rejected if number),
        unnumbered_rows=rejected.count(""),
    )


def village_names(places: Sequence[Place]) -> dict[str, RegionCode | None]:
    """Village by every name it goes by; None where two villages share the name."""
    found: dict[str, RegionCode | None] = {}
    for place in places:
        if place.level is Level.VILLAGE:
            names = {place.name, *short_names(place.name), *(alias.name for alias in place.aliases)}
            for name in names:
                found[name] = place.code if found.get(name, place.code) == place.code else None
    return found


def _table(path: Path, sheets: Sequence[Sheet]) -> tuple[Sheet, Header]:
    layouts = load_layouts()
    layout = {_LAYOUT: layouts[_LAYOUT]}
    for sheet in sheets:
        header = find_header(sheet.rows, layout)
        if header is not None:
            return sheet, header
    filled = [sheet for sheet in sheets if any(not row.is_blank for row in sheet.rows)]
    if not filled:
        raise FileError(f"{path.name}: 没有任何内容, 请检查是否导出了空表")
    missing, found = missing_columns(filled[0].rows, layouts[_LAYOUT])
    seen = "、".join(mask_text(text[:12]) for text in found)
    raise FileError(
        f"{path.name} 工作表 {filled[0].name}: 找不到表头列「{missing}」, 看到的表头是: {seen}; 请确认交的是户籍台账"
    )
