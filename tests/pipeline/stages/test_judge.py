"""What a person decided outranks what machines read, before and after."""

from collections.abc import Iterator, Sequence

import pytest

from domain.accounts.access_scope import AccessScope
from domain.accounts.account import Account
from domain.leads.lead import LeadView
from domain.risk import Risk
from domain.texts.analysis import Reading
from domain.texts.document import DocumentId, RawDocument
from domain.texts.judgement import Judgement, Verdict
from domain.words.vocabulary import Role, Route, Scope
from pipeline.stages import judge as judging
from pipeline.stages.judge import apply_judgements
from pipeline.stages.run import run_stages
from review.decisions.judgements import judge, withdraw
from storage.leads.filter import LeadFilter
from storage.store import Store
from tests.factories import COUNTY, raw
from tests.fakes import NOON, FakeClock
from tests.nlp.second_reader.endpoint import good, serve
from tests.pipeline.asking import Asking, DoubtingClassifier, ignore

SILENT = raw("A", "家里也许有点难处，手头紧，想请镇里来看一看。")
LOUD = raw("B", "也许是老毛病，家里老人又病倒在床上了，请人看看。")
CLERK = Account(
    username="clerk", display_name="柳芽", role=Role.CLERK, region=COUNTY, password_hash="", created_at=NOON
)


@pytest.fixture
def asking(sqlite_store: Store, clock: FakeClock) -> Iterator[Asking]:
    with serve() as endpoint:
        yield Asking(sqlite_store, clock, endpoint, DoubtingClassifier())


class Seeing(DoubtingClassifier):
    """Sees illness everywhere."""

    def read(self, texts: Sequence[tuple[str, str]]) -> list[Reading]:
        return super().read([(f"{title}病", text) for title, text in texts])


class Accusing(DoubtingClassifier):
    """Hears an accusation everywhere."""

    def read(self, texts: Sequence[tuple[str, str]]) -> list[Reading]:
        return super().read([(f"{title}账", text) for title, text in texts])


def disagree(asking: Asking, text: RawDocument) -> None:
    """Let the second reader say the opposite of the classifier about this text."""
    asking.endpoint.plays = [good() if text is LOUD else good(("other_hardship", "手头紧"))]
    asking.arrive(text)
    assert asking.ask().counts.details == {"disagrees": 1}


def decide(asking: Asking, text: RawDocument, verdict: Verdict, *risks: Risk) -> int:
    judgement = Judgement(
        document_id=text.id,
        verdict=verdict,
        judged_by="clerk",
        judged_at=asking.clock.now(),
        risks=frozenset(risks),
        scope=Scope.HOUSEHOLD if risks else Scope.NONE,
        urgent=bool(risks),
    )
    judge(asking.store, CLERK, judgement)
    with asking.store.reading() as work:
        return next((one.number for one in work.judgements.waiting()), 0)


def leads(asking: Asking) -> list[LeadView]:
    with asking.store.reading() as work:
        return work.leads.feed(LeadFilter(scope=AccessScope(COUNTY)))


def reading_of(asking: Asking, document_id: DocumentId):
    with asking.store.reading() as work:
        analysis = work.analyses.latest(document_id)
    assert analysis is not None
    return analysis.reading


def test_a_text_that_a_person_calls_a_difficulty_becomes_a_lead_in_the_next_run(asking: Asking):
    disagree(asking, SILENT)
    assert leads(asking) == []
    decide(asking, SILENT, Verdict.HARDSHIP, Risk.OTHER_HARDSHIP, Risk.ILLNESS)
    assert leads(asking) == []

    asking.process()

    [lead] = leads(asking)
    assert lead.risks == {Risk.OTHER_HARDSHIP, Risk.ILLNESS}
    assert lead.evidence[0].urgent
    found = reading_of(asking, SILENT.id)
    assert found.model == "person:clerk"
    assert {label.risk: [span.text for span in label.evidence] for label in found.labels} == {
        Risk.ILLNESS: [],
        Risk.OTHER_HARDSHIP: ["手头紧"],
    }
    with asking.store.reading() as work:
        stages = [(crumb.stage, crumb.detail) for crumb in work.breadcrumbs.of(SILENT.id)]
    assert ("judge", "hardship") in stages
    assert stages[-1] == ("lead", "raised")


