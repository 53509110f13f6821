"""Rules about a household as a whole; each yields what the register says where it is broken."""

from collections.abc import Iterator, Mapping

from domain.privacy.masking import mask_name
from domain.register.household import Relation, Sex
from pipeline.register_checks.case import Case, Check, Said

_YOUNGER = (Relation.CHILD, Relation.GRANDCHILD)
_OLDER = (Relation.PARENT, Relation.GRANDPARENT)


def heads(case: Case) -> Iterator[Said]:
    """No head, or several."""
    if case.facts.heads != 1:
        yield Said(f"登记了{case.facts.heads}个户主")


def other_head(case: Case) -> Iterator[Said]:
    """A column with the head's name that names another."""
    head, named = case.household.head, case.facts.head_name
    if named and head.relation is Relation.HEAD and named != head.name:
        yield Said(f"户主姓名一列是{mask_name(named)}, 户主本人是{mask_name(head.name)}")


def other_size(case: Case) -> Iterator[Said]:
    """A number of members that is not that of the rows."""
    size, listed = case.facts.size, len(case.members)
    if size is not None and size != listed and not case.entry.only_head:
        yield Said(f"家庭人口{size}人, 登记了{listed}人")


def spouses(case: Case) -> Iterator[Said]:
    """Several spouses, or one of the head's own sex."""
    found = [one for one in case.members if one.person.relation is Relation.SPOUSE]
    if len(found) > 1:
        yield Said(f"登记了{len(found)}个配偶")
    sex = case.household.head.sex
    for one in found:
        if sex is not Sex.UNKNOWN and one.person.sex is sex:
            yield Said(f"户主和配偶{one.shown}都是{sex.label}", one.facts.place)


def ages(case: Case) -> Iterator[Said]:
    """Children older than the head, parents younger."""
    head = case.household.head.birth_year
    for one in case.members:
        year, relation = one.person.birth_year, one.person.relation
        if head is None or year is None:
            continue
        if (relation in _YOUNGER and year <= head) or (relation in _OLDER and year >= head):
            yield Said(f"户主{head}年生, {relation.label}{one.shown}{year}年生", one.facts.place)


def young_head(case: Case) -> Iterator[Said]:
    """A head too young to work."""
    head = case.members[0]
    if head.person.relation is Relation.HEAD and head.age is not None and head.age < case.checks.ages.work_from:
        yield Said(f"户主{head.shown}{head.age}岁", head.facts.place)


def no_site(case: Case) -> Iterator[Said]:
    """Relocated, to nowhere."""
    if case.facts.relocated and case.household.relocation_site == "搬迁安置点":
        yield Said("安置点未填")


def other_net_income(case: Case) -> Iterator[Said]:
    """A net income that is not the sum of its parts."""
    income = case.facts.income
    parts = (income.wages, income.business, income.property, income.transfers)
    if income.net is None or income.business_costs is None or any(part is None for part in parts):
        return
    total = sum(part for part in parts if part is not None) - income.business_costs
    if abs(total - income.net) > case.checks.limits.rounding:
        yield Said(f"家庭纯收入{income.net:g}元, 各项合计{total:g}元")


def other_income_per_head(case: Case) -> Iterator[Said]:
    """An income per head that is not the net income divided by the members."""
    income = case.facts.income
    size = case.facts.size or (0 if case.entry.only_head else len(case.members))
    if income.net is None or income.per_head is None or not size:
        return
    if abs(income.net / size - income.per_head) > case.checks.limits.rounding:
        yield Said(
            f"人均纯收入{income.per_head:g}元, 家庭纯收入{income.net:g}元除以{size}人是{income.net / size:.2f}元"
        )


def low_income(case: Case) -> Iterator[Said]:
    """Less than the line, and nobody watches over them."""
    line = case.checks.income_line_of(case.household.village, case.today.year)
    per_head = case.facts.income.per_head
    if line is not None and per_head is not None and per_head < line.amount and case.monitored is None:
        yield Said(f"人均纯收入{per_head:g}元, {line.year}年监测线{line.amount:g}元")


def troubles(case: Case) -> Iterator[Said]:
    """Trouble with house, water, school or insurance, and nobody watches over them."""
    if case.troubles and case.monitored is None:
        yield Said(f"{'、'.join(case.troubles)}有问题")


def labour_of_the_unable(case: Case) -> Iterator[Said]:
    """Wholly without labour, but for some."""
    able = [one for one in case.members if case.able(one.person)]
    if case.facts.without_labour and able:
        told = "、".join(f"{one.shown}是「{one.person.labour}」" for one in able[:4])
        yield Said(told, able[0].facts.place)


def insurance(case: Case) -> Iterator[Said]:
    """What is said of the household's insurance is not what is said of its members."""
    flag = case.facts.uninsured
    told = [one for one in case.members if one.facts.insured is not None]
    without = [one for one in told if one.facts.insured is False]
    if flag is False and without:
        yield Said(f"户标志没有未参保成员, {without[0].shown}没有参保", without[0].facts.place)
    if flag and len(told) == len(case.members) and not without and not case.entry.only_head:
        yield Said("户标志有未参保成员, 各人都填了参保")


CHECKS: Mapping[str, Check] = {
    "H01": heads,
    "H02": other_head,
    "H03": other_size,
    "H04": spouses,
    "H05": ages,
    "H06": young_head,
    "H07": no_site,
    "H08": other_net_income,
    "H09": other_income_per_head,
    "H10": low_income,
    "H11": troubles,
    "H12": labour_of_the_unable,
    "H13": insurance,
}
