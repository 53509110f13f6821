"""What pages show, made from what is stored: masked, in Chinese, nothing a role may not see."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.accounts.access_scope import AccessScope
from domain.accounts.account import Account
from domain.leads.lead import LeadEvidence, LeadStatus, LeadView, PriorityReason
from domain.leads.workflow import ABOVE, READS_DISCIPLINE, Deadline, due_on, owed_by, owed_of, shown_status
from domain.links.link import Candidate, Link, LinkDecision, WeighedReason, apart_from_reporting
from domain.privacy.masking import mask_name
from domain.register.household import Household, HouseholdId
from domain.risk import TAXONOMY, Risk
from domain.texts.document import DocumentId
from domain.words.vocabulary import Role
from review.rights import access
from review.shown.beside_text import ShownBeside, beside_texts
from review.shown.highlight import Segment, segments
from review.shown.shown_text import ShownTexts, preload_shown
from review.shown.told_apart import told_apart
from review.shown.withheld import evidence_only, hide_petitioner, without_door
from storage.unit_of_work import UnitOfWork

_SURE, _LIKELY = 0.9, 0.6
_REASONS_ON_CARD = 3
_DEADLINES_SHOWN = 3
_UNNAMED_CHANNEL = "有关渠道"
"""A village is not told whether a neighbour petitioned, called or was in the paper."""
_OTHER_CHANNEL = "其他渠道"
"""Of a lead without a text that may be shown: registered by hand, or its text went elsewhere; nobody can tell which."""
_NO_QUOTATION = "有困难情况, 没有可以引用的材料, 请入户了解"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The next step that is owed."""

    text: str
    overdue: bool
    soon: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadCard:
    """A lead in the feed."""

    id: str
    household: str
    village: str
    risks: tuple[Risk, ...]
    urgent: bool
    status: LeadStatus
    due: Due | None
    text_count: int
    """0 where the account may not know how many texts there are."""
    sentence: str
    priority: int | None
    """None where the account may not know what it counts: how often the matter came in."""
    group: str = ""
    """The household's group in the village."""
    apart: str = ""
    """What tells it from another household of the same masked name; empty where no household is known."""
    monitored: str = ""
    """The category under which the household is monitored already."""
    reasons: tuple[str, ...] = ()
    """Why it stands where it stands, strongest first, without the categories, which the card shows by themselves."""
    assignee: str = ""
    """The user name that has it; empty when nobody in particular has."""
    days_in_vain: tuple[date, ...] = ()
    """The days on which somebody was at the door for nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskRow:
    """A category with what the response to it looks like."""

    risk: Risk
    department: str
    defence_lines: str
    national_code: str
    """Empty for what the State only marks: housing and water."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateRow:
    """A household the text may mean."""

    household_id: HouseholdId
    head: str
    village: str
    group: str
    certainty: str
    percent: int
    reasons: tuple[WeighedReason, ...]
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextCard:
    """One text of a lead as the role may see it."""

    channel: str
    day: str
    origin: str
    title: str
    segments: tuple[Segment, ...]
    whole: bool
    petitioner: str
    beside: ShownBeside | None = None
    """What the page of a medium said beside the text; only where it is asked for."""


def due_of(view: LeadView, today: date, role: Role) -> Due | None:
    """The nearest step that the role owes or watches over, in days; None when there is none."""
    deadline = owed_by(view, role)
    if deadline is None:
        return None
    left = (due_on(view.lead.due, deadline) - today).days
    if left < 0:
        return Due(text=f"{deadline.label}已超期{-left}天", overdue=True, soon=True)
    text = f"{deadline.label}今天到期" if left == 0 else f"{deadline.label}还剩{left}天"
    return Due(text=text, overdue=False, soon=left <= 1)


def deadlines_of(view: LeadView, account: Account) -> list[tuple[str, date]]:
    """What is owed next and what after it, with the days; nothing where the role may not know what is owed above.

    A department is told no day of a step that came before the transfer, a village none of passing a lead on to it.
    """
    owed = owed_of(view)
    if owed is None or (view.status in ABOVE and account.role not in READS_DISCIPLINE):
        return []
    steps = list(Deadline)
    if account.role is Role.VILLAGE:
        owed = max(owed, Deadline.VISIT, key=steps.index)
    following = steps[steps.index(owed) :][:_DEADLINES_SHOWN]
    if account.scope.department is not None:
        following = [one for one in following if one in steps[steps.index(Deadline.MEASURE) :]]
    return [(f"{one.label}期限", due_on(view.lead.due, one)) for one in following]


