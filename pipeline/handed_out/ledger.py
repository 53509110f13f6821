"""The leads as the ledger that towns keep (线索台账): one row a lead, names masked, never who petitioned."""

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

from domain.failures.errors import ConfigError
from domain.failures.unreadable import why_unreadable
from domain.leads.decision_history import as_shown
from domain.leads.lead import LeadView
from domain.privacy.masking import mask_name
from domain.words.vocabulary import Role
from pipeline.text_cells import begin_page, text_cell
from storage.unit_of_work import UnitOfWork

LEDGER_HEADERS = (
    "线索编号",
    "优先级",
    "村(社区)",
    "户主",
    "风险类型",
    "范围",
    "材料",
    "状态",
    "入户期限",
    "认定期限",
    "继续办理的线索",
)


def ledger_rows(work: UnitOfWork, views: Sequence[LeadView]) -> list[tuple[str, ...]]:
    """One row per lead under the headers of the ledger."""
    ids = sorted({view.lead.household_id for view in views if view.lead.household_id})
    households = work.registry.households(ids)
    rows: list[tuple[str, ...]] = []
    for view in views:
        lead, shown = view.lead, as_shown(view, Role.TOWN)
        household = households.get(lead.household_id) if lead.household_id else None
        rows.append(
            (
                lead.id,
                str(lead.priority),
                work.places.name_of(lead.region),
                mask_name(household.head.name) if household else "",
                "、".join(risk.label for risk in sorted(view.risks)),
                lead.scope.label,
                str(_text_count(work, view)),
                shown.status.label,
                str(lead.due.visit),
                str(lead.due.decide),
                (shown.superseding.other_lead or "") if shown.superseding else "",
            )
        )
    return rows


def _text_count(work: UnitOfWork, view: LeadView) -> int:
    """As the town's page counts: without the texts that are restricted now, and a lead without any other has one."""
    shown = sum(work.routes.restriction(one.document_id) is None for one in view.evidence)
    return shown + 1 if view.lead.unsourced or not shown else shown


def write_ledger(path: Path, rows: Sequence[Sequence[str]]) -> None:
    """Write the rows as xlsx with a bold, frozen header and text cells, so that Excel changes nothing.

    Raises:
        ConfigError: when nothing can be written there.
    """
    try:
        # Opened before a row is made: a workbook that is begun has to be saved.
        with path.open("wb") as file:
            _workbook(rows).save(file)
    except OSError as exc:
        raise ConfigError(f"写不了 {path}: {why_unreadable(exc)}; 请看文件夹在不在, 文件是不是正开着") from exc


def _workbook(rows: Sequence[Sequence[str]]) -> Workbook:
    book = Workbook(write_only=True)
    page = begin_page(book, "线索台账", LEDGER_HEADERS)
    for row in rows:
        page.append([text_cell(page, value) for value in row])
    return book
