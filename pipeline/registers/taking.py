"""What of a delivered register is taken in: completed by the register, without households in doubt."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.deliveries.receipt import RowOutcome, RowProblem
from domain.places.region import RegionCode
from domain.register.household import Household, HouseholdId, Person
from domain.register.register_entry import HouseholdEntry
from importers.registers.registry import RegistryFile
from pipeline.registers.absent import Absent, with_absent
from pipeline.registers.completion import (
    completed,
    has_moved_renamed,
    keeps_monitoring,
    same_persons,
    with_empty_unsaid,
    with_known_persons,
)
from pipeline.registers.doubles import in_both
from pipeline.registers.families import with_families
from pipeline.registers.moves import held_back
from pipeline.registers.persons import Place, Traced, called, trace
from storage.unit_of_work import UnitOfWork

_OTHER_PEOPLE = (
    "台账里这个户编号是别的村的另一户, 没有导入, 那一户保持原样; 请改正户编号后重新提交, 各村不能用同样的编号"
)
_NO_HEAD = "没有户主这一行, 在册的人也没有写全, 这一户保持原样; 请补全全家后重新提交"
_MAY_LACK_MEMBERS = (
    "在册的人没有写全, 户主没有自己的一行, 或文件里有的户只有户主, 看不出是不是部分人的名单, 这一户保持原样; "
    "只是部分人的请选「只有部分户」(--partial)提交, 写的是全家的请补齐户主和各户的人, "
    "或填「家庭人口」一栏(这一户的人数, 户主也算)后重新提交"
)
_MAYBE_LEFT = "在册的人有的不在文件里, 而文件里有行不知道是哪一户的, 这一户保持原样; 请先改正退回的行"
_MOVED = (
    "有人在这一户和户编号「{}」那一户之间变动, 那一户保持原样, 这一户也没有改动, 免得这个人两户都有或都没有; "
    "请改正那一户, 两户一起重新提交"
)
_MOVED_NEW = (
    "有人从户编号「{}」那一户变动到这一户, 那一户保持原样, 这一户没有导入, 免得这个人两户都有; "
    "请改正那一户, 两户一起重新提交"
)
_OTHER_NAME = (
    "身份证号和在册户编号「{}」那一户的一个人相同, 姓名不一样, 那个人的健康、电话等没有带到这一户; "
    "号码写错的请改正后重新提交, 是同一个人改了姓名的请在这一户里补填"
)
_MONITORING_STAYS = "这一户在册是监测对象, 这次没有填清类别, 监测状态保持不变; 不再是监测对象的请写「非监测对象」"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What of a file is taken in, and what it is compared with."""

    entries: Sequence[HouseholdEntry]
    """Everything delivered, completed: heads that came alone with their families, what is not said as registered."""
    current: Mapping[HouseholdId, str]
    """What the registered households are recognised by."""
    unchanged: int
    covered: Mapping[HouseholdId, RegionCode]
    """The current households of the villages that the file covers."""
    before: Mapping[HouseholdId, Household]
    after: Mapping[HouseholdId, Household]
    present: Mapping[RegionCode, int]
    """How many registered persons of each village the file speaks of, by their households."""
    renamed: Mapping[RegionCode, int]
    """How many persons of each village have a name in the file with no character of the registered one."""
    outcomes: Mapping[HouseholdId, RowOutcome]
    """What became of the rows of each delivered household; of those that are not here nothing changed."""
    kept: int
    warnings: Sequence[RowProblem]
    """Why households stay as they were, and what stays of others."""


