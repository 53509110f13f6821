"""What is no longer needed goes; what is needed stays; nothing personal is left in any table or file."""

import contextlib
import gzip
import hashlib
import os
import zlib
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError
from sqlalchemy import create_engine, inspect, select

from crawlers.archiving.archive import ArchivedPage, ArchiveWriter, archive_files
from crawlers.spooling.spool import SpoolRecord, SpoolWriter, spool_files
from domain.deliveries.receipt import RowOutcome, RowProblem
from domain.failures.errors import FileError
from domain.leads.lead import LeadEvidence
from domain.links.link import LinkDecision
from domain.links.mention import DocumentMentions, Mentions, PersonMention, PersonRole
from domain.register.household import Household, HouseholdId
from domain.register.register_change import PersonChange, PersonChangeKind, RegisterDiff
from domain.risk import Risk
from domain.texts.analysis import Analysis
from domain.texts.document import Breadcrumb, DocumentId, Duplicate, Outcome, Petitioner
from domain.texts.second_reading import SecondReading
from domain.words.vocabulary import Channel, Route
from pipeline.crawling.collect import collect
from pipeline.deployment import WAY
from pipeline.policy.retention_table import RetentionPolicy
from pipeline.policy.tables import load_policy
from pipeline.stages.classify import PASSED_BY
from pipeline.upkeep.retention import Holdings, Purge, PurgeReport
from storage.columns import Base
from storage.encryption.cipher import FieldCipher
from storage.encryption.sealed import sealed_columns
from storage.store import Store
from storage.tables.documents import RawDocumentRow
from tests.conftest import KEY
from tests.factories import VILLAGE, document, household, lead, link, person, raw
from tests.fakes import NOON, FakeClock, opinion, reading
from tests.pipeline.upkeep.test_database_copies import CUSTOM_DUMP, DUMP
from tests.storage.receipts import keep_receipt, rejected

PLANTED = "巩某丙"
PHONE = "13800001234"
TEXT = f"{PLANTED}来访反映家里的事，电话{PHONE}。"
POLICY = load_policy().retention


@pytest.fixture
def holdings(tmp_path: Path) -> Holdings:
    return Holdings(
        archive=tmp_path / "archive",
        spool=tmp_path / "spool",
        drop_folder=tmp_path / "inbox",
        backups=tmp_path / "backups",
    )


def purge(store: Store, holdings: Holdings, clock: FakeClock, **changes: object) -> PurgeReport:
    keywords: dict[str, object] = {"stages": WAY, "batch_size": 2, **changes}
    return Purge(store, holdings, POLICY, clock, **keywords).run()  # type: ignore[arg-type]


def take_in(store: Store, key: str, outcome: Outcome, detail: str, *, stage: str = "classify") -> DocumentId:
    """A text with everything that any stage could have said of it, left by the last stage in this way."""
    petitioner = Petitioner(name=PLANTED, phone=PHONE, address=f"{PLANTED}家")
    text = document(key, TEXT + key, petitioner=petitioner, url=f"https://news.example/{PLANTED}")
    with store.unit_of_work() as work:
        work.raw.add(raw(key, TEXT + key, petitioner=petitioner, fields={"姓名": PLANTED}))
        work.documents.add(text)
        found = reading(text=TEXT[:6])
        work.analyses.add(Analysis(document_id=text.id, reading=found), NOON)
        person = PersonMention(name=PLANTED, role=PersonRole.PETITIONER, start=0, end=3)
        mentions = Mentions(persons=(person,), places=(), phones=(), id_numbers=(), amounts=())
        work.mentions.add(DocumentMentions(document_id=text.id, mentions=mentions, version="1"), NOON)
        work.links.add(link(text, LinkDecision.REVIEW, "1411241042020001"), NOON)
        work.routes.add(text.id, Route.OPEN, f"文中有{PLANTED}", "1", NOON)
        for name, how, what in (("ingest", Outcome.DONE, "ingested"), (stage, outcome, detail)):
            crumb = Breadcrumb(
                document_id=text.id, stage=name, outcome=how, detail=what, version="1", at=NOON, reason=PLANTED
            )
            work.breadcrumbs.append(crumb)
        work.coverage.add(text.id, [VILLAGE])
        work.petitioner_marks.add([(text.id, petitioner)])
        work.petitioner_marks.add_names([(text.id, [PLANTED])])
        work.commit()
    return text.id


