"""What is told in confidence stands nowhere in clear: no log, no file, no address, no page of an error."""

import csv
import io
import logging
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from crawlers.spooling.run_files import CrawlFolders
from domain.accounts.account import Account
from domain.deliveries.receipt import Origin, RowOutcome, Way
from domain.places.region import RegionCode
from domain.privacy.quiet_logs import start_logging
from domain.register.household import HouseholdId
from domain.words.vocabulary import Role
from pipeline.county_run import run_pending
from pipeline.deliveries.import_petitions import import_petitions
from pipeline.deployment import Deployment, make_deployment
from pipeline.registers.import_registry import import_gazetteer
from pipeline.upkeep.key_rotation import KeyRotation
from review.app import create_app
from review.sign_in.passwords import hash_password
from storage.encryption.suites import Algorithm
from storage.store import Store
from tests.end_to_end.county import HERE
from tests.factories import household, person

PASSWORD = "红枣-晾晒-第三场院-7"
REGISTERED = "庞老大"
ID_NUMBER, PHONE = "141124196203040001", "13800000731"
PETITIONERS_PHONE = "13900000846"
CANARIES = {
    "petitioner": "闫卡那俚",
    "petitioner's ID number": "141124197007080002",
    "petitioner's phone": PETITIONERS_PHONE,
    "petitioner's address": "寨则山圪垯坡尽头",
    "text": "驴驮子跌下沟里摔断了腿骨",
    "accusation": "把救济面粉倒卖给了榨油坊",
    "name of the file": "闫卡那俚来信登记",
    "registered ID number": ID_NUMBER,
    "registered phone": PHONE,
    "registered address": "东崖底第二孔窑洞",
    "registered illness": "尘肺三期合并硅结核",
    "cell that was refused": "腊月三十五日",
}
HARDSHIP = (
    f"克虎镇庞家庄村的老庞{CANARIES['text']}，住院花了八万多元，家里没有钱继续治疗，请求帮助。电话{PETITIONERS_PHONE}。"
)
ROWS = (
    ("信访编号", "登记日期", "信访人", "身份证号", "联系电话", "住址", "信访内容"),
    (
        "KN-1",
        "2026-10-08",
        CANARIES["petitioner"],
        CANARIES["petitioner's ID number"],
        CANARIES["petitioner's phone"],
        CANARIES["petitioner's address"],
        HARDSHIP,
    ),
    (
        "KN-2",
        "2026-10-09",
        CANARIES["petitioner"],
        "",
        "",
        "",
        f"举报村支书贪污，他{CANARIES['accusation']}，请求查处。",
    ),
    ("KN-3", CANARIES["cell that was refused"], CANARIES["petitioner"], "", "", "", "请求解决饮水困难。"),
)
SEARCHED = ("utf-8", "gb18030", "utf-16-le", "unicode_escape")


class Watched:
    """A deployment that has taken everything in, and all that it logged at the most talkative level."""

    def __init__(self, home: Path, scratch: Path, log: io.StringIO, deployment: Deployment) -> None:
        self.home, self.scratch, self.log, self.deployment = home, scratch, log, deployment
        self.app = create_app(deployment.store, deployment.clock, deployment.policy.departments)

    def client(self, name: str) -> TestClient:
        client = TestClient(self.app, follow_redirects=False, raise_server_exceptions=False)
        assert client.post("/login", data={"username": name, "password": PASSWORD}).status_code == 303
        return client

    def told(self) -> list[str]:
        """Which canaries stand in a file or a line of the log, and where."""
        return [place for canary in CANARIES.values() for place in self.holding(canary)]

    def holding(self, words: str) -> list[str]:
        """Where the words stand in clear."""
        found = [f"{words} in the log"] if words in self.log.getvalue() else []
        for path in (one for folder in (self.home, self.scratch) for one in folder.rglob("*") if one.is_file()):
            content = path.read_bytes()
            if any(words.encode(encoding) in content for encoding in SEARCHED):
                found.append(f"{words} in {path.name}")
        return found


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    home, scratch = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("scratch")
    log = io.StringIO()
    handler, root = logging.StreamHandler(log), logging.getLogger()
    level, folder = root.level, tempfile.tempdir
    start_logging(logging.DEBUG)
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    tempfile.tempdir = str(scratch)
    try:
        deployment = make_deployment(home=home, county="141124", default_region="141124104")
        _take_in(deployment, tmp_path_factory.mktemp("delivered") / f"{CANARIES['name of the file']}.csv")
        yield Watched(home, scratch, log, deployment)
        deployment.store.close()
    finally:
        tempfile.tempdir = folder
        root.removeHandler(handler)
        root.setLevel(level)