def take(work: UnitOfWork, delivered: RegistryFile, *, removes_nothing: bool, partial: bool = False) -> Taken:
    """What is taken in; a household stays as it was where its number means others, or its members are not all told.

    With `partial` the file has some households only, and need not name everybody of them.
    """
    current = work.registry.fingerprints()
    doubted: dict[HouseholdId, str] = {}
    told_of = [with_empty_unsaid(one) for one in delivered.entries] if partial else delivered.entries
    entries = with_families(work, told_of, doubted, partial=partial)
    partly = delivered.partly_read & current.keys()
    whole = {one.household.id: one for one in entries if one.household.id not in partly | doubted.keys()}
    changed = {key: one for key, one in whole.items() if current.get(key) != work.registry.fingerprint(one.household)}
    villages = sorted({one.household.village for one in whole.values()})
    covered = {} if removes_nothing else work.registry.in_villages(villages)
    named = {one.household.id for one in entries} | delivered.partly_read
    before = work.registry.households(
        [*(one for one in changed if one in current), *(one for one in covered if one not in named)]
    )
    delivery = {key: one.household for key, one in changed.items()}
    traced = trace(before, delivery)
    moved: Sequence[Traced] = traced
    if partly:
        told = delivery | {one.household.id: one.household for one in entries if one.household.id in partly}
        moved = _with_partly_read(traced, trace({**before, **work.registry.households(sorted(partly))}, told))
    doubted.update(_doubts(before, changed, traced, is_torn=delivered.unnumbered_rows > 0, partial=partial))
    renumbered = _renumbered(before, delivery, traced)
    same = same_persons(traced, before, delivery, renumbered)
    absent, held = _settled(before, changed, moved, doubted, partly, partial=partial)
    doubted.update({key: _held(beside, is_new=key not in current) for key, beside in held.items()})
    changed.update(absent.entries)
    kept_monitoring = [key for key, one in changed.items() if key in before and keeps_monitoring(one, before[key])]
    for key in changed:
        origin = before.get(key) or renumbered.get(key)
        if origin is not None:
            changed[key] = absent.in_order(key, completed(changed[key], origin, same.get(key, {})))
        elif key in same:
            changed[key] = with_known_persons(changed[key], same[key])
    after = {
        key: one.household
        for key, one in changed.items()
        if key not in doubted and current.get(key) != work.registry.fingerprint(one.household)
    }
    kept = partly | doubted.keys()
    reasons = [dict.fromkeys(kept_monitoring, _MONITORING_STAYS), doubted]
    doubles = in_both(
        work.registry, (one for key, one in changed.items() if key in after), before, named=named | covered.keys()
    )
    as_they_were = [one.household for key, one in whole.items() if key in current and key not in before]
    return Taken(
        entries=[changed.get(one.household.id, one) for one in entries],
        current=current,
        unchanged=len(whole.keys() - after.keys() - doubted.keys()),
        covered=covered,
        before={key: one for key, one in before.items() if key in after or key not in {*changed, *held}},
        after=after,
        present=_persons_by_village([*before.values(), *as_they_were]),
        renamed=_renamed(before, delivery, traced),
        outcomes={
            **{one: RowOutcome.CORRECTED if one in current else RowOutcome.ACCEPTED for one in after},
            **dict.fromkeys(kept, RowOutcome.REJECTED),
        },
        kept=len(kept & current.keys()),
        warnings=[
            *absent.remarks(changed, kept),
            *doubles,
            *(one for one in _renamed_movers(traced, before, changed, renumbered) if one.value in after),
            *(one for said in reasons for one in _warnings(entries, said)),
        ],
    )


def _settled(
    before: Mapping[HouseholdId, Household],
    changed: Mapping[HouseholdId, HouseholdEntry],
    moved: Sequence[Traced],
    doubted: dict[HouseholdId, str],
    partly: Collection[HouseholdId],
    *,
    partial: bool,
) -> tuple[Absent, dict[HouseholdId, HouseholdId]]:
    """Who is absent, and who is held back by whom, when nothing more comes into doubt; the absents' doubts are added.

    Who was to move to a household that is held has to be known as staying, which may put his own in doubt.
    """
    # In a list of some persons another of the same name is no reason to hold a household back.
    moves = [one for one in moved if one.by_id_number or not partial]
    held: dict[HouseholdId, HouseholdId] = {}
    while True:
        absent = Absent.nobody()
        if partial:
            certain = {key: one for key, one in changed.items() if key not in doubted and key not in held}
            absent = with_absent(before, certain, moved)
            doubted.update(absent.doubts)
        further = held_back(moves, partly | doubted.keys() | held.keys())
        held |= further
        if not absent.doubts and not further:
            return absent, held


def _with_partly_read(traced: Sequence[Traced], wider: Sequence[Traced]) -> Sequence[Traced]:
    """Who was traced, and further persons who come from or go to households that were read in part."""
    found, joined = {one.before for one in traced}, {one.after for one in traced}
    return [*traced, *(one for one in wider if one.before not in found and one.after not in joined)]


def _held(keeper: HouseholdId, *, is_new: bool) -> str:
    """Why a household between which and `keeper` somebody moves is not taken in."""
    return (_MOVED_NEW if is_new else _MOVED).format(keeper)


