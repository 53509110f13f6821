"""What the language stages append."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from domain.accounts.access_scope import AccessScope
from domain.counting.risk_point import AlertLevel, RiskPoint
from domain.counting.stage_report import StageName, StageReport
from domain.links.mention import DocumentMentions, Mentions, ValueMention
from domain.risk import Risk
from domain.texts.analysis import Analysis
from domain.words.vocabulary import Route
from storage.store import Store
from tests.factories import COUNTY, OTHER_VILLAGE, VILLAGE, document, raw
from tests.fakes import NOON, reading

TEXT = document()


def test_readings_of_two_models_stand_side_by_side_and_the_newer_counts(store: Store):

    old = Analysis(document_id=TEXT.id, reading=reading(Risk.ILLNESS))
    new = Analysis(document_id=TEXT.id, reading=replace(reading(), model="fixed-2"))

    with store.unit_of_work() as work:
        work.raw.add(raw())
        work.analyses.add(old, NOON)
        work.analyses.add(new, NOON)

        assert work.analyses.latest(TEXT.id) == new
        assert work.analyses.of_model(TEXT.id, "fixed-1") == old


def test_a_model_reads_a_document_once(store: Store):
    with store.unit_of_work() as work:
        work.raw.add(raw())
        work.analyses.add(Analysis(document_id=TEXT.id, reading=reading(Risk.ILLNESS)), NOON)
        work.analyses.add(Analysis(document_id=TEXT.id, reading=reading(Risk.HOUSING)), NOON)

        found = work.analyses.latest(TEXT.id)
        assert found is not None
        assert found.reading.risks == {Risk.ILLNESS}


def test_the_latest_route_counts(store: Store):
    with store.unit_of_work() as work:
        work.raw.add(raw())
        work.routes.add(TEXT.id, Route.RESTRICTED, "含贪污", "v1", NOON)
        assert (work.routes.restricted(limit=9, offset=0), work.routes.count_restricted()) == ([TEXT.id], 1)

        work.routes.add(TEXT.id, Route.OPEN, "", "v2", NOON)

        assert work.routes.of(TEXT.id) == (Route.OPEN, "")
        assert work.routes.count_restricted() == 0


def test_risk_points_are_read_for_a_region_and_only_the_newest_computation(store: Store):

    old = RiskPoint(
        region=VILLAGE,
        risk=Risk.DISASTER,
        level=AlertLevel.YELLOW,
        window_start=NOON.date(),
        window_end=NOON.date(),
        household_count=3,
        matter_count=3,
        document_ids=(TEXT.id,),
        reason="三户因灾",
        computed_at=NOON,
    )
    new = replace(old, level=AlertLevel.RED, computed_at=NOON + timedelta(hours=1))
    elsewhere = replace(new, region=OTHER_VILLAGE)
    run = StageReport.counted(StageName.RISK_POINTS.value, "1", Counter(), Counter(), seconds=0)

    with store.unit_of_work() as work:
        for point in (old, new, elsewhere):
            work.risk_points.add(point)
        # As they stand in a database of before runs were kept.
        assert work.risk_points.latest(AccessScope(VILLAGE)) == [new]
        for computed_at in (old.computed_at, new.computed_at):
            work.stage_runs.add(run, computed_at)

        assert work.risk_points.latest(AccessScope(VILLAGE)) == [new]
        assert work.risk_points.latest(AccessScope(COUNTY)) == [new, elsewhere]

        before = work.lead_board.mark()
        work.stage_runs.add(run, new.computed_at + timedelta(days=40))
        assert work.risk_points.latest(AccessScope(COUNTY)) == []
        assert work.lead_board.mark() != before


def test_the_newest_mentions_of_several_texts_come_in_the_order_asked_for(store: Store):
    first, second = document("X001").id, document("X002").id
    nobody = Mentions(persons=(), places=(), phones=(), id_numbers=(), amounts=())
    told = replace(nobody, phones=(ValueMention(text="0358-0000000", value="0358-0000000", start=0, end=12),))
    with store.unit_of_work() as work:
        work.raw.add(raw("X001"))
        work.raw.add(raw("X002"))
        for one, mentions, version in ((first, nobody, "1"), (second, nobody, "1"), (first, told, "2")):
            work.mentions.add(DocumentMentions(document_id=one, mentions=mentions, version=version), NOON)

        found = work.mentions.latest_of([second, document("X009").id, first])

        assert found == [work.mentions.latest(second), work.mentions.latest(first)]
        assert found[1].mentions == told
