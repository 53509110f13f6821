"""What an import of the household register changed, as sentences and tables or as JSON; names stay masked."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from commands.terminal import print_table, say
from domain.register.register_change import HouseholdChange, HouseholdChangeKind, PersonChange
from domain.register.register_finding import Finding, FindingLevel
from pipeline.register_checks.checking import Findings
from pipeline.registers.import_registry import RegistryReceipt
from pipeline.registers.workbook import FINDING_COLUMNS, NameOf, finding_cells

_MOST_ROWS = 200
"""Rows of a table on a terminal; all of them are stored, and printed with --json."""
_OF_EACH_RULE = 3
_LOOK_FIRST = (
    HouseholdChangeKind.SPLIT,
    HouseholdChangeKind.MERGED,
    HouseholdChangeKind.GONE,
    HouseholdChangeKind.MOVED,
    HouseholdChangeKind.NEW,
    HouseholdChangeKind.CHANGED,
)


def receipt_json(receipt: RegistryReceipt) -> Iterator[str]:
    """Pieces of one JSON object on one line: the receipt, and `findings` as they are found."""
    yield json.dumps(_receipt_record(receipt), ensure_ascii=False)[:-1]
    yield ', "findings": ['
    separator = ""
    for finding in receipt.findings:
        yield separator + json.dumps(_finding_record(finding), ensure_ascii=False)
        separator = ", "
    yield "]}"


def _finding_record(finding: Finding) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "level": finding.level.value,
        "household_id": finding.household_id,
        "village": finding.village.digits,
        "sheet": finding.place.sheet,
        "row": finding.place.row,
        "wrong": finding.wrong,
        "says": finding.says,
        "advice": finding.advice,
    }


def _receipt_record(receipt: RegistryReceipt) -> dict[str, object]:
    return {
        "id": receipt.id,
        "file": receipt.file,
        "version": receipt.version,
        "households": receipt.households,
        "persons": receipt.persons,
        "added": receipt.added,
        "changed": receipt.changed,
        "unchanged": receipt.unchanged,
        "gone": receipt.gone,
        "kept": receipt.kept,
        "removes_nothing": receipt.removes_nothing,
        "household_changes": {kind.value: count for kind, count in receipt.change_counts.items()},
        "person_changes": {kind.value: count for kind, count in receipt.person_counts.items()},
        "changes": changes_record(receipt.changes, receipt.person_changes),
        "leads": {
            "moved": receipt.followed.moved,
            "to_review": receipt.followed.to_review,
            "household_gone": receipt.followed.gone,
        },
        "rejected": [asdict(one) for one in receipt.problems],
        "warnings": [asdict(one) for one in receipt.warnings],
    }


def changes_record(households: Sequence[HouseholdChange], persons: Sequence[PersonChange]) -> dict[str, object]:
    """A version's report as JSON."""
    return {
        "households": [
            {
                "kind": one.kind.value,
                "household_id": one.household_id,
                "village": one.village.digits,
                "related": list(one.related),
            }
            for one in households
        ],
        "persons": [
            {"kind": one.kind.value, "name": one.masked_name, "before": one.before, "after": one.after}
            for one in persons
        ],
    }


def say_receipt(receipt: RegistryReceipt) -> None:
    """The receipt in sentences."""
    say(
        f"{receipt.file}: {receipt.households}户{receipt.persons}人, 新增{receipt.added}, 变更{receipt.changed}, "
        f"未变{receipt.unchanged}, 移出{receipt.gone}, 退回{len(receipt.problems)}行, 提示{len(receipt.warnings)}条"
    )
    if receipt.changes:
        counts = [f"{kind.label}{count}" for kind, count in receipt.change_counts.items() if count]
        people = [f"{kind.label}{count}人" for kind, count in receipt.person_counts.items() if count]
        say(f"台账第{receipt.version}版: {', '.join([*counts, *people])}")
    if receipt.kept:
        say(f"有{receipt.kept}户的部分行被退回, 这些户保持原样; 改正后重新导入")
    if receipt.removes_nothing:
        say("没有移出任何户: 本次是部分导入, 或文件只有监测对象, 或有的行没有户编号, 不能判断哪些户已不在册")
    followed = receipt.followed
    if followed.moved or followed.to_review or followed.gone:
        say(
            f"未办结线索: {followed.moved}条随户改到新户编号或新的村, {followed.to_review}条待人工选户, "
            f"{followed.gone}条的户已不在台账"
        )


def print_findings(findings: Findings, village: NameOf) -> None:
    """How many households break which rule, and the first of each."""
    counted: Counter[tuple[str, str, str]] = Counter()
    first: list[Finding] = []
    for one in findings:
        rule = one.rule, one.level.label, one.wrong
        counted[rule] += 1
        if counted[rule] <= _OF_EACH_RULE:
            first.append(one)
    if not counted:
        say("逻辑检查: 没有发现问题")
        return
    told = [f"{level.label}{sum(counted[one] for one in counted if one[1] == level.label)}条" for level in FindingLevel]
    say(f"逻辑检查: {', '.join(told)}; 只提示, 不影响导入")
    totals = [(*rule, number) for rule, number in sorted(counted.items())]
    print_table("检查结果汇总", ("规则", "级别", "问题", "条数"), totals)
    shown = [finding_cells(one, village) for one in sorted(first, key=lambda one: one.rule)]
    print_table(f"检查结果(每条规则前{_OF_EACH_RULE}条)", FINDING_COLUMNS, shown)
    if counted.total() > len(first):
        say("只列出一部分, 加 --report 文件.xlsx 写出全部")


def print_changes(households: Sequence[HouseholdChange], persons: Sequence[PersonChange]) -> None:
    """A version's report as tables, what needs a look first."""
    listed = sorted(households, key=lambda one: _LOOK_FIRST.index(one.kind))
    rows = [(one.kind.label, one.household_id, one.village, "、".join(one.related)) for one in listed]
    _print(f"户的变化({len(rows)}户)", ("变化", "户编号", "村代码", "相关户编号"), rows)
    people = [(one.kind.label, one.masked_name, one.before or "", one.after or "") for one in persons]
    _print(f"人的变化({len(people)}人)", ("变化", "姓名", "原户编号", "现户编号"), people)


def _print(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    if rows:
        print_table(title, columns, rows[:_MOST_ROWS])
    if len(rows) > _MOST_ROWS:
        say(f"另有{len(rows) - _MOST_ROWS}行没有列出, 加 --json 输出全部")