def is_emptied(store: Store, document_id: DocumentId) -> bool:
    with store.reading() as work:
        return PLANTED not in work.raw.get(document_id).text


def database_content(url: str) -> str:
    """Every value of every table, sealed ones opened."""
    engine, cipher, values = create_engine(url), FieldCipher(KEY), []
    with engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            sealed = {one.column.name: one for one in sealed_columns() if one.column.table is table}
            for row in connection.execute(select(table)):
                for name, value in row._mapping.items():
                    opened = name in sealed and value
                    values.append(cipher.decrypt(value, sealed[name].place(row)) if opened else str(value))
        assert set(inspect(engine).get_table_names()) >= set(Base.metadata.tables)
    engine.dispose()
    return "\n".join(values)


def file_content(folder: Path) -> str:
    """Every file of the folder, unpacked where it is packed."""
    parts = []
    for path in folder.rglob("*"):
        if path.is_file():
            parts.append(path.name)
            content = path.read_bytes()
            with contextlib.suppress(OSError, EOFError, zlib.error):
                content = gzip.decompress(content)
            parts.append(content.decode("utf-8", errors="ignore"))
    return "\n".join(parts)


def fill_files(holdings: Holdings, store: Store, clock: FakeClock) -> None:
    with ArchiveWriter(holdings.archive, "town_news", clock.now()) as archive:
        page = ArchivedPage(
            source="town_news",
            url="https://news.example/1",
            address="https://news.example/1",
            status=200,
            fetched_at=clock.now(),
            body=TEXT.encode(),
            sha256=hashlib.sha256(TEXT.encode()).hexdigest(),
            length=len(TEXT.encode()),
        )
        archive.write(page)
    with SpoolWriter(holdings.spool, "town_news", clock.now()) as spool:
        record = SpoolRecord(
            source="town_news",
            url="https://news.example/1",
            title="来访",
            text=TEXT,
            published_at=None,
            origin="",
            author=PLANTED,
            fetched_at=clock.now(),
            channel=Channel.NEWS,
        )
        spool.write(record)
    collect(store, holdings.spool, {}, clock, batch_size=10)
    today = clock.now().date()
    for kept in (f"done/{today:%Y-%m}/{today:%d}", f"done/{today:%Y-%m}/{today:%d}/克虎镇", f"rejected/{today}"):
        day = holdings.drop_folder / kept
        day.mkdir(parents=True, exist_ok=True)
        (day / f"{PLANTED}登记表.csv").write_text(TEXT, encoding="utf-8")
        (day / f"{PLANTED}登记表.csv.receipt.json").write_text(TEXT, encoding="utf-8")


def add_receipt(store: Store) -> None:
    problem = RowProblem(sheet="表", row=2, column="姓名", reason=f"认不出: {PLANTED}", value=PLANTED)
    remark = replace(rejected(1, problem), outcome=RowOutcome.WARNED)
    with store.unit_of_work() as work:
        keep_receipt(work, rejected(0, problem), remark, file=f"{PLANTED}登记表.csv")
        work.commit()


