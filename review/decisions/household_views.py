"""The households that a lead's texts may mean, side by side, each with what was said of it.

An account sees the households of its own region; of others it learns only how many there are.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, partial

from domain.accounts.account import Account
from domain.clock import china_date
from domain.leads.lead import LeadView, Phase
from domain.links.household_judgement import HouseholdVerdict, StandingJudgement, words_in_force
from domain.links.link import Candidate, apart_from_reporting
from domain.register.household import HouseholdId
from domain.texts.document import Document, DocumentId
from nlp.repeats.copied_letters import first_of_each_household
from review.decisions.lead_history import told_since
from review.rights import access
from review.rights.lead_doors import may_have_accusation, stands_back
from review.shown.views import CandidateRow, candidate_rows, open_evidence, told_candidates
from storage.joined.standing_judgements import standing_judgements
from storage.unit_of_work import UnitOfWork

_ABOVE = "上级"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextChoice:
    """A text of the lead that a verdict can be about."""

    document_id: DocumentId
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidRow:
    """One verdict in force."""

    number: int
    document_id: DocumentId
    verdict: HouseholdVerdict
    judged_by: str
    person: str
    """As the account may know it: a village is not told who above it, perhaps the petition office, looked at a text."""
    day: str
    about: str
    """Which text, where there are several, or that it was said of a repeat."""
    may_be_undone: bool
    shown: bool
    """False for one about a text that the account may not see: it counts for linking and is told to nobody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdPanel:
    """One household with what was said of it and what it can be judged for."""

    household: CandidateRow
    texts: tuple[TextChoice, ...]
    said: tuple[SaidRow, ...]
    shown: tuple[SaidRow, ...]
    """Of these what the page tells."""

    @property
    def contradicting(self) -> bool:
        """True when one says it is the household and another that it is not."""
        return {one.verdict for one in self.shown} >= {HouseholdVerdict.SAME, HouseholdVerdict.DIFFERENT}

    def latest_of(self, person: str, document_id: DocumentId) -> HouseholdVerdict | None:
        """What the person of this user name says of the text and the household now."""
        latest = {(one.judged_by, one.document_id): one.verdict for one in self.said}
        return latest.get((person, document_id))


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdPanels:
    """What the page shows."""

    panels: list[HouseholdPanel]
    elsewhere: int
    """Candidates outside the account's region."""
    lost: tuple[SaidRow, ...]
    """Verdicts on households that are in the register no more, as the page tells them."""
    all_lost: tuple[SaidRow, ...]
    register_version: int
    may_judge: bool

    @property
    def weighed(self) -> bool:
        """True when it is told of a reason how much it says."""
        return any(reason.strength for panel in self.panels for reason in panel.household.reasons)


def household_panels(work: UnitOfWork, account: Account, view: LeadView, at: datetime) -> HouseholdPanels:
    """The candidates of all texts that may be shown and every household that somebody judged, most probable first."""
    evidence = open_evidence(work, view)
    documents = work.documents.many([one.document_id for one in evidence])
    labels = {one.id: f"材料{number}" for number, one in enumerate(documents, 1)}
    candidates = _candidates(work, view, documents, account)
    standing = standing_judgements(work, documents, first_of_each_household)
    row_of = partial(_row, account, labels, since=told_since(view, account))
    said, lost = _said(row_of, standing, _sight(work, account, labels))
    told = {household_id: rows for household_id, rows in said.items() if any(one.shown for one in rows)}
    texts = _texts(candidates, told, labels)
    best = {one.household_id: one for one in _best(candidates, told)}
    rows = candidate_rows(work, list(best.values()), china_date(at), inside=account.scope)
    return HouseholdPanels(
        panels=[
            HouseholdPanel(
                household=row,
                texts=texts[row.household_id],
                said=tuple(said.get(row.household_id, ())),
                shown=_told(said.get(row.household_id, ()), account),
            )
            for row in rows
        ],
        elsewhere=len(work.registry.households(list(best))) - len(rows),
        lost=_told(lost, account),
        all_lost=tuple(lost),
        register_version=work.registry.version(),
        may_judge=access.may_judge_households(account) and view.status.phase is not Phase.CLOSED,
    )


def _candidates(
    work: UnitOfWork, view: LeadView, documents: Sequence[Document], account: Account
) -> dict[DocumentId, tuple[Candidate, ...]]:
    """Of each text; whom the lead may touch is not told the household that reports, whatever the role may know."""
    version_at = cache(work.registry.version_at)
    told = {
        document.id: told_candidates(_candidates_now(work, document.id, version_at), account) for document in documents
    }
    apart = {document_id: apart_from_reporting(candidates) for document_id, candidates in told.items()}
    return apart if told != apart and stands_back(work, account, view) else told


def _candidates_now(
    work: UnitOfWork, document_id: DocumentId, version_at: Callable[[datetime], int]
) -> Iterator[Candidate]:
    """The text's candidates; after a new register, until the next run, under the numbers that they have now."""
    link, made_at = work.links.latest(document_id), work.links.made_at(document_id)
    if link is None or made_at is None:
        return
    since = version_at(made_at)
    seen: set[HouseholdId] = set()
    for candidate in link.candidates:
        for household_id in work.register_history.whereabouts(candidate.household_id, since).households:
            if household_id not in seen:
                yield replace(candidate, household_id=household_id)
            seen.add(household_id)


