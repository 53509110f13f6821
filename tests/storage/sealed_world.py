"""A world with a value in every sealed column and every column of fingerprints, and how all of it is read."""

from datetime import date, timedelta

from domain.accounts.sign_in import Door, Waits
from domain.deliveries.receipt import Origin, ReceiptId, Way
from domain.deliveries.submission import Submission, SubmissionState
from domain.leads.disclosure import Reveal, RevealField
from domain.leads.lead import LeadId
from domain.leads.planned_lead import PlannedLead
from domain.links.link import LinkDecision
from domain.links.mention import DocumentMentions, Mentions, ValueMention
from domain.register.household import HouseholdId
from domain.risk import Risk
from domain.sending.outgoing import LeadOutcome, OutcomeKind
from domain.texts.accusation import AccusationAct, AccusationStep
from domain.texts.document import Petitioner, RawDocument
from domain.texts.judgement import Judgement, Verdict
from domain.texts.second_reading import SecondReading
from domain.words.vocabulary import Scope
from storage.unit_of_work import UnitOfWork
from tests.factories import COUNTY, TOWN, VILLAGE, document, lead, link, raw
from tests.fakes import NOON, opinion
from tests.storage.accounts.test_accounts import CLERK
from tests.storage.receipts import keep_receipt, rejected

HOUR = timedelta(hours=1)
WAITS = Waits(free=2, first=timedelta(minutes=1), longest=HOUR, forgotten_after=timedelta(days=1))
TEXT = document()
_WITHOUT_NUMBER = "content:1"
_RECEIPT = ReceiptId("0123456789abcdef")


def fill(work: UnitOfWork) -> None:
    """Write what `read` reads; the text `document()` is there already."""
    _fill_texts(work)
    work.leads.add(lead("lead-1"))
    _fill_protection(work)
    work.lead_outcomes.append(_outcome())
    work.submissions.add(_submission())
    keep_receipt(work, rejected(0), receipt_id=_RECEIPT)
    _fill_sign_in(work)


def read(work: UnitOfWork) -> list[object]:
    """Everything that `fill` wrote, opened and looked up; codes are used up by it, so undo the transaction."""
    return [
        work.mentions.latest(TEXT.id),
        work.links.latest(TEXT.id),
        work.second_readings.latest(TEXT.id),
        work.judgements.in_force([TEXT.id]),
        [one.outcome for one in work.intake.take([_numbered()])],
        work.receipts.get(_RECEIPT),
        work.receipts.rows(_RECEIPT),
        work.submissions.get("a" * 32),
        work.lead_outcomes.of(LeadId("lead-1")),
        work.reveals.in_force("r1", "clerk", NOON),
        work.accusations.released([TEXT.id]),
        work.planned_leads.due(NOON + HOUR),
        work.credentials.secret("clerk"),
        work.credentials.offered_secret("clerk"),
        work.credentials.use_recovery_code("clerk", "one", NOON),
        work.sign_in_failures.closed_for("door", NOON),
        work.set_up_codes.use("first start", NOON),
    ]


def _fill_texts(work: UnitOfWork) -> None:
    work.intake.take([raw(_WITHOUT_NUMBER, petitioner=Petitioner(name="张三三"))])
    work.intake.take([_numbered()])
    phones = (ValueMention(text="13800000000", value="13800000000", start=0, end=11),)
    work.mentions.add(DocumentMentions(document_id=TEXT.id, mentions=Mentions(phones=phones), version="1"), NOON)
    work.links.add(link(TEXT, LinkDecision.LINKED, "1"), NOON)
    work.second_readings.add(
        SecondReading(
            document_id=TEXT.id,
            first_model="fixed-1",
            version="2",
            opinion=opinion(Risk.ILLNESS),
            agrees=True,
            at=NOON,
        )
    )
    work.judgements.add(
        Judgement(
            document_id=TEXT.id,
            verdict=Verdict.HARDSHIP,
            judged_by="clerk",
            judged_at=NOON,
            risks=frozenset({Risk.ILLNESS}),
            scope=Scope.HOUSEHOLD,
        )
    )


def _numbered() -> RawDocument:
    return raw("X77", petitioner=Petitioner(name="张三三"), unnumbered_key=_WITHOUT_NUMBER)


def _fill_protection(work: UnitOfWork) -> None:
    work.reveals.add(
        Reveal(
            id="r1",
            account="clerk",
            field=RevealField.TEXT,
            lead_id=LeadId("lead-1"),
            document_id=TEXT.id,
            household_id=None,
            reason="入户前核对情况",
            at=NOON,
            until=NOON + HOUR,
        )
    )
    for hours, act in enumerate((AccusationAct.RELEASE, AccusationAct.AGREE)):
        work.accusations.add(
            AccusationStep(document_id=TEXT.id, act=act, made_by="clerk", at=NOON + hours * HOUR, reason="反映困难")
        )
    work.planned_leads.add(
        PlannedLead(
            id="p1",
            document_id=TEXT.id,
            household_id=HouseholdId("1"),
            region=VILLAGE,
            risks=frozenset({Risk.ILLNESS}),
            register_version=1,
            planned_by="clerk",
            opens_at=NOON,
        )
    )


def _outcome() -> LeadOutcome:
    return LeadOutcome(
        id="o1",
        lead_id=LeadId("lead-1"),
        outcome=OutcomeKind.TAKEN_IN,
        reported_by="key:a",
        office="县平台",
        reference="2026-7",
        occurred_on=date(2026, 11, 23),
        received_at=NOON,
        remark="已录入",
    )


def _submission() -> Submission:
    return Submission(
        id="a" * 32,
        origin=Origin(way=Way.UPLOAD, who="clerk"),
        region=TOWN,
        file="张三三来信.xlsx",
        size=100,
        state=SubmissionState.QUEUED,
        created_at=NOON,
        changed_at=NOON,
    )


def _fill_sign_in(work: UnitOfWork) -> None:
    work.accounts.add(CLERK)
    work.saved_views.add("clerk", "本村", "village=1", default=False)
    work.credentials.offer_secret("clerk", "ABC234")
    work.credentials.accept_secret("clerk", 100, NOON)
    work.credentials.offer_secret("clerk", "DEF567")
    work.credentials.set_recovery_codes("clerk", ["one", "two"])
    for _ in range(WAITS.free):
        work.sign_in_failures.count(Door("door", WAITS, "clerk"), NOON)
    work.set_up_codes.replace("first start", COUNTY, NOON + HOUR)
