"""Why a lead exists, why this household, why this place in the feed: sentences a cadre understands."""

from collections.abc import Iterator

from domain.leads.decision_history import Mask, shown_decisions
from domain.leads.lead import SYSTEM, LeadEvidence, LeadView
from domain.leads.workflow import shown_status
from domain.links.link import Candidate, LinkDecision
from domain.privacy.masking import mask_name
from domain.register.household import Household
from domain.words.vocabulary import Role, Route
from nlp.hiding.hidden_numbers import hide_numbers
from nlp.hiding.named_persons import hide_names
from storage.joined.named_persons import named_in
from storage.store import Store
from storage.unit_of_work import UnitOfWork


def explain(store: Store, view: LeadView, *, with_reasons: bool) -> list[str]:
    """The lead in sentences; with reasons also the evidence, the candidates and the priority.

    It is for whoever runs the system: numbers are masked, and every name that texts and register know.
    """
    with store.reading() as work:
        named = named_in(work, view)

        def hide(text: str) -> str:
            return hide_names(hide_numbers(text), named)

        lines = list(_summary(work, view, hide))
        if with_reasons:
            lines += _priority(view)
            for evidence in view.evidence:
                lines += _evidence(work, evidence, hide)
        return lines


def _summary(work: UnitOfWork, view: LeadView, hide: Mask) -> Iterator[str]:
    lead = view.lead
    risks = "、".join(risk.label for risk in sorted(view.risks))
    yield f"线索 {lead.id}  状态: {shown_status(view.status, Role.ADMIN).label}  优先级: {lead.priority}"
    yield f"地点: {work.places.name_of(lead.region)}  范围: {lead.scope.label}  风险: {risks}"
    if lead.household_id is not None:
        household = work.registry.households([lead.household_id]).get(lead.household_id)
        yield f"关联户: {lead.household_id}  户主: {mask_name(household.head.name) if household else '台账中已无此户'}"
    yield (
        f"派办期限 {lead.due.pass_on}  入户期限 {lead.due.visit}  认定期限 {lead.due.decide}  "
        f"落实期限 {lead.due.measure}  反馈期限 {lead.due.report_back}"
    )
    for decision in shown_decisions(view, Role.ADMIN, hide):
        yield f"处理: {decision.status.label}  {decision.reason}"
    for note in view.notes:
        yield f"备注({'系统' if note.written_by == SYSTEM else '信访办'}): {hide(note.text)}"
    for move in view.moves:
        yield f"改户: {hide(move.reason)}"


def _priority(view: LeadView) -> Iterator[str]:
    yield "排序依据:"
    for reason in view.lead.priority_reasons:
        yield f"  +{reason.points} {reason.reason}"


def _evidence(work: UnitOfWork, evidence: LeadEvidence, hide: Mask) -> Iterator[str]:
    if work.routes.restriction(evidence.document_id) is not None:
        yield f"材料 {evidence.document_id}: {Route.RESTRICTED.label}, 不显示"
        return
    document = work.documents.get(evidence.document_id)
    analysis = work.analyses.latest(evidence.document_id)
    link = work.links.latest(evidence.document_id)
    yield f"材料 {document.id}({document.channel.label}):"
    for label in analysis.reading.labels if analysis else ():
        spans = "; ".join(hide(span.text) for span in label.evidence)
        yield f"  {label.risk.label} {label.probability:.2f}: {spans}"
    if link is not None and link.decision is not LinkDecision.NONE:
        yield f"  关联: {link.decision.label}"
        households = work.registry.households([candidate.household_id for candidate in link.candidates])
        for candidate in link.candidates:
            yield _candidate(candidate, households.get(candidate.household_id))


def _candidate(candidate: Candidate, household: Household | None) -> str:
    name = mask_name(household.head.name) if household else ""
    reasons = (
        f"[{reason.strength.label}]{reason.sentence}" if reason.strength else reason.sentence
        for reason in candidate.reasons
    )
    return f"    {candidate.household_id} {name} {candidate.probability:.2f}: {'; '.join(reasons)}"
