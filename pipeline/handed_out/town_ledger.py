"""The ledger that towns hand in each month (月报台账): one row a lead, the head of the household masked.

Columns: DOMAIN 8, 月报. No petitioner and no text; a source that must not be named is 其他渠道 (DOMAIN 5).
"""

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from openpyxl import Workbook

from domain.clock import china_date
from domain.leads.decision_history import Mask, as_shown
from domain.leads.lead import LeadStatus, LeadView, Phase
from domain.places.region import RegionCode
from domain.privacy.masking import mask_name
from domain.register.household import Household
from domain.sending.outgoing import LeadOutcome, OutcomeKind
from domain.words.vocabulary import Role
from nlp.hiding.hidden_numbers import hide_numbers
from nlp.hiding.named_persons import hide_names
from pipeline.private_file import written_whole
from pipeline.reports.figures import verdict_of
from pipeline.text_cells import ROWS_OF_A_SHEET, begin_page, text_cell
from storage.joined.named_persons import named_in, preload_names
from storage.joined.preloading import preload_texts
from storage.store import Store
from storage.unit_of_work import UnitOfWork

TOWN_COLUMNS = (
    "序号",
    "来源",
    "收到日期",
    "村",
    "户主(脱敏)",
    "风险类型",
    "核查结论",
    "是否纳入",
    "措施",
    "反馈日期",
)
_UNNAMED = "其他渠道"
_AT_ONCE = 400


def write_town_ledger(
    path: Path, store: Store, region: RegionCode, *, first: date | None, last: date | None, role: Role
) -> int:
    """Write the leads of a division that were opened between two days as xlsx; how many.

    Every cell is text, none is a formula. What the role may not know of a lead's way reads as it does on its pages.
    FileError when nothing can be written there; memory does not grow with the number of leads.
    """
    book = Workbook(write_only=True)
    page, count = begin_page(book, "线索台账", TOWN_COLUMNS), 0
    for row in _rows(store, region, first, last, role):
        if count and count % ROWS_OF_A_SHEET == 0:
            page = begin_page(book, f"线索台账{count // ROWS_OF_A_SHEET + 1}", TOWN_COLUMNS)
        count += 1
        page.append([text_cell(page, text) for text in (str(count), *row)])
    with written_whole(path) as output:
        book.save(output)
    return count


def _rows(
    store: Store, region: RegionCode, first: date | None, last: date | None, role: Role
) -> Iterator[tuple[str, ...]]:
    with store.reading() as work:
        ids = work.leads.opened(region, first, last)
    for start in range(0, len(ids), _AT_ONCE):
        with store.reading() as work:
            views = work.leads.many(ids[start : start + _AT_ONCE])
            wanted = sorted({view.lead.household_id for view in views.values() if view.lead.household_id})
            households = work.registry.households(wanted)
            decided = [view for view in views.values() if view.decisions]
            preload_texts(work, decided)
            preload_names(work, decided)
            for lead_id in ids[start : start + _AT_ONCE]:
                # One that was moved out of the division meanwhile is somebody else's.
                if lead_id in views and region.contains(views[lead_id].lead.region):
                    view = as_shown(views[lead_id], role, _mask(work, views[lead_id]))
                    known = households.get(view.lead.household_id) if view.lead.household_id else None
                    yield _row(work, view, known)


def _mask(work: UnitOfWork, view: LeadView) -> Mask:
    """Hides numbers and names in what was written."""
    named = cache(lambda: named_in(work, view))
    return lambda text: hide_names(hide_numbers(text), named()) if text else text


def _row(work: UnitOfWork, view: LeadView, household: Household | None) -> tuple[str, ...]:
    sources, received = _sources(work, view)
    verdict = verdict_of(view)
    outcomes = work.lead_outcomes.of(view.lead.id)
    reported = next((one for one in view.decisions if one.status is LeadStatus.REPORTED_BACK), None)
    return (
        sources,
        str(received),
        work.places.name_of(view.lead.region),
        mask_name(household.head.name) if household else "",
        "、".join(risk.label for risk in sorted(view.risks)),
        verdict.status.label if verdict else "",
        _taken_in(view, outcomes),
        _measures(view, outcomes),
        str(china_date(reported.decided_at)) if reported else "",
    )


def _sources(work: UnitOfWork, view: LeadView) -> tuple[str, date]:
    """By which ways the lead came in, and the day of its first text, as its page tells it.

    A text that is restricted now adds neither a way nor a day, and a lead registered by hand looks like one whose texts
    all went elsewhere: whoever keeps yesterday's ledger beside today's must not see that somebody was accused.
    """
    open_texts = [one.document_id for one in view.evidence if work.routes.restriction(one.document_id) is None]
    documents = work.documents.found(open_texts)
    names = {found.channel.label for found in documents.values()}
    days = [found.received_at for found in documents.values()]
    if view.lead.unsourced or not documents:
        names.add(_UNNAMED)
        days.append(view.lead.opened_at)
    return "、".join(sorted(names)), china_date(min(days))


def _taken_in(view: LeadView, outcomes: list[LeadOutcome]) -> str:
    statuses = [one.status for one in view.decisions]
    if LeadStatus.TAKEN_INTO_MONITORING in statuses or any(one.outcome is OutcomeKind.TAKEN_IN for one in outcomes):
        return "是"
    refused = next((one.not_taken_in for one in reversed(view.decisions) if one.not_taken_in), "")
    if refused:
        return f"否: {refused}"
    return "已在册" if LeadStatus.ALREADY_KNOWN in statuses else ""


def _measures(view: LeadView, outcomes: list[LeadOutcome]) -> str:
    """What was done as it was written down; the kind of measure where nothing was, then what receivers reported."""
    written = next((one.measures for one in reversed(view.decisions) if one.measures), "")
    measured = next((one.status for one in reversed(view.decisions) if one.status.phase is Phase.MEASURED), None)
    kind = measured.label if measured is not None else ""
    reported = [f"{one.office}: {one.outcome.label}" for one in outcomes]
    return "; ".join(dict.fromkeys(filter(None, (kind, written, *reported))))