def test_nothing_personal_is_left_in_any_table_or_file(
    store: Store, database_url: str, holdings: Holdings, clock: FakeClock, tmp_path: Path
):
    take_in(store, "A", Outcome.SKIPPED, "no_risk")
    take_in(store, "B", Outcome.SKIPPED, "restricted", stage="route")
    take_in(store, "C", Outcome.QUARANTINED, "garbled", stage="lead")
    disputed = take_in(store, "D", Outcome.SKIPPED, "no_risk")
    with store.unit_of_work() as work:
        work.second_readings.add(
            SecondReading(
                document_id=disputed,
                first_model="fixed-1",
                version="second-1",
                agrees=False,
                opinion=opinion(Risk.ILLNESS, text=PLANTED),
                at=NOON,
            )
        )
        work.commit()
    add_receipt(store)
    fill_files(holdings, store, clock)
    with store.unit_of_work() as work:
        for found in work.breadcrumbs.pending("ingest", "1", after=None, limit=10):
            crumb = Breadcrumb(
                document_id=found, stage="ingest", outcome=Outcome.SKIPPED, detail="too_short", version="1", at=NOON
            )
            work.breadcrumbs.append(crumb)
        work.commit()
    assert PLANTED in database_content(database_url)
    assert PHONE in database_content(database_url)
    assert PLANTED in file_content(tmp_path)

    clock.move(days=POLICY.no_lead_days + 2)
    purge(store, holdings, clock)

    assert PLANTED not in database_content(database_url)
    assert PHONE not in database_content(database_url)
    assert PLANTED not in file_content(tmp_path)
    assert PHONE not in file_content(tmp_path)
    assert [*archive_files(holdings.archive), *spool_files(holdings.spool)] == []
    assert [*holdings.drop_folder.glob("*/*")] == []


@pytest.mark.parametrize("detail", ["no_risk", PASSED_BY])
def test_a_text_without_risk_goes_after_its_days_and_others_stay_longer(
    store: Store, holdings: Holdings, clock: FakeClock, detail: str
):
    harmless = take_in(store, "A", Outcome.SKIPPED, detail)
    elsewhere = take_in(store, "B", Outcome.SKIPPED, "elsewhere", stage="lead")

    clock.move(days=POLICY.no_risk_days)
    before = purge(store, holdings, clock)
    clock.move(days=1)
    after = purge(store, holdings, clock)

    assert (before.counts["no_risk_texts"], after.counts["no_risk_texts"]) == (0, 1)
    assert (is_emptied(store, harmless), is_emptied(store, elsewhere)) == (True, False)
    with store.reading() as work:
        assert work.petitioner_marks.under_names([PLANTED]) == [elsewhere]
        assert work.petitioner_marks.sharing([Petitioner(phone=PHONE)]) == [elsewhere]


def test_a_text_that_supports_a_lead_stays_and_so_do_its_repeats(
    sqlite_store: Store, holdings: Holdings, clock: FakeClock
):
    evidence = take_in(sqlite_store, "A", Outcome.DONE, "raised", stage="lead")
    repeat = take_in(sqlite_store, "B", Outcome.SKIPPED, "no_risk")
    with sqlite_store.unit_of_work() as work:
        opened = lead()
        work.leads.add(opened)
        work.leads.add_evidence(
            LeadEvidence(
                lead_id=opened.id, document_id=evidence, risks=frozenset({Risk.ILLNESS}), urgent=False, added_at=NOON
            )
        )
        for one in (evidence, repeat):
            work.duplicates.add(Duplicate(document_id=one, cluster_id=evidence, similarity=1.0))
        work.commit()

    clock.move(days=4000)
    purge(sqlite_store, holdings, clock)

    assert (is_emptied(sqlite_store, evidence), is_emptied(sqlite_store, repeat)) == (False, False)


def test_a_text_that_waits_to_be_processed_is_never_taken_away(
    sqlite_store: Store, holdings: Holdings, clock: FakeClock
):
    between = take_in(sqlite_store, "A", Outcome.DONE, "open", stage="route")
    untouched = raw("B", TEXT)
    with sqlite_store.unit_of_work() as work:
        work.raw.add(untouched)
        work.commit()

    clock.move(days=4000)
    purge(sqlite_store, holdings, clock)

    assert (is_emptied(sqlite_store, between), is_emptied(sqlite_store, untouched.id)) == (False, False)