def cards(work: UnitOfWork, views: Sequence[LeadView], today: date, account: Account) -> list[LeadCard]:
    """The feed's cards in the order given, as the account may see them."""
    preload_shown(work, views, account)
    ids = sorted({view.lead.household_id for view in views if view.lead.household_id})
    households = work.registry.households(ids, inside=account.scope)
    return [_card(work, view, households, today, account) for view in views]


def _card(
    work: UnitOfWork, view: LeadView, households: Mapping[HouseholdId, Household], today: date, account: Account
) -> LeadCard:
    shown = open_evidence(work, view)
    link = work.links.latest(shown[0].document_id) if shown else None
    return LeadCard(
        id=view.lead.id,
        household=_household_name(view, link, households, account),
        village=work.places.name_of(view.lead.region),
        risks=tuple(sorted(view.risks)),
        urgent=any(one.urgent for one in view.evidence),
        status=shown_status(view.status, account.role),
        due=due_of(view, today, account.role),
        text_count=_text_count(view, shown) if access.may_know_sources(account) else 0,
        sentence=_first_sentence(work, shown, ShownTexts(work, view, account)),
        priority=view.lead.priority if access.may_know_sources(account) else None,
        **_of_household(view, households),
        reasons=_reasons_on_card(view, account),
        assignee=view.assignment.assignee if view.assignment else "",
        days_in_vain=view.days_in_vain,
    )


def _of_household(view: LeadView, households: Mapping[HouseholdId, Household]) -> dict[str, str]:
    household = households.get(view.lead.household_id) if view.lead.household_id else None
    if household is None:
        return {}
    record = household.under_monitoring
    return {
        "group": household.group,
        "monitored": record.category.label if record else "",
        "apart": told_apart(household, households.values()),
    }


def _reasons_on_card(view: LeadView, account: Account) -> tuple[str, ...]:
    labels = {risk.label for risk in view.risks}
    told = [one.reason for one in reasons_for(view, account) if one.reason not in labels]
    return tuple(told[:_REASONS_ON_CARD])


def reasons_for(view: LeadView, account: Account) -> list[PriorityReason]:
    """Why the lead stands where it stands, without what tells of sources for who may not know them."""
    known = access.may_know_sources(account)
    return [one for one in view.lead.priority_reasons if known or not one.of_sources]


def _household_name(
    view: LeadView, link: Link | None, households: Mapping[HouseholdId, Household], account: Account
) -> str:
    chosen = view.lead.household_id
    if chosen is not None and chosen in households:
        return f"{mask_name(households[chosen].head.name)}户"
    if link is not None and link.decision is LinkDecision.REVIEW:
        candidates = told_candidates(link.candidates, account)
        if candidates:
            return f"可能是{len(candidates)}户之一" if len(candidates) > 1 else "可能是1户, 待确认"
    return "整村整组" if view.lead.scope.value == "area" else "未关联到户"


def _text_count(view: LeadView, shown: Sequence[LeadEvidence]) -> int:
    return len(shown) + 1 if view.lead.unsourced or not shown else len(shown)


def told_candidates(candidates: Iterable[Candidate], account: Account) -> tuple[Candidate, ...]:
    """The candidates as they are for whoever may learn who petitioned, without what tells it for others."""
    return tuple(candidates) if access.may_learn_petitioners(account) else apart_from_reporting(candidates)


def open_evidence(work: UnitOfWork, view: LeadView) -> list[LeadEvidence]:
    """What may be shown: a text that became restricted after it had raised the lead is shown to nobody here."""
    return [evidence for evidence in view.evidence if work.routes.restriction(evidence.document_id) is None]


def _first_sentence(work: UnitOfWork, shown: Sequence[LeadEvidence], texts: ShownTexts) -> str:
    for evidence in shown:
        analysis = work.analyses.latest(evidence.document_id)
        for label in analysis.reading.labels if analysis else ():
            for span in label.evidence:
                document = work.documents.get(evidence.document_id)
                # A list lies open on a desk: who petitioned stands on no card, whoever reads it.
                sentence = without_door(hide_petitioner(texts.of_text(span.text, document), document))
                if sentence:
                    return sentence
    return ""


