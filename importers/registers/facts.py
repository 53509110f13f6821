"""What the rows of a household say of it, read: family size, sums, months, risks, answers."""

from collections.abc import Callable
from datetime import date

from domain.register.household import MonitoringRecord
from domain.register.register_entry import HouseholdFacts, Income, RowPlace
from importers.headers.register_layouts import PERSONS
from importers.headers.vocabulary import load_layouts
from importers.registers.row import OfHousehold
from importers.registers.ticks import RISKS
from importers.registers.values import count_of, last_day_of, month_of, sum_of
from importers.words.register_words import register_words

_NO_INCOME = Income()
_NOT_SURE = (
    "从消除时间看不出风险是不是已经消除, 没有当作已消除, 请核对; 已消除的请在「风险是否已消除」一栏写「是」后重新提交"
)
_UNKNOWN_CATEGORY = (
    "不认识的监测对象类别, 没有记为监测对象; 是监测对象的请写成脱贫不稳定户、边缘易致贫户或突发严重困难户后重新提交"
)
_BOTH = "是否消除与消除时间写的不一样, 已按是否消除接收; 不对的请改成一致后重新提交"

Remark = Callable[[str, str, str], None]
"""Takes the column, the reason and the value of what could not be read."""


def column_of(field: str) -> str:
    """The commonest header of a field."""
    return load_layouts()[PERSONS].fields[field][0]


def household_facts(
    said: OfHousehold, *, place: RowPlace, head: str, heads: int, today: date, remark: Remark
) -> HouseholdFacts:
    """What is read today of a household whose first row stands at `place` and whose head has this name."""
    words = register_words()
    risks = _risks(said)
    removed_on = _month(said, "removed_on", remark)
    removed = _removed(said, removed_on, today, remark)
    safe_water = words.answer(said.safe_water)
    return HouseholdFacts(
        place=place,
        # One string for both: there are hundreds of thousands of them.
        head_name=head if said.head_name == head else said.head_name,
        heads=heads,
        size=_size(said, remark),
        category_written=bool(said.category) and not words.is_no_category(said.category),
        not_monitored=words.is_no_category(said.category) and any(map(str.isalpha, said.category)),
        risks=tuple(dict.fromkeys(word for word, _ in risks)),
        risk_codes=tuple(dict.fromkeys(code for _, code in risks if code)),
        unknown_risks=tuple(dict.fromkeys(word for word, code in risks if code is None)),
        disaster=said.disaster,
        identified_on=_month(said, "identified_on", remark),
        removed_on=removed_on,
        removed=removed,
        removed_how=said.removed_how,
        without_labour=words.answer(said.without_labour),
        unsafe_house=words.answer(said.unsafe_house),
        unsafe_water=words.answer(said.unsafe_water) if said.unsafe_water or safe_water is None else not safe_water,
        left_school=words.answer(said.left_school),
        uninsured=words.answer(said.uninsured),
        relocated=words.answer(said.relocated),
        income=_income(said, remark),
    )


def monitoring_of(said: OfHousehold, facts: HouseholdFacts, *, remark: Remark) -> tuple[MonitoringRecord, ...]:
    """The household's monitoring record; empty where it is not monitored, or nobody knows as what."""
    category = register_words().category(said.category)
    if category is None:
        if facts.category_written:
            remark("监测对象类别", _UNKNOWN_CATEGORY, said.category)
        return ()
    record = MonitoringRecord(
        category=category,
        risks=facts.risks,
        identified_on=facts.identified_on,
        removed_on=facts.removed_on,
        removed=facts.removed is True,
    )
    return (record,)


def _removed(said: OfHousehold, removed_on: date | None, today: date, remark: Remark) -> bool | None:
    """Whether the risk is gone: as it is answered, else by a day that is past. That both contradict is said."""
    if said.removed:
        return _answered(said, today, remark)
    if _tells_of_removal(said, today):
        return True
    if removed_on is not None and removed_on <= today:
        remark(column_of("removed_on"), _NOT_SURE, said.removed_on)
    return None


def _answered(said: OfHousehold, today: date, remark: Remark) -> bool | None:
    answer = register_words().answer(said.removed)
    is_unsaid = bool(said.removed_on) and register_words().is_tick(said.removed_on) is False
    if (answer is False and _tells_of_removal(said, today)) or (answer is True and is_unsaid):
        remark(column_of("removed"), _BOTH, f"{said.removed}, {said.removed_on}")
    return answer


def _tells_of_removal(said: OfHousehold, today: date) -> bool:
    """True for a day or month and nothing else that is past, below a sure header, and not before the identification."""
    removed, identified = last_day_of(said.removed_on), last_day_of(said.identified_on)
    if removed is None or removed > today or said.removal_doubtful:
        return False
    return not said.identified_on or (identified is not None and _month_of(identified) <= _month_of(removed))


def _month_of(day: date) -> date:
    return day.replace(day=1)


def _risks(said: OfHousehold) -> list[tuple[str, str | None]]:
    """The risks with their codes; of a monitored household without any those that its causes of 2018 become."""
    words = register_words()
    risks = [one for field in RISKS for one in words.risks_in(getattr(said, field))]
    if risks or words.category(said.category) is None:
        return risks
    return [one for text in (said.cause_2018, said.other_causes_2018) for one in words.causes_in(text)]


def _size(said: OfHousehold, remark: Remark) -> int | None:
    size = count_of(said.size)
    if size is None and said.size:
        remark("家庭人口", "人口数看不懂, 按没有填接收, 请写数字后重新提交", said.size)
    return size


def _month(said: OfHousehold, field: str, remark: Remark) -> date | None:
    written: str = getattr(said, field)
    month = month_of(written)
    # 未消除 and / are no days, and nothing that anybody has to mend.
    is_nothing = register_words().is_tick(written) is False or not any(map(str.isalnum, written))
    if month is None and not is_nothing:
        remark(column_of(field), "时间看不懂, 按没有填接收, 请写成 202203(2022年3月)这样后重新提交", written)
    return month


def _income(said: OfHousehold, remark: Remark) -> Income:
    income = Income(
        wages=_sum(said, "wages", remark),
        business=_sum(said, "business", remark),
        property=_sum(said, "property", remark),
        transfers=_sum(said, "transfers", remark),
        business_costs=_sum(said, "business_costs", remark),
        net=_sum(said, "net_income", remark),
        per_head=_sum(said, "income_per_head", remark),
    )
    return _NO_INCOME if income == _NO_INCOME else income


def _sum(said: OfHousehold, field: str, remark: Remark) -> float | None:
    written: str = getattr(said, field)
    value = sum_of(written)
    if value is None and written:
        remark(column_of(field), "金额看不懂, 按没有填接收, 请写以元为单位的数字后重新提交", written)
    return value