def test_an_emptied_text_is_known_when_it_is_delivered_again_and_never_processed_again(
    sqlite_store: Store, holdings: Holdings, clock: FakeClock
):
    take_in(sqlite_store, "A", Outcome.SKIPPED, "no_risk")
    clock.move(days=POLICY.no_risk_days + 1)
    purge(sqlite_store, holdings, clock)

    with sqlite_store.unit_of_work() as work:
        assert work.raw.add(raw("A", TEXT + "A")) is False
        assert work.raw.under_address(["A"]) == [raw("A", TEXT + "A").id]
        assert work.breadcrumbs.pending("ingest", "ingest-99", after=None, limit=10) == []
        assert work.breadcrumbs.pending("route", "9", after=("ingest", "1"), limit=10) == []


def test_what_stays_of_an_emptied_text_says_why_and_its_villages_month_is_still_counted(
    sqlite_store: Store, holdings: Holdings, clock: FakeClock
):
    emptied = take_in(sqlite_store, "A", Outcome.SKIPPED, "no_risk")
    clock.move(days=POLICY.no_risk_days + 1)
    purge(sqlite_store, holdings, clock)

    with sqlite_store.reading() as work:
        [crumb] = work.breadcrumbs.of(emptied)
        spoken = work.coverage.spoken(
            VILLAGE, start=NOON - timedelta(days=1), end=NOON + timedelta(days=1), channels=Channel
        )
    assert (crumb.detail, "no_risk" in crumb.reason) == ("anonymised", True)
    assert [one.documents for one in spoken[VILLAGE]] == [1]


def test_an_emptied_accusation_is_listed_no_more_and_stays_restricted(
    sqlite_store: Store, holdings: Holdings, clock: FakeClock
):
    accusation = take_in(sqlite_store, "A", Outcome.SKIPPED, "restricted", stage="route")
    with sqlite_store.unit_of_work() as work:
        work.routes.add(accusation, Route.RESTRICTED, f"文中指向{PLANTED}", "2", NOON)
        work.commit()
    with sqlite_store.reading() as work:
        assert work.routes.restricted(limit=9, offset=0) == [accusation]

    clock.move(days=POLICY.no_lead_days + 1)
    purge(sqlite_store, holdings, clock)

    with sqlite_store.reading() as work:
        assert (work.routes.restricted(limit=9, offset=0), work.routes.count_restricted()) == ([], 0)
        assert work.routes.restriction(accusation) == ""


def test_a_dry_run_counts_and_changes_nothing(sqlite_store: Store, holdings: Holdings, clock: FakeClock):
    kept = take_in(sqlite_store, "A", Outcome.SKIPPED, "no_risk")
    fill_files(holdings, sqlite_store, clock)
    add_receipt(sqlite_store)
    clock.move(days=POLICY.no_lead_days + 2)

    tried = purge(sqlite_store, holdings, clock, dry_run=True)

    assert not is_emptied(sqlite_store, kept)
    assert (len(archive_files(holdings.archive)), len(spool_files(holdings.spool))) == (1, 1)
    assert tried.counts == {
        "raw_pages": 1,
        "spool_files": 1,
        "delivered_files": 6,
        "no_risk_texts": 1,
        "no_lead_texts": 0,
        "receipts": 1,
        "notices": 0,
        "webhook_deliveries": 0,
        "backups": 0,
        "old_households": 0,
        "person_changes": 0,
    }
    with sqlite_store.reading() as work:
        assert work.audit.recent(10) == []


def test_a_spool_file_that_was_not_taken_in_stays(sqlite_store: Store, holdings: Holdings, clock: FakeClock):
    fill_files(holdings, sqlite_store, clock)
    with sqlite_store.unit_of_work() as work:
        [path] = spool_files(holdings.spool)
        work.sources.set_spool_lines(f"{path.parent.name}/{path.name}", 0)
        work.commit()
    clock.move(days=400)

    purge(sqlite_store, holdings, clock)

    assert spool_files(holdings.spool) == [path]