def test_running_again_applies_nothing_twice(asking: Asking):
    disagree(asking, SILENT)
    decide(asking, SILENT, Verdict.HARDSHIP, Risk.ILLNESS)
    asking.process()
    before = leads(asking)

    asking.process()

    assert leads(asking) == before
    assert apply_judgements(asking.store, asking.clock).seen == 0


def test_a_run_killed_before_the_end_of_a_judgement_applies_it_in_the_next(
    asking: Asking, monkeypatch: pytest.MonkeyPatch
):
    disagree(asking, SILENT)
    decide(asking, SILENT, Verdict.HARDSHIP, Risk.ILLNESS)

    def die(*args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(judging, "_remark", die)
        with pytest.raises(KeyboardInterrupt):
            asking.process()
    asking.process()

    assert len(leads(asking)) == 1


@pytest.mark.parametrize("blind", [True, False], ids=["a model that sees nothing", "a model that sees illness"])
def test_a_persons_decision_outlives_a_new_model(asking: Asking, blind: bool):
    disagree(asking, SILENT)
    decide(asking, SILENT, Verdict.HARDSHIP, Risk.OTHER_HARDSHIP)
    asking.process()

    asking.classifier = DoubtingClassifier("doubting-2", blind=blind)
    asking.process()

    assert reading_of(asking, SILENT.id).risks == {Risk.OTHER_HARDSHIP}
    assert len(leads(asking)) == 1


def test_a_decision_made_before_a_new_model_reads_goes_the_whole_way_with_it(asking: Asking):
    disagree(asking, SILENT)
    decide(asking, SILENT, Verdict.HARDSHIP, Risk.OTHER_HARDSHIP)

    asking.classifier = DoubtingClassifier("doubting-2", blind=True)
    asking.process()

    assert [lead.risks for lead in leads(asking)] == [{Risk.OTHER_HARDSHIP}]


def test_no_lead_leaves_the_lead_that_is_there_with_a_remark(asking: Asking):
    disagree(asking, LOUD)
    [before] = leads(asking)
    decide(asking, LOUD, Verdict.NO_LEAD)

    asking.process()
    asking.process()

    [after] = leads(asking)
    assert (after.lead, after.evidence, after.status) == (before.lead, before.evidence, before.status)
    [note] = after.notes
    assert (note.written_by, note.document_id) == ("clerk", LOUD.id)
    assert "不是困难" in note.text


def test_a_difficulty_confirmed_by_a_person_is_remarked_in_its_lead(asking: Asking):
    disagree(asking, LOUD)
    decide(asking, LOUD, Verdict.HARDSHIP, Risk.ILLNESS)

    asking.process()

    [lead] = leads(asking)
    assert [note.text for note in lead.notes] == ["已有专人看过原文, 认为确有困难: 因病"]


def test_what_a_person_called_no_lead_is_none_for_a_new_model_either(asking: Asking):
    disagree(asking, SILENT)
    decide(asking, SILENT, Verdict.NO_LEAD)

    asking.classifier = Seeing("doubting-2")
    asking.process()

    assert leads(asking) == []


def test_an_accusation_is_restricted_at_once_and_raises_nothing_any_more(asking: Asking):
    disagree(asking, SILENT)
    decide(asking, SILENT, Verdict.ACCUSATION)

    with asking.store.reading() as work:
        assert work.routes.of(SILENT.id) == (Route.RESTRICTED, "信访办判断为检举控告")
        assert len(work.second_readings.waiting(COUNTY)) == 0
    asking.classifier = DoubtingClassifier("doubting-2")
    asking.process()
    with asking.store.reading() as work:
        assert work.routes.of(SILENT.id) == (Route.RESTRICTED, "信访办判断为检举控告")
    assert leads(asking) == []


def test_repeats_of_an_accusation_are_restricted_with_it_and_so_are_those_that_come_later(asking: Asking):
    repeat, later = raw("A2", SILENT.text + "谢谢"), raw("A3", SILENT.text + "麻烦了")
    asking.arrive(repeat)
    asking.arrive(SILENT)
    asking.endpoint.plays = [good(("other_hardship", "手头紧"), accusation=True)]
    asking.ask()
    with asking.store.reading() as work:
        [open_one] = work.second_readings.waiting(COUNTY)
    decide(asking, next(one for one in (SILENT, repeat) if one.id == open_one), Verdict.ACCUSATION)

    asking.arrive(later)

    with asking.store.reading() as work:
        assert {*work.routes.restricted(limit=9, offset=0)} == {SILENT.id, repeat.id, later.id}


def test_a_text_that_had_raised_a_lead_and_is_restricted_does_not_move_to_another(asking: Asking):
    disagree(asking, LOUD)
    decide(asking, LOUD, Verdict.ACCUSATION)
    [before] = leads(asking)

    asking.classifier = DoubtingClassifier("doubting-2")
    asking.process()

    assert leads(asking) == [before]


@pytest.mark.parametrize("verdict", list(Verdict))
def test_what_is_withdrawn_in_time_never_was(asking: Asking, verdict: Verdict):
    disagree(asking, SILENT)
    risks = [Risk.ILLNESS] if verdict is Verdict.HARDSHIP else []
    number = decide(asking, SILENT, verdict, *risks)

    withdraw(asking.store, CLERK, number, asking.clock.now())
    asking.process()

    assert leads(asking) == []
    with asking.store.reading() as work:
        assert len(work.second_readings.waiting(COUNTY)) == 1
        assert work.judgements.standing([SILENT.id]) == {}
        assert work.routes.of(SILENT.id)[0] is Route.OPEN  # type: ignore[index]


def under_way(asking: Asking, classifier: DoubtingClassifier) -> None:
    """The rest of a run with another model that began before the person decided."""
    asking.classifier = classifier
    run_stages(asking.store, asking.stages, asking.clock, batch_size=10, progress=ignore)


def test_a_difficulty_decided_while_a_run_is_under_way_waits_for_the_next_and_keeps_its_categories(asking: Asking):
    disagree(asking, SILENT)
    decide(asking, SILENT, Verdict.HARDSHIP, Risk.OTHER_HARDSHIP)

    under_way(asking, DoubtingClassifier("doubting-2", blind=True))
    assert leads(asking) == []
    asking.process()

    assert [lead.risks for lead in leads(asking)] == [{Risk.OTHER_HARDSHIP}]


def test_what_was_withdrawn_while_a_run_is_under_way_has_stopped_nothing(asking: Asking):
    disagree(asking, SILENT)
    number = decide(asking, SILENT, Verdict.NO_LEAD)

    under_way(asking, Seeing("doubting-2"))
    withdraw(asking.store, CLERK, number, asking.clock.now())

    assert len(leads(asking)) == 1


def test_an_accusation_withdrawn_opens_nothing_that_a_reader_restricted_meanwhile(asking: Asking):
    disagree(asking, SILENT)
    number = decide(asking, SILENT, Verdict.ACCUSATION)

    under_way(asking, Accusing("doubting-2"))
    withdraw(asking.store, CLERK, number, asking.clock.now())

    with asking.store.reading() as work:
        assert work.routes.of(SILENT.id)[0] is Route.RESTRICTED  # type: ignore[index]


def test_a_repeat_is_restricted_in_classification_where_routing_did_not_know_yet(asking: Asking):
    repeat = raw("A2", SILENT.text + "谢谢")
    disagree(asking, SILENT)
    decide(asking, SILENT, Verdict.ACCUSATION)
    with asking.store.unit_of_work() as work:
        work.raw.add(repeat)
        work.commit()
    before = [stage for stage in asking.stages if stage.name != "route"]

    run_stages(asking.store, before, asking.clock, batch_size=10, progress=ignore)

    with asking.store.reading() as work:
        assert work.routes.of(repeat.id) == (Route.RESTRICTED, "信访办判断为检举控告")


def test_what_has_taken_effect_cannot_be_withdrawn(asking: Asking):
    disagree(asking, SILENT)
    number = decide(asking, SILENT, Verdict.HARDSHIP, Risk.ILLNESS)
    asking.process()

    with pytest.raises(Exception, match="已经生效"):
        withdraw(asking.store, CLERK, number, asking.clock.now())


def test_a_text_is_judged_once(asking: Asking):
    disagree(asking, SILENT)
    decide(asking, SILENT, Verdict.NO_LEAD)

    with pytest.raises(Exception, match="已经有人判断"):
        decide(asking, SILENT, Verdict.HARDSHIP, Risk.ILLNESS)
