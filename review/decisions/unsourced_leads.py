"""Plans a lead that names no source: for which household, which difficulty, and at whose table it may lie.

Decision 18 says why: the time of a lead, its place and its reader can each tell who petitioned.
"""

import random
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.accounts.account import Account, AuditEntry
from domain.failures.errors import ReviewError
from domain.labelled import Labelled
from domain.leads.disclosure import DisclosureRules
from domain.leads.planned_lead import Handler, PlannedLead
from domain.places.region import Level, RegionCode
from domain.register.household import Household, HouseholdId
from domain.risk import Risk
from domain.texts.document import Document
from domain.words.vocabulary import Role
from nlp.hiding.named_persons import compared
from nlp.hiding.recusal import is_meant
from nlp.persons.petitioner_names import names_of
from review.decisions.accusations import accusation_of
from storage.joined.planned_households import unclear_plans
from storage.store import Store
from storage.texts.accusations import OfficeScope
from storage.unit_of_work import UnitOfWork

_LEVELS = {Handler.VILLAGE: Level.VILLAGE, Handler.TOWN: Level.TOWN, Handler.COUNTY: Level.COUNTY}
_ORDER = list(Handler)


class Accused(Labelled):
    """Where the highest of those works whom the text accuses."""

    NOBODY = "nobody", "没有指向本县的人"
    VILLAGE = "village", "村里的人"
    TOWN = "town", "镇里的人"
    COUNTY = "county", "县里的人"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the clerk filled in."""

    household_id: HouseholdId
    risks: frozenset[Risk]
    accused: Accused
    names: tuple[str, ...]
    """Of those accused; they are compared and not kept."""


@dataclass(frozen=True, slots=True)
class Placing:
    """At whose table the lead may lie, and why not lower, for the petition office alone."""

    handler: Handler
    reasons: tuple[str, ...]


def plan_lead(
    store: Store,
    account: Account,
    accusation: Document | None,
    wish: Wish,
    *,
    rules: DisclosureRules,
    at: datetime,
    chance: random.Random,
) -> Placing:
    """Append the planned lead with its audit entry; where it goes and why.

    `chance` gives the time at which it opens. ReviewError when no category is ticked, or the household is none of the
    account's division.
    """
    if not wish.risks:
        raise ReviewError("请至少勾选一类困难")
    with store.unit_of_work() as work:
        # Before the household: a register that comes in between is then followed, and not taken for the one known.
        version = work.registry.version()
        household = work.registry.households([wish.household_id], inside=account.scope).get(wish.household_id)
        if household is None:
            raise ReviewError("这一户不在本辖区的台账里, 请重新查找")
        placing = placing_of(work, household, accusation, wish, rules, at)
        hours = chance.uniform(rules.earliest_hours, rules.latest_hours)
        planned = PlannedLead(
            id=secrets.token_hex(16),
            document_id=accusation.id if accusation is not None else None,
            household_id=household.id,
            region=household.village.ancestor(_LEVELS[placing.handler]),
            risks=wish.risks,
            register_version=version,
            planned_by=account.username,
            opens_at=at + timedelta(hours=hours),
        )
        work.planned_leads.add(planned)
        # The entry names neither household nor accusation: the auditor must not be able to put the two together.
        work.audit.append(AuditEntry(at=at, actor=account.username, action="plan_lead", subject=planned.id))
        work.commit()
    return placing


def unclear_plans_of(work: UnitOfWork, account: Account, office: OfficeScope) -> list[PlannedLead]:
    """What waits because nobody knows the household any more: what the account planned, and what its office may see."""
    return [one for one in unclear_plans(work) if _may_see(work, account, office, one)]


def _may_see(work: UnitOfWork, account: Account, office: OfficeScope, planned: PlannedLead) -> bool:
    inside = account.region.contains(planned.region)
    # Who planned it sees it also where it lies above him, but not from another office that he went to since.
    if planned.planned_by == account.username and (inside or planned.region.contains(account.region)):
        return True
    if planned.document_id is not None and work.routes.restriction(planned.document_id) is not None:
        return accusation_of(work, account, office, planned.document_id) is not None
    return inside


def settle_plan(store: Store, account: Account, office: OfficeScope, planned_id: str, at: datetime) -> None:
    """Let the planned lead never open, with an audit entry; ReviewError when it is none of `unclear_plans_of`."""
    with store.unit_of_work() as work:
        planned = next((one for one in unclear_plans_of(work, account, office) if one.id == planned_id), None)
        if planned is None:
            raise ReviewError("这一条已经处理, 或已经能确定是哪一户, 请刷新页面")
        work.planned_leads.settle(planned, at)
        work.audit.append(AuditEntry(at=at, actor=account.username, action="settle_planned_lead", subject=planned.id))
        work.commit()


def placing_of(
    work: UnitOfWork,
    household: Household,
    accusation: Document | None,
    wish: Wish,
    rules: DisclosureRules,
    at: datetime,
) -> Placing:
    """The lowest table that no rule forbids, with the rules that forbade the lower ones."""
    found = list(_rules(work, household, accusation, wish, rules, at))
    handler = max((lowest for lowest, _ in found), key=_ORDER.index, default=Handler.VILLAGE)
    return Placing(handler, tuple(reason for _, reason in found))


def households_of(work: UnitOfWork, account: Account, name: str, village: RegionCode | None) -> list[Household]:
    """The households of the account's division, or of the village, with a person of exactly this name."""
    ids = work.household_search.with_person(name, account.scope, village)
    return list(work.registry.households(ids, inside=account.scope).values())