def same_word(one: SaidRow, other: SaidRow) -> bool:
    """True of two rows that are one word for whoever is not told how many texts there are."""
    return (one.person, one.verdict) == (other.person, other.verdict)


def _told(rows: Sequence[SaidRow], account: Account) -> tuple[SaidRow, ...]:
    """The rows that the account may see; whoever is not told how many texts there are gets each word once, the latest.

    Of rows that may be taken back the one stands for all, for taking it back takes back all of them.
    """
    shown = [one for one in rows if one.shown]
    if access.may_know_sources(account):
        return tuple(shown)
    return tuple(one for at, one in enumerate(shown) if not any(same_word(one, later) for later in shown[at + 1 :]))


def _sight(work: UnitOfWork, account: Account, labels: Mapping[DocumentId, str]) -> Callable[[DocumentId], bool]:
    """Which texts the account may see: those of the page, and others that a lead inside its scope has or had.

    One that is restricted now only the petition office sees, and nobody whom it may mean.
    """

    @cache
    def sees(document_id: DocumentId) -> bool:
        if document_id in labels:
            return True
        if work.routes.restriction(document_id) is not None and not _has_accusation(work, account, document_id):
            return False
        leads = [*work.leads.of_document(document_id), *work.leads.left_by(document_id)]
        return any(work.leads.inside(one, account.scope) is not None for one in leads)

    return sees


def _has_accusation(work: UnitOfWork, account: Account, document_id: DocumentId) -> bool:
    return access.may_read_restricted(account) and may_have_accusation(account, work.documents.get(document_id))


def _said(
    row_of: Callable[..., SaidRow],
    standing: Mapping[DocumentId, tuple[StandingJudgement, ...]],
    sees: Callable[[DocumentId], bool],
) -> tuple[dict[HouseholdId, list[SaidRow]], list[SaidRow]]:
    """Every verdict once, by the household that it means today; those that mean none any more apart."""
    found: dict[HouseholdId, dict[int, SaidRow]] = defaultdict(dict)
    lost: dict[int, SaidRow] = {}
    for one in (one for items in standing.values() for one in words_in_force(items)):
        row = row_of(one, shown=sees(one.judgement.document_id))
        for household_id in one.households:
            found[household_id][one.number] = row
        if not one.households:
            lost[one.number] = row
    by_household = {key: [rows[number] for number in sorted(rows)] for key, rows in found.items()}
    return by_household, [lost[number] for number in sorted(lost)]


def _row(
    account: Account,
    labels: Mapping[DocumentId, str],
    one: StandingJudgement,
    *,
    since: datetime | None,
    shown: bool,
) -> SaidRow:
    """The word; before `since` without who said it and when, which tells who was at the door."""
    judgement = one.judgement
    earlier = since is not None and judgement.judged_at < since
    own = labels.get(judgement.document_id)
    known = access.may_know_sources(account)
    several = own if own is not None and len(labels) > 1 and known else ""
    named = known or account.region.contains(judgement.division)
    wider = account.region != judgement.division and account.region.contains(judgement.division)
    return SaidRow(
        number=one.number,
        document_id=judgement.document_id,
        verdict=judgement.verdict,
        judged_by=judgement.judged_by,
        person="" if earlier else judgement.judged_by if named else _ABOVE,
        day="" if earlier else china_date(judgement.judged_at).isoformat(),
        about=several if own is not None or not known else "同一件事的另一份材料",
        may_be_undone=access.may_judge_households(account) and (judgement.judged_by == account.username or wider),
        shown=shown,
    )


def _texts(
    candidates: Mapping[DocumentId, Sequence[Candidate]],
    said: Mapping[HouseholdId, Sequence[SaidRow]],
    labels: Mapping[DocumentId, str],
) -> dict[HouseholdId, tuple[TextChoice, ...]]:
    """Of each household the texts that offer it; all of them for one that people alone named."""
    offering: dict[HouseholdId, list[DocumentId]] = defaultdict(list)
    for document_id, offered in candidates.items():
        for candidate in offered:
            offering[candidate.household_id].append(document_id)
    for household_id, rows in said.items():
        judged = [row.document_id for row in rows if row.document_id in labels]
        offering[household_id] = list(dict.fromkeys([*offering[household_id], *judged])) or list(labels)
    return {
        household_id: tuple(TextChoice(document_id=one, label=labels[one]) for one in labels if one in documents)
        for household_id, documents in offering.items()
    }


def _best(
    candidates: Mapping[DocumentId, Sequence[Candidate]], said: Mapping[HouseholdId, object]
) -> Iterator[Candidate]:
    """Each household once with its highest probability over all texts, most probable first, then those only judged."""
    best: dict[HouseholdId, Candidate] = {}
    for candidate in (one for offered in candidates.values() for one in offered):
        known = best.get(candidate.household_id)
        if known is None or candidate.probability > known.probability:
            best[candidate.household_id] = candidate
    yield from sorted(best.values(), key=lambda one: (-one.probability, one.household_id))
    for household_id in sorted(said.keys() - best.keys()):
        yield Candidate(household_id=household_id, probability=0.0, why=())
