"""Mails of petition offices, against an IMAP server on loopback."""

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from domain.deliveries.receipt import Origin, Receipt, Way
from domain.failures.errors import ConfigError, MailboxError
from domain.places.office import Offices
from importers.mailbox import Mailbox
from pipeline.deliveries.import_petitions import import_petitions
from pipeline.deliveries.mailbox import MailReceipt, MailRound
from pipeline.settings.mailbox import MailboxSettings
from pipeline.settings.settings import Settings
from storage.store import Store
from tests.fakes import FakeClock
from tests.importers.imap_server import PASSWORD, MailServer, serving
from tests.importers.office_files import COUNTY, HEADER, row, write_csv

OFFICE = "xinfang@town.example"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    with serving(tmp_path) as found:
        yield found


def mail(
    tmp_path: Path,
    *numbers: str,
    sender: str = f"信访办 <{OFFICE}>",
    message_id: str = "<1@town.example>",
    body: str = "",
) -> bytes:
    """A mail with a register of these petitions attached."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "qianshao@county.example", "本周登记表"
    if message_id:
        message["Message-ID"] = message_id
    message.set_content(body)
    if numbers:
        path = write_csv(
            tmp_path / "登记表.csv", [HEADER, *(row(number, f"{number}反映药费负担不起。") for number in numbers)]
        )
        message.add_attachment(path.read_bytes(), maintype="text", subtype="csv", filename="登记表.csv")
    return message.as_bytes(policy=message.policy.clone(linesep="\r\n"))


def settings(server: MailServer, **changes: object) -> MailboxSettings:
    values: dict[str, object] = {
        "host": "127.0.0.1",
        "port": server.port,
        "username": "qianshao",
        "password": PASSWORD,
        "allowed_senders": [OFFICE.upper()],
        "certificates": server.certificates,
        "timeout_seconds": 5,
        **changes,
    }
    return MailboxSettings(**values)  # type: ignore[arg-type]


def look(store: Store, server: MailServer, tmp_path: Path, clock: FakeClock, **changes: object) -> list[MailReceipt]:
    chosen = settings(server, **changes)
    looking = MailRound(
        store=store,
        settings=chosen,
        county=COUNTY,
        offices=Offices(house=COUNTY),
        clock=clock,
        folder=tmp_path / "mailbox",
    )
    with Mailbox.opened(chosen.access()) as mailbox:
        return looking.empty(mailbox)


def documents(store: Store) -> int:
    with store.reading() as work:
        return work.raw.count()


def test_an_attached_register_is_taken_in_and_the_mail_is_read(
    store: Store, server: MailServer, tmp_path: Path, clock: FakeClock
):
    server.add(mail(tmp_path, "A", "B"))

    [receipt] = look(store, server, tmp_path, clock)
    again = look(store, server, tmp_path, clock)

    assert "接收2条" in receipt.message
    assert again == []
    assert server.folders["INBOX"][1].flags == {"\\Seen"}
    with store.reading() as work:
        [stored] = work.receipts.recent(5)
        assert stored.id == receipt.receipt_id
        assert stored.origin == Origin(way=Way.MAILBOX, who=OFFICE, office=f"mail:{OFFICE}")
        assert [row.sheet for row in work.receipts.rows(stored.id)] == ["登记表.csv", "登记表.csv"]
    assert [*(tmp_path / "mailbox").iterdir()] == []


@pytest.mark.parametrize(
    "behind_the_end",
    [
        "",
        '* 1 FETCH (UID NUMBER BODY[]<9> "")',
        '* 1 FETCH (BODY[]<9> "" UID NUMBER)',
        "* 1 FETCH (UID NUMBER BODY[]<9> NIL)",
        "* 1 FETCH (UID NUMBER)",
    ],
)
@pytest.mark.parametrize("off_by", [-700, -1, 0, 1, 700])
def test_a_mail_is_whole_whatever_size_its_server_states(
    server: MailServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, off_by: int, behind_the_end: str
):
    content = mail(tmp_path, *(f"P{number}" for number in range(40)))
    content += b"\r\n" * 300
    within, whole = (len(content) // 3 + 1, len(content) // 2 + 1), (len(content), len(content) + 1)
    # Where a piece ends with the mail and more was stated, only an empty piece says that it is all.
    for pieces in (*within, *whole) if off_by <= 0 or not behind_the_end else (*within, whole[1]):
        monkeypatch.setattr("importers.mailbox._PIECE_BYTES", pieces)
        server.folders["INBOX"] = {}
        server.off_by, server.behind_the_end = off_by, behind_the_end
        server.add(content)
        path = tmp_path / f"{pieces}.eml"

        with Mailbox.opened(settings(server).access()) as mailbox:
            [waiting] = mailbox.waiting([OFFICE])
            mailbox.save(waiting, path)

        assert path.read_bytes() == content


def test_a_mail_that_never_ends_is_given_up(server: MailServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("importers.mailbox._PIECE_BYTES", 100)
    monkeypatch.setattr("importers.mailbox._MOST_BEYOND", 200)
    server.add(mail(tmp_path, *(f"P{number}" for number in range(40))))
    server.off_by = 600 - len(server.folders["INBOX"][1].content)

    with Mailbox.opened(settings(server).access()) as mailbox:
        [waiting] = mailbox.waiting([OFFICE])
        with pytest.raises(MailboxError):
            mailbox.save(waiting, tmp_path / "endless.eml")


def test_a_letter_in_the_mail_itself_is_taken_in(
    sqlite_store: Store, server: MailServer, tmp_path: Path, clock: FakeClock
):
    server.add(mail(tmp_path, body="克虎镇村民来信反映：家中老人住院，药费负担不起，要求救助。"))

    [receipt] = look(sqlite_store, server, tmp_path, clock)

    assert "接收1条" in receipt.message


@pytest.mark.parametrize(
    "sender",
    ["someone@else.example", f"{OFFICE}.evil.example", f"a{OFFICE}", f"{OFFICE}, someone@else.example"],
)
def test_mails_of_others_are_left_alone(
    sqlite_store: Store, server: MailServer, tmp_path: Path, clock: FakeClock, sender: str
):
    server.add(mail(tmp_path, "A", sender=sender))

    assert look(sqlite_store, server, tmp_path, clock) == []
    assert server.folders["INBOX"][1].flags == set()
    assert documents(sqlite_store) == 0


@pytest.mark.parametrize("capabilities", ["IMAP4rev1 MOVE", "IMAP4rev1 UIDPLUS", "IMAP4rev1"])
def test_mails_are_moved_as_far_as_the_server_can(
    sqlite_store: Store, server: MailServer, tmp_path: Path, clock: FakeClock, capabilities: str
):
    server.capabilities = capabilities
    server.folders["&XfJbjGIQ-"] = {}
    server.add(mail(tmp_path, "A"))

    look(sqlite_store, server, tmp_path, clock, done_folder="已完成")

    assert len(server.folders["&XfJbjGIQ-"]) == 1
    left = server.folders["INBOX"]
    assert (list(left) == [1] and left[1].flags == {"\\Seen"}) if capabilities == "IMAP4rev1" else left == {}


def test_a_mail_that_cannot_be_taken_in_is_flagged_and_the_next_one_is_read(
    sqlite_store: Store, server: MailServer, tmp_path: Path, clock: FakeClock
):
    broken = EmailMessage()
    broken["From"], broken["Message-ID"] = OFFICE, "<broken@town.example>"
    broken.add_attachment(b"PK\x03\x04 cut off", maintype="application", subtype="zip", filename="坏.xlsx")
    server.add(broken.as_bytes(policy=broken.policy.clone(linesep="\r\n")))
    server.add(mail(tmp_path, "L", message_id="<large@town.example>", body="大" * 700_000))
    server.withheld.add(server.add(mail(tmp_path, "W", message_id="<withheld@town.example>")))
    server.add(mail(tmp_path, "A", message_id="<good@town.example>"))

    receipts = look(sqlite_store, server, tmp_path, clock, largest_megabytes=1)

    assert [one.refused for one in receipts] == [True, True, True, False]
    assert "超过1MB" in receipts[1].message
    flagged, read = {"\\Seen", "\\Flagged"}, {"\\Seen"}
    assert [one.flags for one in server.folders["INBOX"].values()] == [flagged, flagged, set(), read]

    server.withheld.clear()
    [receipt] = look(sqlite_store, server, tmp_path, clock, largest_megabytes=1)
    assert not receipt.refused


def test_a_mail_whose_putting_away_failed_is_not_taken_in_again(
    sqlite_store: Store, server: MailServer, tmp_path: Path, clock: FakeClock
):
    server.add(mail(tmp_path, "A"))
    server.hang_up_at = "UID STORE"
    with pytest.raises(MailboxError):
        look(sqlite_store, server, tmp_path, clock)
    server.hang_up_at = ""

    assert look(sqlite_store, server, tmp_path, clock) == []

    assert server.folders["INBOX"][1].flags == {"\\Seen"}
    assert documents(sqlite_store) == 1
    with sqlite_store.reading() as work:
        assert len(work.receipts.recent(5)) == 1


def test_a_refused_mail_that_somebody_marks_as_unread_is_tried_again(
    sqlite_store: Store, server: MailServer, tmp_path: Path, clock: FakeClock
):
    number = server.add(mail(tmp_path, "L", body="大" * 700_000))
    [refused] = look(sqlite_store, server, tmp_path, clock, largest_megabytes=1)
    server.folders["INBOX"][number].flags.clear()

    [taken] = look(sqlite_store, server, tmp_path, clock)

    assert (refused.refused, taken.refused) == (True, False)
    assert documents(sqlite_store) >= 1
    with sqlite_store.reading() as work:
        assert [entry.action for entry in work.audit.recent(5)] == ["refuse_mail"]


def test_whatever_one_mail_raises_the_next_one_is_read(
    sqlite_store: Store, server: MailServer, tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
):
    server.add(mail(tmp_path, "A"))
    server.add(mail(tmp_path, "B", message_id="<2@town.example>"))
    tried: list[Path] = []

    def first_fails(store: Store, path: Path, **given: Any) -> Receipt:
        tried.append(path)
        if len(tried) == 1:
            raise OverflowError("invented")
        return import_petitions(store, path, **given)

    monkeypatch.setattr("pipeline.deliveries.mailbox.import_petitions", first_fails)

    receipts = look(sqlite_store, server, tmp_path, clock)

    assert [one.refused for one in receipts] == [True, False]
    assert "告诉管理员" in receipts[0].message
    assert server.folders["INBOX"][1].flags == {"\\Seen", "\\Flagged"}


def test_what_a_killed_process_left_of_a_mail_is_deleted_at_the_next_look(
    sqlite_store: Store, server: MailServer, tmp_path: Path, clock: FakeClock
):
    left, others = tmp_path / "mailbox" / "aa", tmp_path / "mailbox" / "bb"
    for folder in (left, others):
        folder.mkdir(parents=True)
        (folder / "邮件.eml").write_text("张三三 13800000000", encoding="utf-8")

    with sqlite_store.claim("mail folder bb"):
        look(sqlite_store, server, tmp_path, clock)

    assert [path.name for path in (tmp_path / "mailbox").iterdir()] == ["bb"]


def test_two_mails_under_one_message_id_are_both_taken_in(
    sqlite_store: Store, server: MailServer, tmp_path: Path, clock: FakeClock
):
    server.add(mail(tmp_path, "A"))
    server.add(mail(tmp_path, "B", "C"))

    look(sqlite_store, server, tmp_path, clock)

    assert documents(sqlite_store) == 3


def test_a_wrong_password_is_said_without_the_password(
    sqlite_store: Store, server: MailServer, tmp_path: Path, clock: FakeClock
):
    with pytest.raises(MailboxError) as failure:
        look(sqlite_store, server, tmp_path, clock, password="invented and wrong")

    assert "invented" not in str(failure.value)


def test_a_server_with_an_unknown_certificate_is_not_spoken_to(
    sqlite_store: Store, server: MailServer, tmp_path: Path, clock: FakeClock
):
    with pytest.raises(MailboxError):
        look(sqlite_store, server, tmp_path, clock, certificates=None)

    assert server.commands == []


def test_the_password_comes_by_environment_or_by_a_file_of_its_owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "settings.toml").write_text(
        f'[mailbox]\nhost = "mail.example"\nusername = "q"\nallowed_senders = ["{OFFICE}"]\n', encoding="utf-8"
    )
    with pytest.raises(ConfigError, match="口令"):
        Settings.load(home=tmp_path)
    monkeypatch.setenv("QIANSHAO_MAILBOX__PASSWORD", PASSWORD)

    found = Settings.load(home=tmp_path).mailbox

    assert found is not None
    assert found.access().password == PASSWORD
    assert PASSWORD not in repr(found)
