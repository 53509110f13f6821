"""Whether a delivery may remove what it would remove, or a person has to look first."""

from collections import Counter
from collections.abc import Mapping

from domain.failures.errors import FileError
from domain.places.region import RegionCode
from domain.register.register_change import HouseholdChangeKind, PersonChangeKind, RegisterDiff
from pipeline.policy.tables import RegisterPolicy
from pipeline.registers.taking import Taken
from storage.unit_of_work import UnitOfWork

_CONFIRM = "在网页上选「已核对」(命令行加 --yes)"
_ADVICE = (
    "没有导入任何内容。请核对文件是否完整; 只交部分户的, 在网页上选「只有部分户」(命令行加 --partial), "
    f"没有列出的户和人都照样在册; 核对无误、确要移出的, {_CONFIRM}"
)
_ADVICE_PERSONS = (
    f"没有导入任何内容。请核对文件是否写全了各户的人; 残疾人、学生、务工人员等单列的名单, "
    f"在网页上选「只有部分户」(命令行加 --partial), 没有列出的人照样在册; 核对无误、确要移出的, {_CONFIRM}"
)

_ADVICE_NAMES = (
    f"没有导入任何内容。同一证件号码的姓名和在册的完全不同, 可能只排序了一列或错了行; 核对无误、确要更名的, {_CONFIRM}"
)


def check_removals(work: UnitOfWork, file: str, diff: RegisterDiff, taken: Taken, policy: RegisterPolicy) -> None:
    """FileError when more than the allowed share of a village's households, or persons, would leave or get other names.

    Persons count whatever becomes of their household, also where other people stand under its number now; a handful in
    a small delivery is nothing unusual (`fewest_persons_removed`).
    """
    households = Counter(
        taken.covered[change.household_id] for change in diff.households if change.kind is HouseholdChangeKind.GONE
    )
    share = policy.largest_share_removed
    _refuse(work, file, households, Counter(taken.covered.values()), share, unit="户", advice=_ADVICE)
    persons = Counter(
        taken.before[change.before].village
        for change in diff.persons
        if change.kind is PersonChangeKind.LEFT and change.before is not None
    )
    fewest = policy.fewest_persons_removed
    _refuse(work, file, _from(fewest, persons), taken.present, share, unit="人", advice=_ADVICE_PERSONS)
    renamed = _from(fewest, taken.renamed)
    _refuse(work, file, renamed, taken.present, share, unit="人", does="换成别的姓名", advice=_ADVICE_NAMES)


def _from(fewest: int, counted: Mapping[RegionCode, int]) -> dict[RegionCode, int]:
    return {village: count for village, count in counted.items() if count >= fewest}


def _refuse(
    work: UnitOfWork,
    file: str,
    removed: Mapping[RegionCode, int],
    present: Mapping[RegionCode, int],
    share: float,
    *,
    unit: str,
    does: str = "移出",
    advice: str,
) -> None:
    too_many = [one for one in sorted(removed) if removed[one] > present[one] * share]
    if not too_many:
        return
    told = "; ".join(
        f"{work.places.name_of(one)}现有{present[one]}{unit}, 将{does}{removed[one]}{unit}" for one in too_many[:10]
    )
    more = f"等{len(too_many)}个村" if len(too_many) > 10 else ""
    raise FileError(
        f"{file}: 以下村{does}的{unit}超过{share:.0%}: {told}{more}。{advice}",
        reason="too_many_removed",
    )


def check_not_older(work: UnitOfWork, file: str, sha256: str, diff: RegisterDiff) -> None:
    """FileError when this very file came before, others came since, and it would put the former content back."""
    changes = len(diff.replaced) + len(diff.gone)
    earlier = work.registry.version_of_file(sha256)
    if 0 < earlier < work.registry.version() and changes:
        raise FileError(
            f"{file}: 这个文件作为台账第{earlier}版导入过, 之后台账又更新过, 再导入会把{changes}户改回旧的内容。"
            f"没有导入任何内容。请交最新导出的文件; 确要改回的, {_CONFIRM}",
            reason="older_register",
        )