def risk_rows(risks: Sequence[Risk], departments: Mapping[Risk, str]) -> list[RiskRow]:
    """The categories with department, defence lines and national code."""
    return [
        RiskRow(
            risk=risk,
            department=departments.get(risk, ""),
            defence_lines=" ".join(line.label for line in TAXONOMY[risk].defence_lines),
            national_code=TAXONOMY[risk].national_code or "",
        )
        for risk in risks
    ]


def candidate_rows(
    work: UnitOfWork, candidates: Sequence[Candidate], today: date, *, inside: AccessScope
) -> list[CandidateRow]:
    """The candidates that live inside the scope, with masked members."""
    households = work.registry.households([candidate.household_id for candidate in candidates], inside=inside)
    return [
        _candidate_row(work, candidate, households[candidate.household_id], today)
        for candidate in candidates
        if candidate.household_id in households
    ]


def _candidate_row(work: UnitOfWork, candidate: Candidate, household: Household, today: date) -> CandidateRow:
    certainty = "很可能" if candidate.probability >= _SURE else "可能" if candidate.probability >= _LIKELY else "不确定"
    return CandidateRow(
        household_id=household.id,
        head=mask_name(household.head.name),
        village=work.places.name_of(household.village),
        group=household.group,
        certainty=certainty,
        percent=round(candidate.probability * 100),
        reasons=candidate.reasons,
        members=member_lines(household, today),
    )


def member_lines(household: Household, today: date) -> tuple[str, ...]:
    """One line per member: masked name, relation, age, health, work."""
    lines = []
    for person in household.persons:
        age = f"{today.year - person.birth_year}岁" if person.birth_year else ""
        work = f"在{person.work_place}务工" if person.work_place else ""
        parts = (mask_name(person.name), person.relation.label, age, person.health, work)
        lines.append(" ".join(part for part in parts if part))
    return tuple(lines)


def text_cards(work: UnitOfWork, view: LeadView, account: Account, *, beside: bool = False) -> list[TextCard]:
    """The lead's texts: whole for those who may read them, else only the sentences that are evidence.

    With `beside` also what the pages of media said beside them. Who may not know the sources gets one card for all
    texts: their number and order would tell when somebody came.
    """
    texts = ShownTexts(work, view, account)
    ids = [one.document_id for one in open_evidence(work, view)]
    around = beside_texts(work, ids, account, texts) if beside else {}
    shown = [_text_card(work, one, account, texts, around.get(one)) for one in ids]
    if view.lead.unsourced or not shown:
        shown.append(_other_channel(view))
    return shown if access.may_know_sources(account) else [_joined(shown)]


def _other_channel(view: LeadView) -> TextCard:
    labels = tuple(risk.label for risk in sorted(view.lead.risks if view.lead.unsourced else view.risks))
    segments = (Segment(_NO_QUOTATION, labels),)
    return TextCard(channel=_OTHER_CHANNEL, day="", origin="", title="", segments=segments, whole=False, petitioner="")


def _joined(texts: Sequence[TextCard]) -> TextCard:
    """The sentences of all texts, each once, ordered by what they tell of and not by when they came in."""
    told: dict[str, Segment] = {}
    for segment in (one for text in texts for one in text.segments):
        known = told.get(segment.text)
        labels = dict.fromkeys((*known.labels, *segment.labels) if known else segment.labels)
        told[segment.text] = Segment(segment.text, tuple(labels))
    quoted = [one for one in told.values() if one.labels and one.text != _NO_QUOTATION] or list(told.values())
    ordered = tuple(sorted(quoted, key=lambda one: (one.labels, one.text)))
    return TextCard(channel=_UNNAMED_CHANNEL, day="", origin="", title="", segments=ordered, whole=False, petitioner="")


def _text_card(
    work: UnitOfWork, document_id: DocumentId, account: Account, texts: ShownTexts, beside: ShownBeside | None
) -> TextCard:
    document = work.documents.get(document_id)
    analysis = work.analyses.latest(document.id)
    whole, known = access.may_read_text(account, document.channel), access.may_know_sources(account)
    labels = analysis.reading.labels if analysis else ()
    cut = segments(texts.of_text(document.content, document), labels)
    shown = cut if whole else evidence_only(cut)
    return TextCard(
        channel=document.channel.label if known else _UNNAMED_CHANNEL,
        day=document.day.isoformat() if known else "",
        origin=document.origin if known else "",
        title="" if not whole else texts.of_text(document.title, document),
        segments=tuple(shown),
        whole=whole,
        petitioner=document.petitioner.name if access.may_read_petitioners(account) else "",
        beside=beside,
    )