def _persons_by_village(households: Iterable[Household]) -> Mapping[RegionCode, int]:
    found = Counter[RegionCode]()
    for household in households:
        found[household.village] += len(household.persons)
    return found


def _warnings(entries: Sequence[HouseholdEntry], reasons: Mapping[HouseholdId, str]) -> Sequence[RowProblem]:
    places = {one.household.id: one.facts.place for one in entries if one.household.id in reasons}
    return [
        RowProblem(sheet=places[key].sheet, row=places[key].row, column=None, reason=reason, value=key)
        for key, reason in reasons.items()
        if key in places
    ]


def _doubts(
    before: Mapping[HouseholdId, Household],
    delivered: Mapping[HouseholdId, HouseholdEntry],
    traced: Sequence[Traced],
    *,
    is_torn: bool,
    partial: bool,
) -> Iterator[tuple[HouseholdId, str]]:
    """Households that stay as they were, each with why; `is_torn` when rows are missing of nobody knows whom.

    In a delivery of some households only, a head whom others name is enough: who is not named stays anyway.
    """
    found = Counter(one.before.household_id for one in traced)
    for key, entry in delivered.items():
        known = before.get(key)
        if known is None or found[key] == len(known.persons):
            continue
        if not found[key] and entry.household.village != known.village:
            yield key, _OTHER_PEOPLE
        elif is_torn:
            yield key, _MAYBE_LEFT
        elif not entry.facts.heads and (not partial or entry.facts.size == len(entry.household.persons)):
            # Where no head is told, the count of persons who are no heads does not make them the whole family.
            yield key, _NO_HEAD
        elif entry.may_lack_members and not partial and entry.facts.size != len(entry.household.persons):
            yield key, _MAY_LACK_MEMBERS


def _renumbered(
    before: Mapping[HouseholdId, Household], delivered: Mapping[HouseholdId, Household], traced: Sequence[Traced]
) -> dict[HouseholdId, Household]:
    """By new number the household that left its old one: all of it, tied by an ID number, and nobody else."""
    came: dict[HouseholdId, Counter[HouseholdId]] = {}
    tied: set[tuple[HouseholdId, HouseholdId]] = set()
    for one in traced:
        if one.after.household_id not in before:
            came.setdefault(one.after.household_id, Counter())[one.before.household_id] += 1
            names = called(_person(before, one.before)), called(_person(delivered, one.after))
            if one.by_id_number and names[0] == names[1]:
                tied.add((one.before.household_id, one.after.household_id))
    found = {}
    for new, counted in came.items():
        [(old, count)] = counted.most_common(1)
        alone = len(counted) == 1 and count == len(before[old].persons) and old not in delivered
        if alone and (old, new) in tied and before[old].village == delivered[new].village:
            found[new] = before[old]
    return found


def _renamed(
    before: Mapping[HouseholdId, Household], delivered: Mapping[HouseholdId, Household], traced: Sequence[Traced]
) -> Mapping[RegionCode, int]:
    found = Counter[RegionCode]()
    for one in traced:
        household = before[one.before.household_id]
        old = household.persons[one.before.position].name
        new = delivered[one.after.household_id].persons[one.after.position].name
        found[household.village] += one.by_id_number and set(old).isdisjoint(new)
    return found


def _person(households: Mapping[HouseholdId, Household], place: Place) -> Person:
    return households[place.household_id].persons[place.position]


def _renamed_movers(
    traced: Sequence[Traced],
    before: Mapping[HouseholdId, Household],
    entries: Mapping[HouseholdId, HouseholdEntry],
    renumbered: Mapping[HouseholdId, Household],
) -> Iterator[RowProblem]:
    """A remark for everybody who has the ID number, and not the name, of somebody in another household."""
    delivered = {key: one.household for key, one in entries.items()}
    for one in traced:
        left, joined = one.before.household_id, one.after
        if joined.household_id not in entries:
            continue
        old, new = _person(before, one.before), _person(delivered, joined)
        if has_moved_renamed(one, old, new, renumbered):
            place = entries[joined.household_id].persons[joined.position].place
            reason = _OTHER_NAME.format(left)
            yield RowProblem(sheet=place.sheet, row=place.row, column=None, reason=reason, value=joined.household_id)