def _take_in(deployment: Deployment, delivered: Path) -> None:
    deployment.prepare()
    store = deployment.store
    import_gazetteer(store, [HERE / "gazetteer.csv", HERE / "groups.csv"], deployment.settings.county_code)
    _registered(store)
    with delivered.open("w", encoding="utf-8", newline="") as output:
        csv.writer(output).writerows(ROWS)
    origin = Origin(way=Way.COMMAND, who="")
    receipt = import_petitions(
        store, delivered, county=deployment.settings.county_code, clock=deployment.clock, origin=origin
    )
    assert receipt.accepted == 2
    assert receipt.count(RowOutcome.REJECTED) == 1
    run_pending(deployment, lambda stage, count: None)


def _registered(store: Store) -> None:
    sick = person(REGISTERED, id_number=ID_NUMBER, phone=PHONE, health=CANARIES["registered illness"])
    at = datetime(2026, 10, 1, tzinfo=UTC)
    with store.unit_of_work() as work:
        one = household("1411241042020001", sick, address=CANARIES["registered address"])
        work.registry.import_households([one], file="户籍台账", file_sha256="0", at=at)
        for name, role in (("clerk", Role.CLERK), ("town", Role.TOWN), ("auditor", Role.AUDITOR)):
            work.accounts.add(
                Account(
                    username=name,
                    display_name=f"账号{name}",
                    role=role,
                    region=RegionCode("141124104"),
                    password_hash=hash_password(PASSWORD),
                    created_at=at,
                )
            )
        work.commit()


def test_the_canaries_were_taken_in_and_are_readable_with_the_key(watched: Watched):
    with watched.deployment.store.reading() as work:
        [at_home] = work.registry.households([HouseholdId("1411241042020001")]).values()
        restricted = work.routes.restricted(limit=9, offset=0)
        text = work.documents.get(restricted[0]).text

    assert at_home.address == CANARIES["registered address"]
    assert CANARIES["accusation"] in text


def test_nothing_told_in_confidence_stands_in_a_file_or_a_log(watched: Watched):
    for name, pages in {"clerk": ("/", "/restricted"), "town": ("/",), "auditor": ("/audit",)}.items():
        for page in pages:
            assert watched.client(name).get(page).status_code == 200

    assert watched.told() == []
    assert watched.log.getvalue()
    # Names of the register are plain by decision 4: who searches as this test does finds what is there.
    assert any(REGISTERED in place for place in watched.holding(REGISTERED))


def test_nor_after_sealing_everything_with_a_new_key(watched: Watched):
    settings = watched.deployment.settings
    rotation = KeyRotation(settings.key_path, settings.url, watched.deployment.clock, CrawlFolders(settings.spool))

    report = rotation.rotate(Algorithm.SM4_GCM, lambda *_: None, lambda *_: None)
    rotation.retire(1)

    assert report.sealed
    assert not report.unopened
    assert watched.told() == []
    with watched.deployment.store.reading() as work:
        assert work.registry.by_phones([PHONE])
    assert watched.client("clerk").get("/restricted").status_code == 200


def test_an_error_nobody_foresaw_shows_a_number_and_no_value(watched: Watched, monkeypatch: pytest.MonkeyPatch):
    client = watched.client("auditor")

    def fail(*_: object, **__: object) -> None:
        raise ValueError(f"cannot read {CANARIES['text']} of {PHONE}")

    monkeypatch.setattr("storage.accounts.audit.Audit.found", fail)
    answer = client.get("/audit")

    assert answer.status_code == 500
    number = answer.text.split("错误编号 ")[1][:8]
    assert number in watched.log.getvalue()
    assert CANARIES["text"] not in answer.text
    assert answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert watched.told() == []
