"""The drop folder: what waits, what is taken in, where it lies afterwards."""

import json
import os
import socket
from collections.abc import Iterator, Sequence
from contextlib import chdir, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.deliveries.receipt import Origin, Receipt, RowOutcome, Way
from pipeline.deliveries.drop_folder import DropReceipt, empty_drop_folder, passed_over, shut_folders, waiting_since
from pipeline.deliveries.import_petitions import import_petitions
from pipeline.deliveries.register_reception import RegisterReception
from pipeline.policy.tables import load_policy
from pipeline.run_lock import run_lock
from pipeline.settings.settings import Settings
from storage.store import Store
from tests.fakes import NOON, FakeClock
from tests.importers.office_files import HEADER, row, write_csv, write_xlsx

DAY = Path("2026-11", "24")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "home" / "inbox"
    folder.mkdir(parents=True)
    return folder


def settled(path: Path) -> Path:
    """The file as it is a while after it was written."""
    os.utime(path, (NOON.timestamp() - 60, NOON.timestamp() - 60))
    return path


def empty(store: Store, inbox: Path, clock: FakeClock, *, meanwhile: object = None) -> list[DropReceipt]:
    def sleep(_seconds: float) -> None:
        if callable(meanwhile):
            meanwhile()

    policy = load_policy().household_register
    registers = RegisterReception(store=store, clock=clock, policy=policy, home=inbox.parent)
    settings = Settings.load(home=inbox.parent, offices={"141124105": ["某镇"]})
    return empty_drop_folder(store, settings, clock, registers=registers, sleep=sleep)


def test_a_file_of_an_office_is_taken_in_and_lies_under_its_day_with_the_receipt(
    sqlite_store: Store, inbox: Path, clock: FakeClock
):
    (inbox / "克虎镇").mkdir()
    settled(write_xlsx(inbox / "克虎镇" / "台账.xlsx", [HEADER, row("A"), row("B", day="2026-13-40")]))

    [receipt] = empty(sqlite_store, inbox, clock)

    place = inbox / "done" / DAY / "克虎镇"
    assert (receipt.failed, receipt.moved_to) == (True, place / "台账.xlsx")
    record = json.loads((place / "台账.xlsx.receipt.json").read_text(encoding="utf-8"))
    assert (record["accepted"], len(record["rejected"]), record["who"]) == (1, 1, "克虎镇")
    assert sorted(path.name for path in place.iterdir()) == [
        "台账.xlsx",
        "台账.xlsx.receipt.json",
        "台账.xlsx.receipt.xlsx",
    ]
    with sqlite_store.reading() as work:
        [stored] = work.receipts.recent(5)
    assert stored.origin == Origin(way=Way.DROP_FOLDER, who="克虎镇", office="folder:克虎镇")
    assert empty(sqlite_store, inbox, clock) == []


@pytest.mark.parametrize("name", ["台账.csv.part", "~$台账.xlsx", ".台账.csv", "台账.crdownload", "台账.TMP"])
def test_half_written_files_wait(sqlite_store: Store, inbox: Path, clock: FakeClock, name: str):
    settled(write_csv(inbox / name, [HEADER, row("A")]))

    assert empty(sqlite_store, inbox, clock) == []
    assert (inbox / name).exists()


def test_a_file_that_is_still_growing_waits(sqlite_store: Store, inbox: Path, clock: FakeClock):
    fresh = write_csv(inbox / "刚写.csv", [HEADER, row("A")])
    os.utime(fresh, (NOON.timestamp() - 1, NOON.timestamp() - 1))
    growing = settled(write_csv(inbox / "在写.csv", [HEADER, row("B")]))

    def grow() -> None:
        # A copying program may set the old time again while it writes.
        growing.write_bytes(growing.read_bytes() + b"\r\n")
        settled(growing)

    assert empty(sqlite_store, inbox, clock, meanwhile=grow) == []
    assert [receipt.file for receipt in empty(sqlite_store, inbox, clock)] == ["在写.csv"]


def test_files_of_one_name_never_replace_each_other(sqlite_store: Store, inbox: Path, clock: FakeClock):
    for number in ("A", "B", "C"):
        settled(write_csv(inbox / "台账.csv", [HEADER, row(number)]))
        empty(sqlite_store, inbox, clock)

    kept = sorted(path.name for path in (inbox / "done" / DAY).glob("*.csv"))
    assert kept == ["台账(1).csv", "台账(2).csv", "台账.csv"]


