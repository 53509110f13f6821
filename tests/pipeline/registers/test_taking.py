"""What a delivery leaves unsaid or puts in doubt takes nobody's place, number or monitoring away."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from domain.deliveries.receipt import RowOutcome
from domain.failures.errors import FileError
from domain.register.household import Household, HouseholdId, Person, Relation
from domain.words.vocabulary import MonitoringCategory
from pipeline.deliveries.receipt_record import receipt_rows
from pipeline.registers.completion import same_persons
from pipeline.registers.import_registry import Delivery, RegistryReceipt, import_registry
from pipeline.registers.persons import trace
from storage.store import Store
from tests.factories import OTHER_VILLAGE, VILLAGE, household
from tests.fakes import FakeClock
from tests.importers.office_files import write_csv
from tests.pipeline.judging import POLICY

HEADER = (
    "户编号",
    "村代码",
    "姓名",
    "与户主关系",
    "性别",
    "证件号码",
    "联系电话",
    "健康状况",
    "监测对象类别",
    "致贫返贫风险",
)
RISKY = ("边缘易致贫户", "因病")
FAMILY = (
    ("户主", "男", "141124196001010015", "13800000001", "患有大病"),
    ("配偶", "女", "141124196201010021", "", "健康"),
    ("之子", "男", "141124199001010015", "", "健康"),
)


def family(number: str, surname: str = "庞", *, village: str = VILLAGE.digits, shift: int = 0) -> list[list[str]]:
    return [
        [
            number,
            village,
            f"{surname}{name}{name}",
            *said[:2],
            f"{said[2][:14]}{shift:02d}{said[2][16:]}",
            *said[3:],
            *RISKY,
        ]
        for name, said in zip("甲乙丙", FAMILY, strict=True)
    ]


def without(rows: Sequence[Sequence[str]], *columns: str) -> list[list[str]]:
    places = [at for at, name in enumerate(rows[0]) if name not in columns]
    return [[row[at] for at in places] for row in rows]


@pytest.fixture
def county(sqlite_store: Store, clock: FakeClock, tmp_path: Path) -> "County":
    return County(sqlite_store, clock, tmp_path)


class County:
    def __init__(self, store: Store, clock: FakeClock, folder: Path) -> None:
        self.store, self.clock, self.folder = store, clock, folder

    def deliver(self, *rows: Sequence[str], partial: bool = False, confirmed: bool = False) -> RegistryReceipt:
        write_csv(self.folder / "台账.csv", rows)
        return self.deliver_file("台账.csv", partial=partial, confirmed=confirmed)

    def deliver_file(self, file: str, *, partial: bool = False, confirmed: bool = False) -> RegistryReceipt:
        self.clock.move(minutes=1)
        delivery = Delivery(partial=partial, confirmed=confirmed)
        return import_registry(self.store, self.folder / file, self.clock, POLICY.household_register, delivery)

    def household(self, number: str = "01") -> Household:
        with self.store.reading() as work:
            return work.registry.households([HouseholdId(number)])[HouseholdId(number)]

    def names(self, number: str = "01") -> str:
        return " ".join(person.name for person in self.household(number).persons)


def test_a_file_without_a_column_for_monitoring_ends_no_monitoring(county: County):
    county.deliver(HEADER, *family("01"))
    before = county.household()

    receipt = county.deliver(*without([HEADER, *family("01")], "监测对象类别", "致贫返贫风险"))

    assert (receipt.changed, receipt.unchanged) == (0, 1)
    assert county.household() == before


def test_members_in_one_cell_take_nobodys_health_or_phone_away(county: County):
    county.deliver(HEADER, *family("01"))

    county.deliver(
        ("户编号", "村代码", "户主", "家庭成员"),
        ("01", VILLAGE.digits, "庞甲甲", "庞乙乙（妻，残疾）、庞丙丙（子）"),
        confirmed=True,
    )

    head, wife, son = county.household().persons
    assert (head.phone, head.health, wife.health, son.health) == ("13800000001", "患有大病", "残疾", "健康")


def test_columns_about_the_head_alone_take_nobody_elses_phone_or_health_away(county: County):
    county.deliver(HEADER, *([*row[:6], "13800000001", *row[7:]] for row in family("01")))

    county.deliver(
        ("户编号", "村代码", "姓名", "与户主关系", "户主电话", "户主健康状况", "户主劳动能力"),
        ("01", VILLAGE.digits, "庞甲甲", "户主", "13800000002", "残疾", "无劳动力"),
        ("01", VILLAGE.digits, "庞乙乙", "配偶", "13800000002", "残疾", "无劳动力"),
        ("01", VILLAGE.digits, "庞丙丙", "之子", "13800000002", "残疾", "无劳动力"),
        confirmed=True,
    )

    told = [(one.phone, one.health, one.labour) for one in county.household().persons]
    assert told == [("13800000002", "残疾", "无劳动力"), *[("13800000001", "健康", "")] * 2]


@pytest.mark.parametrize("written", ["", "/", "不稳定的户"])
def test_a_category_that_says_nothing_ends_no_monitoring_and_is_said(county: County, written: str):
    county.deliver(HEADER, *family("01"))

    receipt = county.deliver(HEADER, *([*row[:8], written, ""] for row in family("01")))

    assert county.household().monitoring[0].category is MonitoringCategory.MARGINAL
    assert "监测状态保持不变" in receipt.warnings[-1].reason


def test_a_word_ends_monitoring(county: County):
    county.deliver(HEADER, *family("01"))

    county.deliver(HEADER, *([*row[:8], "非监测对象", ""] for row in family("01")))

    assert county.household().monitoring == ()


def test_a_file_with_the_category_alone_keeps_risks_and_removal(county: County):
    removed = (*HEADER, "风险是否已消除", "消除监测时间", "识别监测时间")
    county.deliver(removed, *([*row, "是", "202605", "202301"] for row in family("01")))
    before = county.household().monitoring

    county.deliver(*without([HEADER, *family("01")], "致贫返贫风险"))

    assert county.household().monitoring == before
    assert before[0].removed


def test_what_has_no_column_or_lost_its_digits_stays_as_registered(county: County):
    county.deliver(HEADER, *family("01"))
    before = county.household()

    county.deliver(*without([HEADER, *family("01")], "联系电话", "健康状况", "证件号码"))
    county.deliver(HEADER, *([*row[:5], "1.41124E+17", *row[6:]] for row in family("01")))

    assert county.household() == before


def test_nobody_gets_the_number_of_another_who_has_his_name_now(county: County):
    header = (*HEADER, "出生日期")
    county.deliver(header, *([*row, ""] for row in family("01")))

    rows = family("01")
    rows[2][5] = ""
    county.deliver(header, *([*row, year] for row, year in zip(rows, ("", "", "2024-01-01"), strict=True)))

    assert county.household().persons[2].id_number == ""
    assert county.household().persons[2].birth_year == 2024


def test_a_number_that_another_village_uses_replaces_nobody(county: County):
    county.deliver(HEADER, *family("01"))

    receipt = county.deliver(
        HEADER, *family("01", "高", village=OTHER_VILLAGE.digits, shift=7), partial=True, confirmed=True
    )

    assert county.names() == "庞甲甲 庞乙乙 庞丙丙"
    assert (receipt.kept, receipt.changed) == (1, 0)
    assert "别的村的另一户" in receipt.warnings[-1].reason
    outcomes = [one.outcome for one in receipt_rows(county.store, receipt.id) if one.outcome is not RowOutcome.WARNED]
    assert outcomes == [RowOutcome.REJECTED] * 3


def test_a_number_may_pass_to_another_village_when_its_people_have_a_new_one(county: County):
    county.deliver(HEADER, *family("01"))

    county.deliver(HEADER, *family("02"), *family("01", "高", village=OTHER_VILLAGE.digits, shift=7))

    assert county.names("01") == "高甲甲 高乙乙 高丙丙"
    assert county.names("02") == "庞甲甲 庞乙乙 庞丙丙"


def test_where_a_row_has_no_number_nobody_leaves_his_family(county: County):
    county.deliver(HEADER, *family("01"), *family("02", "薛", shift=3))

    rows = family("01")
    rows[1][0] = ""
    receipt = county.deliver(HEADER, *rows, *family("02", "薛", shift=3))

    assert county.names() == "庞甲甲 庞乙乙 庞丙丙"
    assert (receipt.kept, receipt.unchanged) == (1, 1)


def test_a_list_of_members_without_their_heads_changes_no_family(county: County):
    county.deliver(HEADER, *family("01"))

    receipt = county.deliver(HEADER, family("01")[2], confirmed=True)

    assert county.names() == "庞甲甲 庞乙乙 庞丙丙"
    assert receipt.kept == 1


WORKERS = (*HEADER, "务工省市")


def test_a_list_of_some_persons_without_their_heads_changes_what_it_says_of_them(county: County):
    county.deliver(HEADER, *family("01"))
    son = family("01")[2]
    son[6] = "13800000007"

    receipt = county.deliver(WORKERS, [*son, "山西省太原市"], partial=True)

    assert county.names() == "庞甲甲 庞乙乙 庞丙丙"
    assert (county.household().persons[2].phone, county.household().persons[2].work_place) == (
        "13800000007",
        "山西省太原市",
    )
    assert [person.relation for person in county.household().persons] == [
        Relation.HEAD,
        Relation.SPOUSE,
        Relation.CHILD,
    ]
    assert (receipt.kept, receipt.changed) == (0, 1)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param(3, "配偶", id="another relation: perhaps another head is meant"),
        pytest.param(2, "薛丁丁", id="somebody who is not registered there"),
    ],
)
def test_without_a_head_who_may_be_of_another_family_changes_nothing(county: County, field: int, value: str):
    county.deliver(HEADER, *family("01"))
    son = family("01", shift=0 if field == 3 else 9)[2]
    son[field] = value

    receipt = county.deliver(WORKERS, [*son, "山西省太原市"], partial=True)

    assert county.names() == "庞甲甲 庞乙乙 庞丙丙"
    assert county.household().persons[2].work_place == ""
    assert receipt.kept == 1
    assert "没有写户主是谁" in receipt.warnings[-1].reason


def test_who_sets_up_a_household_of_his_own_takes_along_what_the_file_does_not_say(county: County):
    county.deliver(HEADER, *family("01"))
    rows = without([HEADER, *family("01")], "联系电话", "健康状况")
    rows[3][0], rows[3][3] = "02", "户主"

    county.deliver(*rows, confirmed=True)

    [son] = county.household("02").persons
    assert (son.name, son.health) == ("庞丙丙", "健康")


def test_who_sets_up_a_household_of_his_own_loses_what_the_file_says_he_has_no_more(county: County):
    county.deliver(HEADER, *family("01"))
    rows = family("01")
    rows[2][0], rows[2][3], rows[2][7] = "02", "户主", ""

    county.deliver(HEADER, *rows, confirmed=True)

    [son] = county.household("02").persons
    assert (son.name, son.health) == ("庞丙丙", "")


def test_a_namesake_in_a_new_household_gets_nothing_of_the_other_one(county: County):
    county.deliver(HEADER, *family("01"))
    rows = without([HEADER, *family("01")], "健康状况")
    rows[3][0], rows[3][3], rows[3][5] = "02", "户主", ""

    county.deliver(*rows, confirmed=True)

    assert county.household("02").persons[0].health == ""


@pytest.mark.parametrize(
    ("header", "said"),
    [
        pytest.param(("户主",), ("庞甲甲",), id="by his name"),
        pytest.param(("户主姓名", "户主电话"), ("庞甲甲", "13900000003"), id="by his name and phone"),
        pytest.param(("户主", "家庭人口"), ("庞甲甲", "3"), id="beside the number of all"),
    ],
)
def test_a_list_of_members_beside_the_names_of_their_heads_changes_no_family(
    county: County, header: tuple[str, ...], said: tuple[str, ...]
):
    county.deliver(HEADER, *family("01"))

    receipt = county.deliver((*HEADER, *header), [*family("01")[2], *said])

    assert county.names() == "庞甲甲 庞乙乙 庞丙丙"
    assert receipt.kept == 1
    assert any(one.reason.startswith("在册的人没有写全, 户主没有自己的一行") for one in receipt.warnings)


@pytest.mark.parametrize(
    ("header", "said"),
    [
        pytest.param(("户主", "家庭人口"), ("庞甲甲", "2"), id="the family is counted"),
        pytest.param(("户主姓名", "户主证件号码"), ("庞甲甲", "141124196001010015"), id="a ledger of families"),
    ],
)
def test_who_is_missing_beside_a_head_without_a_row_leaves_where_the_others_are_the_family(
    county: County, header: tuple[str, ...], said: tuple[str, ...]
):
    county.deliver(HEADER, *family("01"))

    county.deliver((*HEADER, *header), [*family("01")[1], *said], confirmed=True)

    assert county.names() == "庞甲甲 庞乙乙"


@pytest.mark.parametrize(
    ("members", "names"),
    [
        pytest.param((0, 1), "庞甲甲 庞乙乙 庞丙丙", id="the other household has no member"),
        pytest.param((1, 3), "庞甲甲 庞乙乙 庞丙丙", id="the head is not among them"),
        pytest.param((0, 1, 3), "庞甲甲 庞乙乙", id="it is the sheet of all members"),
    ],
)
def test_a_sheet_of_some_members_without_a_village_takes_nobody_out(
    county: County, members: tuple[int, ...], names: str
):
    rows = [*family("01"), family("02", "薛", shift=3)[0]]
    county.deliver(HEADER, *rows)
    book = Workbook()
    for cells in (("户编号", "村代码", "户主姓名"), *((rows[at][0], VILLAGE.digits, rows[at][2]) for at in (0, 3))):
        book.active.append(cells)  # type: ignore[union-attr]
    page = book.create_sheet("人员")
    for cells in (HEADER, *(rows[at] for at in members)):
        page.append([cells[0], *cells[2:8]])
    book.save(county.folder / "户和人.xlsx")

    county.deliver_file("户和人.xlsx", confirmed=True)

    assert county.names() == names


def test_who_was_registered_with_a_blank_in_his_name_is_known_without_it():
    before, after = (
        {HouseholdId("01"): household("01", Person(name=name, relation=Relation.CHILD))}
        for name in ("庞丙 丙", "庞丙丙")
    )

    (found,) = trace(before, after)

    assert same_persons([found], before, after) == {HouseholdId("01"): {0: before[HouseholdId("01")].persons[0]}}


def test_members_who_are_all_named_beside_their_head_are_taken_in(county: County):
    county.deliver(HEADER, *family("01"))

    wife, son = family("01")[1:]
    wife[7] = "残疾"
    receipt = county.deliver((*HEADER, "户主"), [*wife, "庞甲甲"], [*son, "庞甲甲"])

    assert (receipt.kept, county.household().persons[1].health) == (0, "残疾")


SIZED = (*HEADER, "家庭人口")


def of_three(rows: Sequence[Sequence[str]], size: str = "3") -> list[list[str]]:
    return [[*row, size] for row in rows]


@pytest.mark.parametrize("named", [(0,), (0, 1), (0, 2)])
def test_who_is_missing_in_a_list_of_some_persons_stays_in_the_family(county: County, named: tuple[int, ...]):
    county.deliver(SIZED, *of_three(family("01")), *of_three(family("02", "薛", shift=3)))

    workers = [family("01")[at] for at in named]
    workers[0][6] = "13800000009"
    receipt = county.deliver(HEADER, *workers, family("02", "薛", shift=3)[0], partial=True)

    assert county.names() == "庞甲甲 庞乙乙 庞丙丙"
    assert county.names("02") == "薛甲甲 薛乙乙 薛丙丙"
    assert county.household().head.phone == "13800000009"
    assert receipt.person_changes == ()


def test_how_many_stay_though_the_list_does_not_name_them_is_said(county: County):
    county.deliver(HEADER, *family("01"))

    receipt = county.deliver(HEADER, *family("01")[:2], partial=True)

    assert [(one.row, one.value) for one in receipt.warnings if "有1户共1个在册的人不在文件里" in one.reason] == [
        (2, "01")
    ]


def test_of_a_long_list_it_is_said_once_who_stays(county: County):
    families = [family(f"{number:02d}", f"{chr(0x4E10 + number)}", shift=number) for number in range(7)]
    county.deliver(HEADER, *(row for rows in families for row in rows))

    receipt = county.deliver(HEADER, *(rows[0] for rows in families), *families[6][1:], partial=True)

    said = [one.value for one in receipt.warnings if "有6户共12个在册的人不在文件里" in one.reason]
    assert said == ["00、01、02、03、04等"]
    assert len(receipt.warnings) == 1


def test_a_member_leaves_where_the_file_counts_the_family_and_names_everybody_else(county: County):
    county.deliver(HEADER, *family("01"))

    receipt = county.deliver(SIZED, *of_three(family("01")[:2], "2"), partial=True)

    assert county.names() == "庞甲甲 庞乙乙"
    assert [(one.row, one.value) for one in receipt.warnings if "有1户共1个在册的人不在文件里" in one.reason] == [
        (2, "01")
    ]
    assert "已按不在那一户移出" in receipt.warnings[0].reason


def test_a_member_who_moves_within_the_file_leaves_the_old_family(county: County):
    county.deliver(HEADER, *family("01"), *family("02", "薛", shift=3))
    son = family("01")[2]

    county.deliver(
        HEADER, *family("01")[:2], *family("02", "薛", shift=3), ["02", son[1], son[2], "女婿", *son[4:]], partial=True
    )

    assert county.names() == "庞甲甲 庞乙乙"
    assert county.names("02") == "薛甲甲 薛乙乙 薛丙丙 庞丙丙"


def test_who_joins_a_household_and_stays_in_one_that_the_file_does_not_name_is_said_once_a_household(county: County):
    county.deliver(HEADER, *family("01"), *family("02", "薛", shift=3))
    son, daughter = family("02", "薛", shift=3)[2], family("02", "薛", shift=3)[1]
    joined = [["01", *one[1:3], "其他", *one[4:]] for one in (son, daughter)]
    receipt = county.deliver(HEADER, *family("01"), *joined, partial=True)

    said = [one for one in receipt.warnings if "两户都有" in one.reason]
    assert [(one.row, one.value) for one in said] == [(5, "01")]
    assert "有2人的身份证号在册还在户编号「02」" in said[0].reason
    assert county.names("02") == "薛甲甲 薛乙乙 薛丙丙"
    again = county.deliver(HEADER, *family("01"), *joined, partial=True)
    assert not [one for one in again.warnings if "两户都有" in one.reason]


def test_who_moves_within_the_file_or_out_of_a_household_that_goes_is_in_one_alone(county: County):
    rest, joined = family("02", "薛", shift=3), family("02", "薛", shift=3)[2]
    unmonitored = [[*row[:-2], "", ""] for row in family("01")]
    county.deliver(HEADER, *unmonitored, *rest)
    receipt = county.deliver(HEADER, *unmonitored, ["01", *joined[1:3], "其他", *joined[4:-2], "", ""], confirmed=True)

    assert receipt.gone == 1
    assert county.names("01").endswith("薛丙丙")
    assert not [one for one in receipt.warnings if "两户都有" in one.reason]


def test_another_head_without_the_registered_one_changes_nothing_in_a_list_of_some(county: County):
    county.deliver(HEADER, *family("01"))
    wife, son = family("01")[1:]

    receipt = county.deliver(HEADER, [*wife[:3], "户主", *wife[4:]], son, partial=True)

    assert county.names() == "庞甲甲 庞乙乙 庞丙丙"
    assert (receipt.kept, receipt.changed) == (1, 0)
    assert "在册的户主不在文件里" in receipt.warnings[-1].reason


def test_a_new_name_that_may_be_a_missing_members_changes_nothing_in_a_list_of_some(county: County):
    county.deliver(HEADER, *family("01"))
    head, son = family("01")[0], family("01")[2]

    receipt = county.deliver(HEADER, head, [*son[:2], "庞丁丁", *son[3:5], "", *son[6:]], partial=True)

    assert county.names() == "庞甲甲 庞乙乙 庞丙丙"
    assert "看不出是不是同一个人" in receipt.warnings[-1].reason


def test_who_is_new_in_a_list_of_some_persons_joins_the_family(county: County):
    county.deliver(HEADER, *family("01"))
    head, bride = family("01")[0], family("01", shift=8)[1]

    county.deliver(HEADER, head, [*bride[:2], "高丁丁", "儿媳", *bride[4:]], partial=True)

    assert county.names() == "庞甲甲 庞乙乙 庞丙丙 高丁丁"


def test_a_ledger_gives_no_family_the_monitoring_of_another_head(county: County):
    county.deliver(*without([HEADER, *family("01")], "监测对象类别", "致贫返贫风险"))

    ledger = ("户编号", "村代码", "户主姓名", "监测对象类别")
    receipt = county.deliver(ledger, ("01", OTHER_VILLAGE.digits, "高甲甲", "边缘易致贫户"))

    assert county.household().monitoring == ()
    assert (receipt.kept, receipt.changed) == (1, 0)


def test_a_delivery_that_drops_a_fifth_of_the_persons_is_refused_unless_confirmed(county: County):
    families = [row for number in range(12) for row in family(f"{number:02d}", f"{chr(0x4E10 + number)}", shift=number)]
    county.deliver(HEADER, *families)
    adults = [row for row in families if row[3] != "之子"]

    with pytest.raises(FileError, match=r"36人, 将移出12人.*--partial.*没有列出的人照样在册"):
        county.deliver(HEADER, *adults)
    with pytest.raises(FileError, match="36人, 将移出12人"):
        county.deliver(SIZED, *of_three(adults, "2"), partial=True)
    assert county.deliver(HEADER, *adults, partial=True).unchanged == 12
    assert len(county.household().persons) == 3

    assert county.deliver(HEADER, *adults, confirmed=True).changed == 12


def test_an_older_file_does_not_come_back_over_a_newer_one(county: County):
    old = [HEADER, *family("01")]
    county.deliver(*old)
    new = [HEADER, *([*row[:6], "13900000009", *row[7:]] for row in family("01"))]
    county.deliver(*new)

    with pytest.raises(FileError, match="第1版导入过"):
        county.deliver(*old)
    assert county.deliver(*new).unchanged == 1
    assert county.deliver(*old, confirmed=True).changed == 1


def test_names_that_slipped_by_a_row_are_refused(county: County):
    families = [row for number in range(5) for row in family(f"{number:02d}", f"{chr(0x4E10 + number)}", shift=number)]
    families = [[*row[:2], f"{row[2][0]}{chr(0x5200 + at)}", *row[3:]] for at, row in enumerate(families)]
    county.deliver(HEADER, *families)
    slipped = [[*row[:2], families[(at + 3) % 15][2], *row[3:]] for at, row in enumerate(families)]

    with pytest.raises(FileError, match="换成别的姓名15人"):
        county.deliver(HEADER, *slipped)

    assert county.names("00").startswith(families[0][2])


def test_monitoring_and_phones_go_with_the_family_to_its_new_number(county: County):
    county.deliver(HEADER, *family("01"))
    before = county.household()

    county.deliver(*without([HEADER, *family("77")], "监测对象类别", "致贫返贫风险", "联系电话"))

    assert county.household("77").monitoring == before.monitoring
    assert county.household("77").persons == before.persons


def test_a_household_monitored_again_is_not_read_as_one_whose_risk_is_gone(county: County):
    ledger = ("户编号", "村代码", "户主姓名", "家庭人口", "监测对象类别", "识别监测时间", "风险是否已消除")
    said = ("01", VILLAGE.digits, "庞甲甲", "3")

    county.deliver(HEADER, *family("01"))
    county.deliver(ledger, (*said, "边缘易致贫户", "202203", "是"), (*said, "突发严重困难户", "202603", "否"))

    found = county.household()
    assert found.under_monitoring is not None
    assert found.under_monitoring.category is MonitoringCategory.SUDDEN
    assert [one.removed for one in found.monitoring] == [False, True]


def test_a_past_day_of_removal_alone_removes_the_risk_of_a_registered_household(county: County):
    dated = (*HEADER, "识别监测时间", "消除监测时间")
    county.deliver(dated, *([*row, "202301", ""] for row in family("01")))
    assert not county.household().monitoring[0].removed

    county.deliver(dated, *([*row, "202301", "202305"] for row in family("01")))

    assert county.household().monitoring[0].removed


@pytest.mark.parametrize("called", ["庞甲甲", "庞甲 甲"])
def test_a_column_about_the_head_takes_nothing_away_where_he_is_known_by_his_name_alone(county: County, called: str):
    county.deliver(HEADER, *family("01"))

    county.deliver(
        ("户编号", "村代码", "户主姓名", "户主健康状况", "户主劳动能力", "姓名"),
        *(("01", VILLAGE.digits, called, "残疾", "", name) for name in ("庞甲甲", "庞乙乙", "庞丙丙")),
        confirmed=True,
    )

    assert [person.health for person in county.household().persons] == ["残疾", "健康", "健康"]


def test_an_empty_column_about_the_head_leaves_what_is_registered_of_him(county: County):
    county.deliver(HEADER, *family("01"))

    county.deliver(
        ("户编号", "村代码", "户主姓名", "户主健康状况", "户主电话", "姓名", "与户主关系"),
        ("01", VILLAGE.digits, "庞戊戊", "残疾", "", "庞甲甲", "户主"),
        ("01", VILLAGE.digits, "庞戊戊", "残疾", "", "庞乙乙", "配偶"),
        ("01", VILLAGE.digits, "庞戊戊", "残疾", "", "庞丙丙", "之子"),
        confirmed=True,
    )

    head = county.household().persons[0]
    assert (head.name, head.health, head.phone) == ("庞甲甲", "患有大病", "13800000001")


CHANGES = (*HEADER[:6], "变更类型", "变更原因")


@pytest.mark.parametrize("partial", [True, False])
@pytest.mark.parametrize(
    ("change", "reason", "said"),
    [
        ("减少", "死亡", "减少"),
        ("减少", "", "减少"),
        ("", "死亡", "死亡"),
        ("/", "死亡", "死亡"),
        ("迁出", "", "迁出"),
        ("注销(死亡)", "", "注销"),
        ("销户", "/", "销户"),
        ("自然减少", "监测对象死亡", "自然减少"),
        ("减少", "误诊死亡", "减少"),
        ("户籍转出", "", "户籍转出"),
        ("整户减少", "离世", "整户减少"),
    ],
)
def test_a_row_by_which_somebody_is_there_no_more_adds_nobody_and_is_said(
    county: County, change: str, reason: str, said: str, partial: bool
):
    county.deliver(HEADER, *family("01"))
    _, wife, _ = family("01")
    stranger = ["09", wife[1], "薛新新", *wife[3:5], ""]

    receipt = county.deliver(
        CHANGES,
        [*wife[:6], change, reason],
        [*stranger, change, reason],
        *([*one[:6], "新增", "出生"] for one in family("02", "薛", shift=3)),
        partial=partial,
    )

    assert county.names() == "庞甲甲 庞乙乙 庞丙丙"
    assert county.names("02") == "薛甲甲 薛乙乙 薛丙丙"
    assert [problem.reason.startswith(f"写着「{said}") for problem in receipt.problems] == [True, True]
    with county.store.reading() as work:
        assert not work.registry.households([HouseholdId("09")])


@pytest.mark.parametrize(
    ("change", "reason", "said"),
    [
        ("户主变更", "死亡", ["死亡"]),
        ("新增", "迁入", []),
        ("减少", "风险消除", []),
        ("减少", "收入减少", []),
        ("减员", "退出低保", []),
        ("注销", "取消监测", ["注销"]),
        ("减少/增加", "", []),
        ("减少", "恢复", ["减少"]),
        ("减少", "误填", ["减少"]),
        ("死亡 恢复", "", ["死亡"]),
        ("减少收入", "", []),
    ],
)
def test_a_row_by_which_nobody_has_gone_is_read_and_a_death_in_it_is_said(
    county: County, change: str, reason: str, said: list[str]
):
    head = family("01")[0]

    receipt = county.deliver(CHANGES, [*head[:6], change, reason])

    assert county.names() == "庞甲甲"
    assert receipt.problems == ()
    assert [one.value for one in receipt.warnings if one.reason.startswith("写着「")] == said


def test_the_reason_alone_may_be_that_of_a_change_of_heads(county: County):
    head = family("01")[0]

    receipt = county.deliver((*HEADER[:6], "变更原因"), [*head[:6], "死亡"])

    assert county.names() == "庞甲甲"
    assert receipt.problems == ()
    assert [one.value for one in receipt.warnings if one.reason.startswith("写着「")] == ["死亡"]


@pytest.mark.parametrize(
    ("header", "cells", "removed", "said"),
    [
        (("监测对象类别", "风险是否已消除"), ("边缘易致贫户", "是"), True, []),
        (("监测对象类别", "风险消除时间"), ("边缘易致贫户", "2026-09"), True, []),
        (("监测对象类别", "风险是否已消除"), ("边缘易致贫户", "否"), False, ["减少"] * 3),
    ],
)
def test_the_monitoring_of_a_household_may_be_what_is_fewer(
    county: County, header: tuple[str, ...], cells: tuple[str, ...], removed: bool, said: list[str]
):
    rows = [[*one[:6], *cells, "减少"] for one in family("01")]

    receipt = county.deliver((*HEADER[:6], *header, "变更类型"), *rows)

    assert county.names() == "庞甲甲 庞乙乙 庞丙丙"
    assert receipt.problems == ()
    assert [one.removed for one in county.household().monitoring] == [removed]
    assert [one.value for one in receipt.warnings if one.reason.startswith("写着「")] == said


@pytest.mark.parametrize("header", ["变更前类型", "变更类别", "低保变更类型"])
def test_what_is_like_a_kind_of_change_is_none(county: County, header: str):
    receipt = county.deliver((*HEADER[:6], header), *([*one[:6], "减少"] for one in family("01")))

    assert county.names() == "庞甲甲 庞乙乙 庞丙丙"
    assert receipt.problems == ()


WIFE_ALONE = ("141124196201010021", "13900000002", "残疾")
WORK = ("劳动技能", "务工所在地", "务工时间", "在校生状况")
OF_WORK = ("普通劳动力", "太原", "6", "非在校生")


@pytest.mark.parametrize("partial", [True, False])
@pytest.mark.parametrize(
    ("header", "said"),
    [
        pytest.param(("户主姓名",), ("庞甲甲",), id="by his name alone"),
        pytest.param(("户主姓名", "户主身份证号"), ("庞甲甲", "141124196001010015"), id="by columns of his own"),
        pytest.param(("户主姓名", "户主健康状况"), ("庞甲甲", ""), id="by an empty column of his own"),
    ],
)
def test_a_head_who_is_only_named_keeps_all_that_is_registered_of_him(
    county: County, header: tuple[str, ...], said: tuple[str, ...], partial: bool
):
    head, wife, _ = family("01")
    county.deliver((*HEADER, *WORK), [*head, *OF_WORK], [*wife, *OF_WORK])
    before, wife_before = county.household().persons

    county.deliver((*HEADER[:8], *WORK, *header), [*wife[:5], *WIFE_ALONE, "", "", "", "", *said], partial=partial)

    kept, changed = county.household().persons
    assert kept == before
    # In a list of some households an empty cell takes nothing away.
    rest = (wife_before.labour, wife_before.work_place) if partial else ("", "")
    assert (changed.phone, changed.health, changed.labour, changed.work_place) == (*WIFE_ALONE[1:], *rest)


def test_what_other_columns_say_of_a_head_without_a_row_is_taken_in(county: County):
    head, wife, _ = family("01")
    county.deliver(HEADER, head, wife)

    county.deliver((*HEADER[:8], "户主姓名", "户主健康状况"), [*wife[:5], *WIFE_ALONE, "庞甲甲", "残疾"], partial=True)

    kept = county.household().persons[0]
    assert (kept.health, kept.phone) == ("残疾", "13800000001")


def test_a_head_named_on_another_sheet_keeps_what_only_the_members_sheet_has_columns_for(county: County):
    head, wife, _ = family("01")
    county.deliver(HEADER, head, wife)
    book = Workbook()
    book.active.append(["户编号", "村代码", "户主姓名", "联系电话"])  # type: ignore[union-attr]
    book.active.append(["01", head[1], "庞甲甲", "13900000003"])  # type: ignore[union-attr]
    members = book.create_sheet("成员")
    members.append(HEADER[:8])
    members.append([*wife[:5], *WIFE_ALONE])
    book.save(county.folder / "两张表.xlsx")

    county.deliver_file("两张表.xlsx")

    kept = county.household().persons[0]
    assert (kept.health, kept.phone) == ("患有大病", "13900000003")


def test_a_head_whom_a_card_names_beside_a_family_without_him_keeps_what_it_does_not_say(county: County):
    head, wife, _ = family("01")
    county.deliver(HEADER, head, wife)
    book = Workbook()
    for cells in (
        ("农户信息卡",),
        ("户编号", "01", "户主姓名", "庞甲甲"),
        ("村代码", head[1], "户主联系电话", "13900000003"),
        ("姓名", "与户主关系", "性别", "健康状况"),
        ("庞乙乙", "配偶", "女", "残疾"),
    ):
        book.active.append(cells)  # type: ignore[union-attr]
    book.save(county.folder / "卡.xlsx")

    county.deliver_file("卡.xlsx")

    kept, changed = county.household().persons
    assert (kept.health, kept.phone, changed.health) == ("患有大病", "13900000003", "残疾")


def test_a_head_who_is_only_named_in_a_new_household_is_taken_in_by_his_name(county: County):
    _, wife, _ = family("01")

    county.deliver((*HEADER[:8], "户主姓名"), [*wife[:5], *WIFE_ALONE, "庞甲甲"])

    head, other = county.household().persons
    assert (head.name, head.phone, head.health, other.health) == ("庞甲甲", "", "", "残疾")


def test_a_phone_of_a_neighbour_leaves_the_registered_one(county: County):
    county.deliver(HEADER, *family("01"))
    head, *others = family("01")

    county.deliver(HEADER, [*head[:6], "13900001111（邻居）", "残疾", *head[8:]], *others, confirmed=True)

    kept = county.household().persons[0]
    assert (kept.phone, kept.health) == ("13800000001", "残疾")


def test_who_moves_to_a_household_in_doubt_stays_in_his_own(county: County):
    county.deliver(SIZED, *of_three(family("01")), *of_three(family("02", "薛", shift=3)))
    head, wife, son = family("01")
    other, bride = family("02", "薛", shift=3)[:2]

    receipt = county.deliver(
        HEADER,
        head,
        wife,
        other,
        [*bride[:2], "薛新新", *bride[3:5], "", *bride[6:]],
        ["02", son[1], son[2], "女婿", *son[4:]],
        partial=True,
    )

    assert county.names() == "庞甲甲 庞乙乙 庞丙丙"
    assert county.names("02") == "薛甲甲 薛乙乙 薛丙丙"
    assert receipt.kept == 2
    assert "户编号「02」那一户之间变动" in receipt.warnings[-1].reason


def test_one_household_in_doubt_brings_the_next(county: County):
    county.deliver(HEADER, *family("01"), *family("02", "薛", shift=3), *family("03", "高", shift=5))
    first, second, third = family("01"), family("02", "薛", shift=3), family("03", "高", shift=5)

    receipt = county.deliver(
        SIZED,
        *of_three([first[0], first[1], ["01", *second[0][1:3], "父亲", *second[0][4:]]], ""),
        *of_three(
            [[*second[1][:3], "户主", *second[1][4:]], second[2], ["02", *third[2][1:3], "女婿", *third[2][4:]]], "3"
        ),
        *of_three(third[:2], "2"),
        ["01", first[2][1], "庞新新", "之子", "男", "", *first[2][6:], ""],
        partial=True,
    )

    names = " ".join(county.names(number) for number in ("01", "02", "03")).split()
    assert {row[2] for row in (*first, *second, *third)} <= set(names)
    assert receipt.changed == 0


def test_whose_relations_nobody_knows_after_the_head_changed_stays_as_he_was(county: County):
    county.deliver(HEADER, *family("01"))
    head, _, son = family("01")

    receipt = county.deliver(HEADER, [*son[:3], "户主", *son[4:]], [*head[:3], "父亲", *head[4:]], partial=True)

    assert [person.relation for person in county.household().persons] == [
        Relation.HEAD,
        Relation.SPOUSE,
        Relation.CHILD,
    ]
    assert receipt.kept == 1
    assert "看不出和新户主是什么关系" in receipt.warnings[-1].reason


def test_who_is_not_named_where_the_head_moved_away_has_no_relation_to_the_new_one(county: County):
    county.deliver(HEADER, *family("01"), *family("02", "薛", shift=3))
    head, wife, _ = family("01")

    receipt = county.deliver(
        HEADER, [*wife[:3], "户主", *wife[4:]], *family("02", "薛", shift=3), moved(head, "02", "其他"), partial=True
    )

    assert county.names() == "庞甲甲 庞乙乙 庞丙丙"
    assert receipt.kept == 2


def moved(row: Sequence[str], number: str, relation: str = "女婿") -> list[str]:
    return [number, *row[1:3], relation, *row[4:]]


def test_who_leaves_a_household_that_stays_as_it_was_is_not_in_two(county: County):
    county.deliver(HEADER, *family("01"), *family("02", "薛", shift=3))
    _, wife, son = family("01")

    receipt = county.deliver(
        HEADER, [*wife[:3], "户主", *wife[4:]], *family("02", "薛", shift=3), moved(son, "02"), partial=True
    )

    assert county.names() == "庞甲甲 庞乙乙 庞丙丙"
    assert county.names("02") == "薛甲甲 薛乙乙 薛丙丙"
    assert (receipt.kept, receipt.changed) == (2, 0)


@pytest.mark.parametrize("row", [0, 1])
def test_who_moves_to_a_household_of_which_a_row_is_missing_is_lost_from_none(county: County, row: int):
    county.deliver(HEADER, *family("01"), *family("02", "薛", shift=3))
    others = family("02", "薛", shift=3)
    # The head's row is not there, or one without a name is refused.
    others = others[1:] if row == 0 else [others[0], [*others[1][:2], "", *others[1][3:]], others[2]]

    receipt = county.deliver(HEADER, *family("01")[:2], *others, moved(family("01")[2], "02"), confirmed=True)

    assert county.names() == "庞甲甲 庞乙乙 庞丙丙"
    assert county.names("02") == "薛甲甲 薛乙乙 薛丙丙"
    assert receipt.kept == 2


def test_a_household_that_joins_one_in_doubt_does_not_go(county: County):
    plain = without([HEADER, *family("01"), *family("02", "薛", shift=3)], "监测对象类别", "致贫返贫风险")
    county.deliver(*plain)

    receipt = county.deliver(plain[0], *plain[5:], *(moved(row, "02", "其他") for row in plain[1:4]), confirmed=True)

    assert county.names() == "庞甲甲 庞乙乙 庞丙丙"
    assert county.names("02") == "薛甲甲 薛乙乙 薛丙丙"
    assert receipt.gone == 0


def unnumbered(row: Sequence[str]) -> list[str]:
    return [*row[:5], "", *row[6:]]


BORN = (*HEADER, "出生日期")


def test_another_of_the_same_name_holds_nobody_back_in_a_list_of_some(county: County):
    county.deliver(HEADER, *family("01"), *family("02", "薛", shift=3))
    head, _, son = family("01")
    others = [[*row, ""] for row in family("02", "薛", shift=3)]
    # Of the household that he is to move to a row is refused; a birth tells no two of one name apart.
    namesake = [*unnumbered(moved(son, "02")), f"{son[5][6:10]}-05-01"]

    receipt = county.deliver(
        BORN,
        [*head[:6], "13811111111", *head[7:], ""],
        others[0],
        [*others[1][:2], "", *others[1][3:]],
        namesake,
        partial=True,
    )

    assert county.household().persons[0].phone == "13811111111"
    assert county.names() == "庞甲甲 庞乙乙 庞丙丙"
    assert (receipt.kept, receipt.changed) == (1, 1)


def test_a_namesake_in_a_household_that_was_read_in_part_doubles_nobody_who_moves(county: County):
    families = [family("01"), family("02", "薛", shift=3), family("03", "武", shift=6)]
    born = [[[*unnumbered(row), f"{row[5][6:10]}-05-01"] for row in rows] for rows in families]
    county.deliver(BORN, *(row for rows in born for row in rows))
    first, second, third = born
    namesake = [*third[2][:2], first[2][2], *third[2][3:]]

    receipt = county.deliver(
        BORN,
        *first[:2],
        *second,
        moved(first[2], "02"),
        third[0],
        [*third[1][:2], "", *third[1][3:]],
        namesake,
        partial=True,
    )

    assert county.names() == "庞甲甲 庞乙乙"
    assert county.names("02") == "薛甲甲 薛乙乙 薛丙丙 庞丙丙"
    assert receipt.kept == 1


def test_a_new_household_that_is_held_back_is_said_not_to_be_taken_in(county: County):
    county.deliver(HEADER, *family("01"))
    _, wife, son = family("01")

    receipt = county.deliver(HEADER, [*wife[:3], "户主", *wife[4:]], moved(son, "09", "户主"), partial=True)

    assert county.names() == "庞甲甲 庞乙乙 庞丙丙"
    assert receipt.kept == 1
    assert ["这一户没有导入" in one.reason for one in receipt.warnings if one.value == "09"] == [True]


@pytest.mark.parametrize("empty", ["", "/"])
def test_in_a_list_of_some_households_an_empty_cell_takes_nothing_away(county: County, empty: str):
    header = (*HEADER, "务工地点", "村民小组", "家庭住址")
    rows = [[*row, "太原", "一组", "庞家庄村5号"] for row in family("01")]
    county.deliver(header, *rows)
    before = county.household()

    receipt = county.deliver(
        header, *([*row[:6], empty, empty, row[8], "", empty, "", empty] for row in rows[:2]), partial=True
    )

    assert county.household() == before
    assert (receipt.changed, receipt.unchanged) == (0, 1)


def test_in_a_list_of_some_households_a_word_still_ends_work_and_removal(county: County):
    header = (*HEADER, "务工省市", "风险是否已消除", "消除监测时间")
    county.deliver(header, *([*row, "太原", "是", "202605"] for row in family("01")))

    county.deliver(header, *([*row, "已返乡", "否", ""] for row in family("01")), partial=True)

    after = county.household()
    assert [one.work_place for one in after.persons] == ["", "", ""]
    assert (after.monitoring[0].removed, after.monitoring[0].removed_on) == (False, None)


def test_a_list_of_some_without_relations_and_heads_changes_the_one_member_whom_it_names(county: County):
    county.deliver(HEADER, *family("01"))
    son = family("01")[2]

    county.deliver(
        ("户编号", "村代码", "姓名", "证件号码", "联系电话", "务工省市"),
        (*son[:3], son[5], "13800000009", "山西省太原市"),
        partial=True,
    )

    told = [(one.relation, one.phone, one.work_place) for one in county.household().persons]
    assert told == [
        (Relation.HEAD, "13800000001", ""),
        (Relation.SPOUSE, "", ""),
        (Relation.CHILD, "13800000009", "山西省太原市"),
    ]


def test_without_a_column_of_relations_the_registered_ones_stay(county: County):
    county.deliver(HEADER, *family("01"))

    county.deliver(*without([HEADER, *family("01")], "与户主关系"))

    assert [one.relation for one in county.household().persons] == [Relation.HEAD, Relation.SPOUSE, Relation.CHILD]


def test_a_count_of_those_told_makes_no_family_without_a_head_whole(county: County):
    county.deliver(HEADER, *family("01"))
    _, wife, son = family("01")

    receipt = county.deliver((*HEADER, "家庭人口"), [*wife, "2"], [*son, "2"], partial=True)

    assert county.names() == "庞甲甲 庞乙乙 庞丙丙"
    assert receipt.kept == 1


def test_without_a_head_another_name_is_nobody_of_the_family_for_his_birth(county: County):
    county.deliver(HEADER, *family("01"))
    son = family("01")[2]

    receipt = county.deliver(
        ("户编号", "村代码", "姓名", "与户主关系", "性别", "出生日期", "联系电话"),
        (*son[:2], "高戊戊", *son[3:5], "1990-05-05", "13800000009"),
        partial=True,
    )

    assert county.names() == "庞甲甲 庞乙乙 庞丙丙"
    assert receipt.kept == 1


def test_a_list_of_some_is_not_asked_for_heads(county: County):
    county.deliver(HEADER, *family("01"))

    receipt = county.deliver(HEADER, family("01")[2], partial=True)

    assert not any("没有人当作户主" in one.reason for one in receipt.warnings)


@pytest.mark.parametrize("number", ["02", "09"])
def test_a_mistyped_id_number_brings_nobodys_health_to_strangers_and_is_said(county: County, number: str):
    county.deliver(HEADER, *family("01"), *family("02", "薛", shift=3))
    header, *rows = without([HEADER, *family("01"), *family("02", "薛", shift=3)], "联系电话", "健康状况")
    head, wife, son, *others = rows
    stranger = [number, head[1], "薛戊戊", "父亲" if number == "02" else "户主", *head[4:]]

    receipt = county.deliver(header, moved(wife, "01", "户主"), son, *others, stranger, confirmed=True)

    found = county.household(number).persons[-1]
    assert (found.name, found.phone, found.health) == ("薛戊戊", "", "")
    assert ["姓名不一样, 那个人的健康、电话等没有带到这一户" in one.reason for one in receipt.warnings].count(True) == 1


def test_a_mistyped_id_number_of_who_lived_alone_renumbers_no_household(county: County):
    county.deliver(HEADER, *family("01"), family("05", "高", shift=7)[0])
    rows = without([HEADER, *family("01"), family("05", "高", shift=7)[0]], "健康状况", "监测对象类别", "致贫返贫风险")
    rows[-1][0], rows[-1][2] = "06", "薛戊戊"

    county.deliver(*rows, confirmed=True)

    assert (county.household("06").persons[0].health, county.household("06").monitoring) == ("", ())