def test_a_file_that_cannot_be_deleted_is_named_and_what_was_deleted_is_audited(
    sqlite_store: Store, holdings: Holdings, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
):
    fill_files(holdings, sqlite_store, clock)
    clock.move(days=POLICY.delivered_files_days + 2)
    unlink = Path.unlink

    def refuse_receipts(path: Path) -> None:
        if path.name.endswith(".receipt.json"):
            raise PermissionError(13, "Permission denied")
        unlink(path)

    monkeypatch.setattr(Path, "unlink", refuse_receipts)
    with pytest.raises(FileError, match="删不掉"):
        purge(sqlite_store, holdings, clock)

    with sqlite_store.reading() as work:
        assert [one.detail for one in work.audit.recent(1)] == ["delivered_files=1"]


def test_a_purge_that_is_killed_goes_on_where_it_was_and_every_batch_is_audited(
    sqlite_store: Store, holdings: Holdings, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
):
    texts = [take_in(sqlite_store, str(number), Outcome.SKIPPED, "no_risk") for number in range(7)]
    clock.move(days=POLICY.no_risk_days + 1)
    batches = iter([None, None])

    class Killed(BaseException):
        """The process is gone."""

    def note_or_die(self: Purge, work: object, detail: str) -> None:
        if next(batches, Killed) is Killed:
            raise Killed
        original(self, work, detail)  # type: ignore[arg-type]

    original = Purge._note
    monkeypatch.setattr(Purge, "_note", note_or_die)
    with pytest.raises(Killed):
        purge(sqlite_store, holdings, clock)
    monkeypatch.setattr(Purge, "_note", original)
    half = sum(is_emptied(sqlite_store, one) for one in texts)

    purge(sqlite_store, holdings, clock)

    with sqlite_store.reading() as work:
        entries, broken = work.audit.recent(20), work.audit.verify()
    assert (half, all(is_emptied(sqlite_store, one) for one in texts), broken) == (4, True, None)
    assert sum(int(one.detail.split()[0].split("=")[1]) for one in entries) == len(texts)
    assert {one.action for one in entries} == {"purge"}


def test_the_audit_log_itself_is_not_purged(sqlite_store: Store, holdings: Holdings, clock: FakeClock):
    take_in(sqlite_store, "A", Outcome.SKIPPED, "no_risk")
    clock.move(days=40)
    purge(sqlite_store, holdings, clock)
    clock.move(days=4000)

    purge(sqlite_store, holdings, clock)

    with sqlite_store.reading() as work:
        assert len(work.audit.recent(10)) == 1


def test_not_even_the_encrypted_text_is_left_in_the_database_file(
    sqlite_store: Store, holdings: Holdings, clock: FakeClock, tmp_path: Path
):
    emptied = take_in(sqlite_store, "A", Outcome.SKIPPED, "no_risk")
    engine = create_engine(f"sqlite:///{tmp_path / 'embedded.db'}")
    with engine.connect() as connection:
        query = select(RawDocumentRow.sealed).where(RawDocumentRow.id == emptied)
        sealed = bytes(connection.scalar(query) or b"")
    engine.dispose()

    def files() -> bytes:
        return b"".join(path.read_bytes() for path in tmp_path.glob("embedded.db*"))

    assert sealed[:64] in files()
    clock.move(days=POLICY.no_risk_days + 1)
    purge(sqlite_store, holdings, clock)

    assert sealed[:64] not in files()


def test_a_page_is_never_kept_longer_than_a_text_without_difficulty():
    with pytest.raises(ValidationError, match="raw_pages_days"):
        RetentionPolicy.model_validate(POLICY.model_dump() | {"raw_pages_days": POLICY.no_risk_days + 1})


def deliver(store: Store, at: datetime, *households: Household) -> int:
    """A delivery of the register; its version."""
    with store.unit_of_work() as work:
        outcome = work.registry.import_households(households, file="台账.xlsx", file_sha256="0", at=at)
        change = PersonChange(kind=PersonChangeKind.JOINED, masked_name="庞*甲", before=None, after=households[0].id)
        work.register_history.add(
            outcome.version,
            RegisterDiff(households=(), persons=(change,), successions=(), added=0, replaced=0, gone=()),
        )
        work.commit()
    return outcome.version