def test_a_file_that_another_scheduler_has_is_left_to_it(store: Store, inbox: Path, clock: FakeClock):
    path = settled(write_csv(inbox / "台账.csv", [HEADER, row("A")]))

    with store.claim("drop folder 台账.csv"):
        assert empty(store, inbox, clock) == []
    assert path.exists()
    assert len(empty(store, inbox, clock)) == 1


def test_a_link_is_not_followed(sqlite_store: Store, inbox: Path, clock: FakeClock, tmp_path: Path):
    outside = settled(write_csv(tmp_path / "别处.csv", [HEADER, row("A")]))
    (inbox / "台账.csv").symlink_to(outside)
    (inbox / "镇").symlink_to(tmp_path, target_is_directory=True)

    assert empty(sqlite_store, inbox, clock) == []
    assert [(one.file, "是链接" in one.message) for one in passed_over(inbox)] == [("台账.csv", True), ("镇", True)]


def test_what_goes_away_is_passed_over_in_silence_and_a_folder_that_stays_shut_is_told(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for name in ("一.csv", "二.csv"):
        (inbox / name).symlink_to(tmp_path)
    (inbox / "镇").mkdir()
    look, listed = Path.lstat, Path.iterdir

    def gone(path: Path) -> os.stat_result:
        if path.name == "一.csv":
            raise FileNotFoundError
        return look(path)

    def closed(path: Path) -> Iterator[Path]:
        if path.name == "镇":
            raise PermissionError
        return listed(path)

    monkeypatch.setattr(Path, "lstat", gone)
    monkeypatch.setattr(Path, "iterdir", closed)

    assert [(one.file, "打不开" in one.message) for one in passed_over(inbox)] == [("二.csv", False), ("镇", True)]
    assert list(passed_over(inbox / "没有")) == []


def test_a_folder_that_cannot_be_opened_holds_up_no_other_office(
    sqlite_store: Store, inbox: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
):
    for office in ("甲", "乙", "丙"):
        (inbox / office).mkdir()
        settled(write_csv(inbox / office / "台账.csv", [HEADER, row(office)]))
    listed = Path.iterdir

    def closed(path: Path) -> Iterator[Path]:
        if path.name == "乙":
            raise PermissionError
        return listed(path)

    monkeypatch.setattr(Path, "iterdir", closed)

    assert [one.file for one in empty(sqlite_store, inbox, clock)] == ["丙/台账.csv", "甲/台账.csv"]
    assert waiting_since(inbox, NOON) == 0
    assert shut_folders(inbox) == ["乙"]


@pytest.mark.parametrize("shut", ["iterdir", "lstat"])
def test_an_inbox_that_itself_stays_shut_is_an_error(
    sqlite_store: Store, inbox: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, shut: str
):
    settled(write_csv(inbox / "台账.csv", [HEADER, row("A")]))
    allowed = getattr(Path, shut)

    def closed(path: Path) -> object:
        if path == inbox or (shut == "lstat" and path.parent == inbox):
            raise PermissionError
        return allowed(path)

    monkeypatch.setattr(Path, shut, closed)

    with pytest.raises(PermissionError):
        empty(sqlite_store, inbox, clock)
    with pytest.raises(PermissionError):
        waiting_since(inbox, NOON)


@pytest.mark.parametrize("other", ["a new file", "the same file"])
def test_a_file_that_is_saved_again_while_it_is_read_waits_for_the_next_look(
    sqlite_store: Store, inbox: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    path = settled(write_csv(inbox / "台账.csv", [HEADER, row("A")]))

    def saved_meanwhile(*given: Any, **named: Any) -> Receipt:
        found = import_petitions(*given, **named)
        saved = write_csv(tmp if other == "a new file" else path, [HEADER, row("A"), row("B")])
        settled(saved).replace(path)
        return found

    tmp = inbox / "台账.csv.tmp"
    with monkeypatch.context() as patched:
        patched.setattr("pipeline.deliveries.drop_folder.import_petitions", saved_meanwhile)
        [receipt] = empty(sqlite_store, inbox, clock)

    assert (receipt.failed, receipt.moved_to, path.exists()) == (True, path, True)
    assert "下次按新的内容导入" in receipt.message
    [again] = empty(sqlite_store, inbox, clock)
    assert again.moved_to == inbox / "done" / DAY / "台账.csv"
    with sqlite_store.reading() as work:
        assert sorted(receipt.count(RowOutcome.ACCEPTED) for receipt in work.receipts.recent(5)) == [1, 1]


def test_a_file_in_whose_place_somebody_puts_a_link_is_not_taken_in(
    sqlite_store: Store, inbox: Path, clock: FakeClock, tmp_path: Path
) -> None:
    path = settled(write_csv(inbox / "台账.csv", [HEADER, row("A")]))
    outside = settled(write_csv(tmp_path / "别处.csv", [HEADER, row("B")]))

    def exchange() -> None:
        path.unlink()
        path.symlink_to(outside)

    assert empty(sqlite_store, inbox, clock, meanwhile=exchange) == []


def test_folders_and_pipes_with_the_name_of_a_workbook_hold_nothing_up(
    sqlite_store: Store, inbox: Path, clock: FakeClock
) -> None:
    (inbox / "x.xlsx").mkdir()
    os.mkfifo(inbox / "y.xlsx")
    settled(write_csv(inbox / "台账.csv", [HEADER, row("A")]))

    (inbox / "克虎镇").mkdir()
    with closing(socket.socket(socket.AF_UNIX)) as listening, chdir(inbox / "克虎镇"):
        listening.bind("套接字")

    assert [receipt.file for receipt in empty(sqlite_store, inbox, clock)] == ["台账.csv"]
    assert [one.file for one in passed_over(inbox)] == ["y.xlsx", "克虎镇/套接字"]


@pytest.mark.parametrize(
    ("rows", "said", "unsaid"),
    [
        pytest.param(
            [HEADER, row("A", day="2026-13-40")],
            "改好退回的行, 再放到收件箱里原来的位置",
            "核对交的是不是",
            id="a bad value in every row",
        ),
        pytest.param([("物品", "数量"), ("桌子", "3")], "没有找到写反映内容的那一列", "改好退回的行", id="no header"),
    ],
)
def test_a_register_of_which_no_row_can_be_taken_in_says_what_to_do_and_names_no_command(
    sqlite_store: Store,
    inbox: Path,
    clock: FakeClock,
    rows: Sequence[Sequence[object]],
    said: str,
    unsaid: str,
):
    settled(write_csv(inbox / "台账.csv", rows))

    [receipt] = empty(sqlite_store, inbox, clock)

    assert said in receipt.message
    assert unsaid not in receipt.message
    assert "qianshao" not in receipt.message


def test_a_file_that_is_no_register_is_put_aside_and_says_what_to_do(
    sqlite_store: Store, inbox: Path, clock: FakeClock
):
    register = [("户编号", "姓名", "与户主关系", "证件号码"), ("1001", "张三", "户主", "")]
    settled(write_csv(inbox / "户籍.csv", register))
    (inbox / "空.csv").touch()
    settled(inbox / "空.csv")

    receipts = empty(sqlite_store, inbox, clock)

    assert [receipt.failed for receipt in receipts] == [True, True]
    assert all(receipt.moved_to.parent == inbox / "rejected" / DAY for receipt in receipts)
    register_said, empty_said = sorted((receipt.message for receipt in receipts), key=len, reverse=True)
    assert "「户籍台账」文件夹" in register_said
    assert "户籍台账" not in empty_said
    said = json.loads((inbox / "rejected" / DAY / "户籍.csv.receipt.json").read_text(encoding="utf-8"))
    assert "「户籍台账」文件夹" in said["error"]


def test_a_file_left_behind_by_a_kill_adds_nothing_and_names_the_receipt_of_then(
    sqlite_store: Store, inbox: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
):
    path = settled(write_csv(inbox / "台账.csv", [HEADER, row("A")]))

    def die(_self: Path, _target: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", die)
        with pytest.raises(KeyboardInterrupt):
            empty(sqlite_store, inbox, clock)
    assert path.exists()

    [receipt] = empty(sqlite_store, inbox, clock)

    record = json.loads(receipt.moved_to.with_name("台账.csv.receipt.json").read_text(encoding="utf-8"))
    with sqlite_store.reading() as work:
        assert work.raw.count() == 1
        first = work.receipts.recent(5)[-1]
    assert (record["accepted"], record["duplicates"], record["same_file_before"]) == (0, 1, first.id)


def test_a_file_that_cannot_be_moved_is_said_and_the_next_one_is_taken(
    sqlite_store: Store, inbox: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
):
    settled(write_csv(inbox / "甲.csv", [HEADER, row("A")]))
    settled(write_csv(inbox / "乙.csv", [HEADER, row("B")]))
    original = Path.replace

    def refuse_one(self: Path, target: Path) -> Path:
        if self.name == "乙.csv":
            raise PermissionError(13, "Permission denied")
        return original(self, target)

    monkeypatch.setattr(Path, "replace", refuse_one)

    receipts = {receipt.file: receipt for receipt in empty(sqlite_store, inbox, clock)}

    assert "文件移不走" in receipts["乙.csv"].message
    assert receipts["甲.csv"].moved_to == inbox / "done" / DAY / "甲.csv"


def test_two_towns_that_count_from_one_do_not_correct_each_other(sqlite_store: Store, inbox: Path, clock: FakeClock):
    for town, text in (("甲镇", "反映老伴得了重病，药费负担不起。"), ("乙镇", "反映窑洞裂缝，下雨天不敢住。")):
        (inbox / town).mkdir()
        settled(write_csv(inbox / town / "登记.csv", [HEADER, row("1", text)]))

    empty(sqlite_store, inbox, clock)

    [second] = [json.loads(path.read_text(encoding="utf-8")) for path in inbox.rglob("甲镇/*.json")]
    [first] = [json.loads(path.read_text(encoding="utf-8")) for path in inbox.rglob("乙镇/*.json")]
    assert (first["accepted"], first["corrected"], second["accepted"], second["corrected"]) == (1, 0, 1, 0)
    [warning] = second["warnings"] or first["warnings"]
    assert (warning["column"], warning["value"]) == ("信访件编号", "1")
    assert "别的单位也有这个编号" in warning["reason"]


def test_whatever_one_file_raises_it_is_put_aside_and_the_next_one_is_read(
    sqlite_store: Store, inbox: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
):
    for name in ("a.csv", "b.csv"):
        settled(write_csv(inbox / name, [HEADER, row(name)]))

    def first_fails(store: Store, path: Path, **given: Any) -> Receipt:
        if path.name == "a.csv":
            raise OverflowError("invented")
        return import_petitions(store, path, **given)

    monkeypatch.setattr("pipeline.deliveries.drop_folder.import_petitions", first_fails)

    receipts = empty(sqlite_store, inbox, clock)

    assert [one.failed for one in receipts] == [True, False]
    assert receipts[0].moved_to == inbox / "rejected" / DAY / "a.csv"
    assert "告诉管理员" in receipts[0].message
    with sqlite_store.reading() as work:
        assert [entry.action for entry in work.audit.recent(5)] == ["refuse_file"]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("登记表.csv".encode("gbk"), "登记表.csv"),
        (("信" * 83 + ".csv").encode(), "信" * 58 + ".csv"),
        ("一\n二.csv".encode(), "一二.csv"),
    ],
)
def test_a_name_that_cannot_be_written_down_is_made_readable_and_the_file_taken_in_once(
    sqlite_store: Store, inbox: Path, clock: FakeClock, name: bytes, kept: str
):
    path = Path(os.fsdecode(os.fsencode(inbox) + b"/" + name))
    settled(write_csv(path, [HEADER, row("A"), row("B", day="2026-13-40")]))

    [receipt] = empty(sqlite_store, inbox, clock)

    assert receipt.moved_to == inbox / "done" / DAY / kept
    assert len(list(receipt.moved_to.parent.iterdir())) == 3
    assert empty(sqlite_store, inbox, clock) == []


def test_nobody_but_the_owner_reads_what_was_taken_in(sqlite_store: Store, inbox: Path, clock: FakeClock):
    (inbox / "甲镇").mkdir()
    settled(write_csv(inbox / "甲镇" / "登记.csv", [HEADER, row("A"), row("B", day="2026-13-40")])).chmod(0o644)

    empty(sqlite_store, inbox, clock)

    found = [inbox / "done", *(inbox / "done").rglob("*")]
    assert len(found) == 7
    assert [path.name for path in found if path.stat().st_mode & 0o077] == []


def test_files_that_nobody_takes_in_are_counted(inbox: Path):
    settled(write_csv(inbox / "a.csv", [HEADER, row("A")]))
    (inbox / "done").mkdir()
    settled(write_csv(inbox / "done" / "b.csv", [HEADER, row("B")]))

    assert waiting_since(inbox, datetime.now(UTC) + timedelta(minutes=1)) == 1  # noqa: TID251 - the file system's clock
    assert waiting_since(inbox, NOON - timedelta(minutes=5)) == 0


REGISTER = ("户编号", "村代码", "组", "姓名", "与户主关系", "性别", "证件号码")


def household_row(number: str = "1411241042020001", village: str = "141124104202") -> tuple[str, ...]:
    return (number, village, "一组", "庞四孩", "本人", "男", "")


def registered(store: Store) -> set[str]:
    with store.reading() as work:
        return set(work.registry.fingerprints())


def in_folder(inbox: Path, *names: str) -> Path:
    folder = inbox.joinpath(*names)
    folder.mkdir(parents=True)
    return folder


def test_a_register_in_its_folder_is_taken_in_with_a_receipt_beside_it(
    sqlite_store: Store, inbox: Path, clock: FakeClock
) -> None:
    settled(write_csv(in_folder(inbox, "户籍台账") / "一.csv", [REGISTER, household_row(), ("", *household_row()[1:])]))

    [receipt] = empty(sqlite_store, inbox, clock)

    assert registered(sqlite_store) == {"1411241042020001"}
    assert receipt.moved_to == inbox / "done" / DAY / "户籍台账" / "一.csv"
    record = json.loads(receipt.moved_to.with_name("一.csv.receipt.json").read_text(encoding="utf-8"))
    assert (record["accepted"], len(record["rejected"])) == (1, 1)
    assert receipt.moved_to.with_name("一.csv.receipt.xlsx").exists()
    with sqlite_store.reading() as work:
        [stored] = work.receipts.recent(5)
    assert stored.origin == Origin(way=Way.DROP_FOLDER)


def test_an_office_changes_its_own_households_alone(sqlite_store: Store, inbox: Path, clock: FakeClock) -> None:
    own, foreign = household_row("1411241050010001", "141124105001"), household_row()
    settled(write_csv(in_folder(inbox, "某镇", "户籍台账") / "一.csv", [REGISTER, own, foreign]))

    [receipt] = empty(sqlite_store, inbox, clock)

    assert registered(sqlite_store) == {"1411241050010001"}
    assert receipt.failed


def test_a_register_of_an_office_without_a_division_is_refused(
    sqlite_store: Store, inbox: Path, clock: FakeClock
) -> None:
    settled(write_csv(in_folder(inbox, "别处", "户籍台账") / "一.csv", [REGISTER, household_row()]))

    [receipt] = empty(sqlite_store, inbox, clock)

    assert "不知道文件夹「别处」是哪个单位的" in receipt.message
    assert registered(sqlite_store) == set()


def test_a_register_that_removes_too_much_is_refused_until_a_person_confirms_it_elsewhere(
    sqlite_store: Store, inbox: Path, clock: FakeClock
) -> None:
    folder = in_folder(inbox, "户籍台账")
    settled(write_csv(folder / "一.csv", [REGISTER, household_row()]))
    empty(sqlite_store, inbox, clock)
    settled(write_csv(folder / "二.csv", [REGISTER, household_row("1411241042020002")]))

    [receipt] = empty(sqlite_store, inbox, clock)

    assert "已核对" in receipt.message
    assert receipt.moved_to == inbox / "rejected" / DAY / "户籍台账" / "二.csv"
    assert registered(sqlite_store) == {"1411241042020001"}


def test_a_register_waits_while_the_stages_run(sqlite_store: Store, inbox: Path, clock: FakeClock) -> None:
    path = settled(write_csv(in_folder(inbox, "户籍台账") / "一.csv", [REGISTER, household_row()]))

    with run_lock(inbox.parent):
        assert empty(sqlite_store, inbox, clock) == []
    assert path.exists()

    assert len(empty(sqlite_store, inbox, clock)) == 1


def test_petitions_in_the_folder_of_registers_are_refused_with_where_they_belong(
    sqlite_store: Store, inbox: Path, clock: FakeClock
) -> None:
    settled(write_csv(in_folder(inbox, "户籍台账") / "信访.csv", [HEADER, row("A")]))

    [receipt] = empty(sqlite_store, inbox, clock)

    assert "交的应是户籍台账" in receipt.message
    assert receipt.failed