def _rules(
    work: UnitOfWork,
    household: Household,
    accusation: Document | None,
    wish: Wish,
    rules: DisclosureRules,
    at: datetime,
) -> Iterator[tuple[Handler, str]]:
    """Each rule that applies, with the lowest table that it allows."""
    above = {Accused.VILLAGE: Handler.TOWN, Accused.TOWN: Handler.COUNTY, Accused.COUNTY: Handler.COUNTY}
    if wish.accused in above:
        yield above[wish.accused], f"文中指向{wish.accused.label}, 交上一级"
    if any(is_meant(person.name, wish.names) for person in household.persons):
        yield Handler.TOWN, "被反映人在这一户"
    for role, lowest in ((Role.VILLAGE, Handler.TOWN), (Role.TOWN, Handler.COUNTY)):
        there = _accounts_there(work, role, household.village)
        if any(is_meant(one.display_name, wish.names) for one in there):
            yield lowest, f"有同名的{role.label}账号"
        elif wish.names and not all(one.has_person_name for one in there):
            yield lowest, f"有没登记姓名的{role.label}账号, 不知道是不是被反映人"
    if accusation is None:
        return
    if _is_the_petitioners(accusation, household):
        yield Handler.TOWN, "这一户就是反映人家"
    since = at - timedelta(days=rules.crowd_days)
    others = work.planned_leads.others_in(household.village, household.id, since)
    if others < rules.fewest_others:
        yield Handler.TOWN, f"近{rules.crowd_days}天本村别的线索只有{others}条, 容易猜到来源"


def _accounts_there(work: UnitOfWork, role: Role, village: RegionCode) -> list[Account]:
    accounts = [one for one in work.accounts.all() if one.role is role and not one.disabled]
    return [one for one in accounts if one.region.contains(village)]


def _is_the_petitioners(accusation: Document, household: Household) -> bool:
    petitioner = accusation.petitioner
    names = {compared(name) for name in names_of(petitioner.name) if len(name) > 1}
    numbers = {petitioner.phone, petitioner.id_number} - {""}
    return any(
        compared(person.name) in names or person.phone in numbers or person.id_number in numbers
        for person in household.persons
    )
