"""The ledger of the monthly report."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from domain.leads.lead import Decision, LeadEvidence, LeadId, LeadStatus
from domain.links.mention import DocumentMentions, Mentions, PersonMention, PersonRole
from domain.register.household import HouseholdId
from domain.risk import Risk
from domain.sending.outgoing import LeadOutcome, OutcomeKind
from domain.words.vocabulary import Channel, Role, Route
from pipeline.handed_out.ledger import LEDGER_HEADERS, ledger_rows
from pipeline.handed_out.town_ledger import TOWN_COLUMNS, write_town_ledger
from storage.store import Store
from tests.factories import OTHER_VILLAGE, TOWN, document, household, lead, person, raw
from tests.fakes import NOON


def decision(status: LeadStatus, **changes: str) -> Decision:
    return Decision(lead_id=LeadId("a"), status=status, decided_by="wang", decided_at=NOON, reason="核实过", **changes)  # type: ignore[arg-type]


def fill(store: Store, *decisions: Decision, restricted: bool = False, head: str = "庞四孩") -> None:
    text = document("A")
    with store.unit_of_work() as work:
        work.registry.import_households(
            [household("1411241042020001", person(head))], file="a", file_sha256="0", at=NOON
        )
        work.raw.add(raw("A"))
        work.documents.add(text)
        opened = lead("a", household_id=HouseholdId("1411241042020001"))
        work.leads.add(opened)
        work.leads.add_evidence(
            LeadEvidence(
                lead_id=opened.id, document_id=text.id, risks=frozenset({Risk.ILLNESS}), urgent=False, added_at=NOON
            )
        )
        if restricted:
            work.routes.add(text.id, Route.RESTRICTED, "指向干部", "1", NOON)
        for one in decisions:
            work.decisions.append(one)
        work.commit()


def accuse(store: Store) -> None:
    """A second text of the lead, an earlier call, turns out to be an accusation."""
    call = replace(document("B"), channel=Channel.HOTLINE, received_at=NOON - timedelta(days=9))
    with store.unit_of_work() as work:
        work.raw.add(raw("B"))
        work.documents.add(call)
        risks = frozenset({Risk.ILLNESS})
        work.leads.add_evidence(
            LeadEvidence(lead_id=LeadId("a"), document_id=call.id, risks=risks, urgent=False, added_at=NOON)
        )
        work.routes.add(call.id, Route.RESTRICTED, "指向干部", "1", NOON)
        work.commit()


def rows(store: Store, path: Path, role: Role = Role.TOWN, **days: date | None) -> list[list[object]]:
    write_town_ledger(path, store, TOWN, **{"first": None, "last": None, **days}, role=role)  # type: ignore[arg-type]
    [sheet] = load_workbook(path).worksheets
    return [[cell.value or "" for cell in row] for row in sheet.iter_rows()]


def test_a_lead_has_one_row_in_the_towns_columns(sqlite_store: Store, tmp_path: Path):
    fill(
        sqlite_store,
        decision(LeadStatus.CONFIRMED),
        decision(LeadStatus.TAKEN_INTO_MONITORING, measures="临时救助2000元"),
        decision(LeadStatus.REPORTED_BACK),
    )

    header, row = rows(sqlite_store, tmp_path / "a.xlsx")

    assert tuple(header) == TOWN_COLUMNS
    assert row == [
        "1",
        "信访",
        "2026-11-24",
        "141124104202",
        "庞**",
        "因病",
        "属实",
        "是",
        "已纳入监测; 临时救助2000元",
        "2026-11-24",
    ]


def test_a_source_that_must_not_be_named_is_not(sqlite_store: Store, tmp_path: Path):
    fill(sqlite_store, restricted=True)

    assert rows(sqlite_store, tmp_path / "a.xlsx")[1][1] == "其他渠道"


def test_an_accusation_beside_an_open_text_leaves_no_trace(sqlite_store: Store, tmp_path: Path):
    fill(sqlite_store)
    before = rows(sqlite_store, tmp_path / "a.xlsx")

    accuse(sqlite_store)

    assert rows(sqlite_store, tmp_path / "b.xlsx") == before
    with sqlite_store.reading() as work:
        [line] = ledger_rows(work, [view for view in [work.leads.get(LeadId("a"))] if view])
    assert line[LEDGER_HEADERS.index("材料")] == "1"


def test_the_ledger_of_leads_names_the_one_that_goes_on(sqlite_store: Store, tmp_path: Path):
    fill(sqlite_store, replace(decision(LeadStatus.DUPLICATE), other_lead=LeadId("b")), decision(LeadStatus.CLOSED))

    with sqlite_store.reading() as work:
        [line] = ledger_rows(work, list(work.leads.many([LeadId("a")]).values()))

    assert line[LEDGER_HEADERS.index("继续办理的线索")] == "b"


def test_a_lead_registered_by_hand_looks_like_one_whose_text_went_elsewhere(sqlite_store: Store, tmp_path: Path):
    fill(sqlite_store, restricted=True)
    with sqlite_store.unit_of_work() as work:
        by_hand = lead("b", matter="b", household_id=HouseholdId("1411241042020001"))
        work.leads.add(replace(by_hand, unsourced=True, risks=frozenset({Risk.ILLNESS})))
        work.commit()

    _, accused, registered = rows(sqlite_store, tmp_path / "a.xlsx")

    assert accused[1:] == registered[1:]
    with sqlite_store.reading() as work:
        lines = ledger_rows(work, list(work.leads.many([LeadId("a"), LeadId("b")]).values()))
    assert {line[LEDGER_HEADERS.index("材料")] for line in lines} == {"1"}


@pytest.mark.parametrize(("role", "said"), [(Role.TOWN, "上级处理"), (Role.CLERK, "已转纪检")])
def test_what_went_to_discipline_inspection_stands_there_for_those_who_may_know(
    sqlite_store: Store, tmp_path: Path, role: Role, said: str
):
    fill(sqlite_store, decision(LeadStatus.CONFIRMED), decision(LeadStatus.TO_DISCIPLINE))

    assert rows(sqlite_store, tmp_path / "a.xlsx", role)[1][8] == said


def test_formulas_stay_text(sqlite_store: Store, tmp_path: Path):
    fill(
        sqlite_store,
        decision(LeadStatus.NOT_CONFIRMED, not_taken_in="收入稳定"),
        decision(LeadStatus.POLICY_EXPLAINED, measures="=1+1"),
        head="=张三",
    )

    _, row = rows(sqlite_store, tmp_path / "a.xlsx")
    [sheet] = load_workbook(tmp_path / "a.xlsx").worksheets

    assert (row[4], row[7]) == ("=**", "否: 收入稳定")
    assert sheet["E2"].quotePrefix
    assert "f" not in {cell.data_type for line in sheet.iter_rows() for cell in line}


def test_what_a_receiver_reported_stands_beside_what_was_done(sqlite_store: Store, tmp_path: Path):
    fill(sqlite_store, decision(LeadStatus.CONFIRMED))
    report = LeadOutcome(
        id="r",
        lead_id=LeadId("a"),
        outcome=OutcomeKind.TAKEN_IN,
        reported_by="key:a",
        office="县平台",
        reference="1",
        occurred_on=date(2026, 11, 24),
        received_at=NOON,
    )
    with sqlite_store.unit_of_work() as work:
        work.lead_outcomes.append(report)
        work.commit()

    _, row = rows(sqlite_store, tmp_path / "a.xlsx")

    assert (row[7], row[8]) == ("是", "县平台: 纳入监测")


def test_days_and_division_limit_what_is_written(sqlite_store: Store, tmp_path: Path):
    fill(sqlite_store)
    with sqlite_store.unit_of_work() as work:
        work.leads.add(lead("elsewhere", region=OTHER_VILLAGE, matter="b"))
        work.commit()

    count = write_town_ledger(tmp_path / "a.xlsx", sqlite_store, OTHER_VILLAGE, first=None, last=None, role=Role.TOWN)

    assert count == 1
    assert len(rows(sqlite_store, tmp_path / "b.xlsx", first=date(2026, 11, 25))) == 1
    assert len(rows(sqlite_store, tmp_path / "c.xlsx", last=date(2026, 11, 24))) == 3


def test_what_was_written_names_nobody_and_shows_no_number(sqlite_store: Store, tmp_path: Path):
    fill(
        sqlite_store,
        decision(LeadStatus.NOT_CONFIRMED, not_taken_in="薛改改说收入稳定"),
        decision(LeadStatus.POLICY_EXPLAINED, measures="给庞四孩和薛改改讲了政策, 电话13800000000"),
    )
    name = PersonMention(name="薛改改", role=PersonRole.RELATIVE, start=0, end=3)
    with sqlite_store.unit_of_work() as work:
        mentions = DocumentMentions(document_id=document("A").id, mentions=Mentions(persons=(name,)), version="1")
        work.mentions.add(mentions, NOON)
        work.commit()

    _, row = rows(sqlite_store, tmp_path / "a.xlsx", Role.CLERK)

    assert row[7] == "否: 薛**说收入稳定"
    assert "给庞**和薛**讲了政策, 电话138****0000" in str(row[8])