def test_old_versions_of_the_register_go_and_the_one_in_force_stays(
    store: Store, database_url: str, holdings: Holdings, clock: FakeClock
):
    first = household("1", person(PLANTED, phone=PHONE), address=f"{PLANTED}家")
    second = household("2", person("庞某乙", phone="13800005678"))
    deliver(store, clock.now(), first, second)
    clock.move(days=1)
    deliver(store, clock.now(), household("1", person("庞某丁")))
    days = POLICY.old_register_days or 0

    clock.move(days=days)
    early = purge(store, holdings, clock)
    assert PLANTED in database_content(database_url)
    clock.move(days=1)
    due = purge(store, holdings, clock, batch_size=1)
    clock.move(days=4000)
    again = purge(store, holdings, clock)

    assert (early.counts["old_households"], early.counts["person_changes"]) == (0, 1)
    assert (due.counts["old_households"], due.counts["person_changes"]) == (1, 1)
    assert again.counts["old_households"] == 0
    assert PLANTED not in database_content(database_url)
    assert PHONE not in database_content(database_url)
    with store.reading() as work:
        current = work.registry.households([HouseholdId("1"), HouseholdId("2")])
        assert {number: one.persons[0].name for number, one in current.items()} == {"1": "庞某丁", "2": "庞某乙"}
        assert work.registry.version() == 2
        assert {one.detail for one in work.audit.recent(10)} == {"person_changes=1", "old_households=1"}


def test_no_row_in_force_is_deleted_even_when_it_is_asked_for(sqlite_store: Store):
    deliver(sqlite_store, NOON, household("1"))

    with sqlite_store.unit_of_work() as work:
        work.retention.delete_households([1])
        assert list(work.registry.households([HouseholdId("1")])) == ["1"]


def test_copies_of_the_database_go_in_time_but_never_the_newest_of_a_kind(
    sqlite_store: Store, holdings: Holdings, clock: FakeClock
):
    kept = {
        "good.sql": (40, DUMP),
        "failed.sql": (0, b""),
        "roles.sql": (0, b"--\n-- PostgreSQL database cluster dump\n--\nCREATE ROLE a;\n-- cluster dump complete\n"),
        "qianshao.dump": (50, CUSTOM_DUMP),
        "keys-2026.tar.gz": (90, gzip.compress(b"field.key")),
        "field.key": (90, b"copy"),
        "notes.sqlite": (90, b"copy"),
    }
    gone = {"older.sql.gz": (60, gzip.compress(DUMP)), "pg/a.dump": (60, CUSTOM_DUMP)}
    for name, (days, content) in {**kept, **gone}.items():
        path = holdings.backups / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        moment = (clock.now() - timedelta(days=days)).timestamp()
        os.utime(path, (moment, moment))

    report = purge(sqlite_store, holdings, clock)

    assert report.counts["backups"] == len(gone)
    assert {str(path.relative_to(holdings.backups)) for path in holdings.backups.rglob("*")} == kept.keys()
    with sqlite_store.reading() as work:
        assert [one.detail for one in work.audit.recent(10)] == ["backups=2"]


def test_a_countys_policy_without_days_for_them_keeps_copies_and_old_versions(
    sqlite_store: Store, holdings: Holdings, clock: FakeClock
):
    silent = POLICY.model_dump(exclude={"backup_days", "old_register_days"})
    deliver(sqlite_store, clock.now(), household("1", person(PLANTED)))
    deliver(sqlite_store, clock.now(), household("1", person("庞某丁")))
    clock.move(days=4000)

    report = Purge(
        sqlite_store, holdings, RetentionPolicy.model_validate(silent), clock, stages=WAY, batch_size=2
    ).run()

    assert not {"backups", "old_households", "person_changes"} & report.counts.keys()
