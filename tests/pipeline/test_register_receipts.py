"""What is kept of a delivered register row by row, ledgers of monitored households, and the report as a workbook."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from domain.deliveries.receipt import Receipt, ReceiptState, RowOutcome, RowProblem, RowReceipt, Way
from domain.failures.errors import FileError
from domain.register.household import HouseholdId, Relation
from domain.register.register_change import HouseholdChange, HouseholdChangeKind, PersonChange, PersonChangeKind
from domain.register.register_entry import RowPlace
from domain.register.register_finding import Finding, FindingLevel
from pipeline.deliveries.receipt_record import receipt_rows
from pipeline.deliveries.receipt_workbook import write_receipt_workbook
from pipeline.registers.import_registry import Delivery, RegistryReceipt, import_registry
from pipeline.registers.workbook import FINDING_COLUMNS, write_register_workbook
from storage.store import Store
from tests.factories import VILLAGE, household, person
from tests.fakes import FakeClock
from tests.importers.office_files import write_xlsx
from tests.pipeline.judging import HEADER, POLICY, Judging

NUMBERS = [f"{VILLAGE.digits}{number:04d}" for number in range(1, 4)]
LEDGER = ("户编号", "村代码", "户主姓名", "家庭人口", "监测对象类别", "返贫致贫风险", "识别监测时间")


@pytest.fixture
def county(sqlite_store: Store, clock: FakeClock, tmp_path: Path) -> Judging:
    return Judging(sqlite_store, clock, tmp_path)


def row(number: str, name: str, relation: str = "本人", group: str = "一组") -> tuple[str, ...]:
    return number, VILLAGE.digits, group, name, relation, "男", "", ""


def deliver(county: Judging, *rows: tuple[object, ...], header: tuple[str, ...] = HEADER) -> RegistryReceipt:
    path = write_xlsx(county.folder / "台账.xlsx", [header, *rows])
    county.clock.move(minutes=1)
    return import_registry(county.store, path, county.clock, POLICY.household_register, Delivery(confirmed=True))


def kept(county: Judging, receipt: RegistryReceipt) -> tuple[Receipt, list[RowReceipt]]:
    with county.store.reading() as work:
        found = work.receipts.get(receipt.id)
    assert found is not None
    return found, list(receipt_rows(county.store, receipt.id))


def test_every_row_of_a_register_has_its_outcome_in_the_kept_receipt(county: Judging):
    first, second, third = NUMBERS
    deliver(county, row(first, "庞甲甲"), row(second, "庞乙乙"))
    receipt = deliver(
        county,
        row(first, "庞甲甲"),
        row(second, "庞乙乙", group="二组"),
        row(third, "庞丙丙"),
        row(third, "庞丁丁", "同住"),
        row(third, ""),
        row("", "庞戊戊"),
    )

    found, rows = kept(county, receipt)

    assert (found.file, found.state, found.origin.way) == ("台账.xlsx", ReceiptState.FINISHED, Way.COMMAND)
    assert [(one.row, one.outcome, one.document_id) for one in rows] == [
        (2, RowOutcome.DUPLICATE, first),
        (3, RowOutcome.CORRECTED, second),
        (4, RowOutcome.ACCEPTED, third),
        (5, RowOutcome.WARNED, None),
        (5, RowOutcome.ACCEPTED, third),
        (6, RowOutcome.REJECTED, None),
        (7, RowOutcome.REJECTED, None),
    ]
    assert [one.position for one in rows] == list(range(7))
    assert rows[5].fields == {
        "户编号": third,
        "村代码": VILLAGE.digits,
        "组": "一组",
        "与户主关系": "本人",
        "性别": "男",
    }
    assert (found.accepted, found.count(RowOutcome.DUPLICATE), found.count(RowOutcome.REJECTED)) == (3, 1, 2)


def test_rows_of_a_household_that_stays_as_it_was_are_refused_with_the_reason(county: Judging):
    first = NUMBERS[0]
    deliver(county, row(first, "庞甲甲"), row(first, "庞乙乙", "长子"))
    receipt = deliver(county, row(first, "庞甲甲"), row(first, "", "长子"))

    _, rows = kept(county, receipt)

    assert receipt.kept == 1
    assert [(one.row, one.outcome) for one in rows] == [(2, RowOutcome.REJECTED), (3, RowOutcome.REJECTED)]
    assert rows[0].problem is not None
    assert rows[0].problem.reason.startswith("整户保持原样, 因为有别的行被退回")


def test_the_same_file_again_names_the_receipt_of_then(county: Judging):
    first = deliver(county, row(NUMBERS[0], "庞甲甲"))
    path = county.folder / "台账.xlsx"
    again = import_registry(county.store, path, county.clock, POLICY.household_register)

    found, rows = kept(county, again)

    assert found.earlier_id == first.id
    assert [one.outcome for one in rows] == [RowOutcome.DUPLICATE]


def test_a_receipt_of_more_rows_than_one_page_is_whole(county: Judging):
    rows = [row(f"{VILLAGE.digits}{number:05d}", f"庞{chr(0x4E00 + number)}") for number in range(4_000)]
    receipt = deliver(county, *rows)

    found, kept_rows = kept(county, receipt)

    assert found.state is ReceiptState.FINISHED
    assert found.count(RowOutcome.ACCEPTED) == len(kept_rows) == 4_000
    assert [one.row for one in kept_rows] == list(range(2, 4_002))


def test_a_refused_delivery_leaves_no_receipt_and_the_former_version(county: Judging, tmp_path: Path):
    deliver(county, *(row(number, f"庞{number[-1]}甲") for number in NUMBERS))
    path = write_xlsx(tmp_path / "半份.xlsx", [HEADER, row(NUMBERS[0], "庞1甲")])

    with pytest.raises(FileError, match=r"将移出2户"):
        import_registry(county.store, path, county.clock, POLICY.household_register)

    with county.store.reading() as work:
        assert len(work.registry.fingerprints()) == 3
        assert len(work.receipts.recent(10)) == 1


def test_a_kept_receipt_of_a_register_is_written_as_a_workbook(county: Judging, tmp_path: Path):
    receipt = deliver(county, row(NUMBERS[0], "庞甲甲"), row("", "庞乙乙"))
    found, _ = kept(county, receipt)

    write_receipt_workbook(tmp_path / "回执.xlsx", county.store, found)

    page = load_workbook(tmp_path / "回执.xlsx").worksheets[0]
    cells = [[cell.value for cell in line][:5] for line in page.iter_rows()]
    assert cells[0] == ["回执结果", "回执说明", "原表行号", "回执识别码", "村代码"]
    assert [line[0] for line in cells[1:]] == ["已接收", "退回"]
    assert cells[2][1] == "户编号: 没有填, 请补填后重新提交"


def test_a_ledger_of_monitored_heads_changes_their_monitoring_and_nobody_else(county: Judging):
    first, second, third = NUMBERS
    deliver(county, row(first, "庞甲甲"), row(first, "庞乙乙", "长子"), row(second, "庞丙丙"))

    receipt = deliver(
        county,
        (first, VILLAGE.digits, "庞甲甲", 2, "边缘易致贫户", "因病", "202203"),
        (third, VILLAGE.digits, "庞丁丁", 3, "突发严重困难户", "因残", "202204"),
        header=LEDGER,
    )

    assert (receipt.changed, receipt.added, receipt.gone, receipt.removes_nothing) == (1, 1, 0, True)
    with county.store.reading() as work:
        found = work.registry.households([HouseholdId(number) for number in NUMBERS])
    assert [person.name for person in found[HouseholdId(first)].persons] == ["庞甲甲", "庞乙乙"]
    assert [one.risks for one in found[HouseholdId(first)].monitoring] == [("因病",)]
    assert found[HouseholdId(second)].monitoring == ()
    assert [one.risks for one in found[HouseholdId(third)].monitoring] == [("因残",)]


def test_checks_of_a_ledger_look_at_the_family_that_is_registered(county: Judging):
    first = NUMBERS[0]
    labour = (*HEADER, "劳动技能")
    deliver(county, (*row(first, "庞甲甲"), "无劳动力"), (*row(first, "庞乙乙", "长子"), "丧失劳动力"), header=labour)

    receipt = deliver(
        county, (first, VILLAGE.digits, "庞甲甲", 2, "边缘易致贫户", "因务工就业不稳", "202203"), header=LEDGER
    )

    assert [one.rule for one in receipt.findings if one.rule.startswith("M")] == ["M01"]


def test_a_finding_keeps_nobody_out(county: Judging):
    receipt = deliver(county, row(NUMBERS[0], "庞甲甲"), row(NUMBERS[0], "庞乙乙"))

    assert "H01" in {one.rule for one in receipt.findings}
    assert (receipt.added, receipt.problems) == (1, ())


def test_the_report_is_a_workbook_of_texts_without_formulas_or_names(tmp_path: Path):
    finding = Finding(
        rule="P01",
        level=FindingLevel.ERROR,
        household_id=HouseholdId(NUMBERS[0]),
        village=VILLAGE,
        place=RowPlace(sheet="=cmd|' /C calc'!A0", row=3),
        wrong="身份证号的校验码不对",
        says="庞**: 最后一位不对",
        advice="照身份证改正",
    )
    change = HouseholdChange(
        kind=HouseholdChangeKind.SPLIT,
        household_id=HouseholdId(NUMBERS[0]),
        village=VILLAGE,
        related=(HouseholdId(NUMBERS[1]), HouseholdId(NUMBERS[2])),
    )
    moved = PersonChange(
        kind=PersonChangeKind.MOVED, masked_name="庞**", before=HouseholdId(NUMBERS[0]), after=HouseholdId(NUMBERS[1])
    )
    refused = RowProblem(sheet="台账", row=4, column=None, reason="没有填", value="")

    write_register_workbook(
        tmp_path / "报告.xlsx",
        findings=[finding],
        households=[change],
        persons=[moved],
        refused=[refused],
        warnings=[],
        village=lambda code: f"村{code}",
    )

    book = load_workbook(tmp_path / "报告.xlsx")
    assert book.sheetnames == ["检查结果", "户的变化", "人的变化", "退回与提示"]
    lines = {name: [[cell.value for cell in line] for line in book[name].iter_rows()] for name in book.sheetnames}
    assert lines["检查结果"] == [
        list(FINDING_COLUMNS),
        [
            "P01",
            "错误",
            f"村{VILLAGE}",
            NUMBERS[0],
            finding.place.sheet,
            "3",
            finding.wrong,
            finding.says,
            finding.advice,
        ],
    ]
    assert lines["户的变化"][1] == ["分户", NUMBERS[0], f"村{VILLAGE}", f"{NUMBERS[1]}、{NUMBERS[2]}"]
    assert lines["人的变化"][1] == ["转到另一户", "庞**", NUMBERS[0], NUMBERS[1]]
    assert lines["退回与提示"][1][:4] == ["退回", "台账", "4", "整行"]
    dangerous = book["检查结果"]["E2"]
    assert (dangerous.data_type, dangerous.quotePrefix) == ("s", True)
    assert (tmp_path / "报告.xlsx").stat().st_mode & 0o077 == 0


def test_a_report_that_cannot_be_written_says_where(tmp_path: Path):
    with pytest.raises(FileError, match="写不了"):
        write_register_workbook(
            tmp_path / "没有" / "报告.xlsx",
            findings=[],
            households=[],
            persons=[],
            refused=[],
            warnings=[],
            village=lambda code: code.digits,
        )


def test_a_family_that_came_whole_is_not_taken_for_heads_alone(county: Judging):
    first = NUMBERS[0]
    county.deliver(household(first, person("庞甲甲"), person("庞乙乙", Relation.CHILD)))

    receipt = deliver(county, row(first, "庞甲甲"))

    assert receipt.changed == 1
    with county.store.reading() as work:
        assert len(work.registry.households([HouseholdId(first)])[HouseholdId(first)].persons) == 1
