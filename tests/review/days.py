"""What the tests of whole working days share: an office that is open, and a person who walks through its pages."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pyotp
from playwright.sync_api import Browser, BrowserContext, Page

from domain.counting.report import Period, ReportKind
from domain.leads.petition_outcome import PetitionLimits
from domain.places.region import RegionCode
from domain.register.household import HouseholdId
from domain.words.vocabulary import Role
from pipeline.deliveries.import_submissions import SubmissionWorker
from pipeline.deliveries.web_reception import WebReception
from pipeline.handed_out.petition_outcomes import write_petition_outcomes
from pipeline.handed_out.town_ledger import write_town_ledger
from pipeline.leads.workflow import CountyWorkflow
from pipeline.policy.tables import load_policy
from pipeline.reports.due import period_of, write_report_file
from review.app import create_app
from review.sign_in.policy import load_sign_in_policy
from storage.deliveries.petition_outcomes import PetitionFilter, PetitionReader
from storage.store import Store
from tests.factories import COUNTY, VILLAGE, household, lead, person
from tests.fakes import NOON, FakeClock
from tests.review.axe import serious_findings
from tests.review.office import fill
from tests.review.receiving import submission_imports
from tests.review.reported import Reported
from tests.review.test_browser import served

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
OTHERS = 30
"""Leads beside the two of the office: more than a page of the feed holds."""


class StoreExports:
    """Writes ledger and reports from the store of the test."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def report_period(self, kind: ReportKind) -> Period:
        return period_of(kind, NOON.date(), 25)

    def write_report(self, path: Path, kind: ReportKind, region: RegionCode) -> None:
        write_report_file(path, self._store, region, self.report_period(kind), NOON)

    def write_ledger(self, path: Path, region: RegionCode, first: date | None, last: date | None, role: Role) -> None:
        write_town_ledger(path, self._store, region, first=first, last=last, role=role)

    def write_petition_outcomes(
        self, path: Path, wanted: PetitionFilter, reader: PetitionReader, limits: PetitionLimits
    ) -> None:
        write_petition_outcomes(path, self._store, wanted, reader, limits)


@contextmanager
def open_office(store: Store, clock: FakeClock, folder: Path, *, empty: bool = False) -> Iterator[str]:
    """The address of everything that `qianshao serve` offers; `empty` is a county before its first administrator."""
    if not empty:
        fill(store, clock)
        _crowd(store)
    policy = load_policy()
    imports = submission_imports(store, clock, folder / "uploads")
    worker = SubmissionWorker(imports)
    app = create_app(
        store,
        clock,
        policy.departments,
        reports=Reported(),
        exports=StoreExports(store),
        reception=WebReception(imports, COUNTY, worker.wake),
        disclosure=policy.disclosure.rules,
        workflow=CountyWorkflow(policy),
        sign_in=load_sign_in_policy() if empty else None,
    )
    with served(app) as address:
        worker.start()
        yield address
    worker.stop()
    shutil.rmtree(folder / "uploads", ignore_errors=True)


def _crowd(store: Store) -> None:
    """What comes in on an ordinary day."""
    with store.unit_of_work() as work:
        homes = [household(f"14112410420210{number:02}", person(f"庞某{number}")) for number in range(OTHERS)]
        work.registry.import_households(homes, file="b", file_sha256="1", at=NOON)
        for number, home in enumerate(homes):
            opened = lead(
                f"day{number:02}",
                region=VILLAGE,
                matter=f"day{number}",
                household_id=HouseholdId(home.id),
                priority=40 - number,
            )
            work.leads.add(opened)
        work.commit()


@dataclass
class Walk:
    """A person on one device. Everything that was wrong on the way is in `troubles`."""

    context: BrowserContext
    page: Page
    address: str
    troubles: list[str] = field(default_factory=list)
    taps: int = 0

    @classmethod
    def begin(cls, chromium: Browser, address: str, size: dict[str, int]) -> "Walk":
        """A fresh device; a request to another machine is refused and remembered."""
        context = chromium.new_context(viewport=size)  # type: ignore[arg-type]
        walk = cls(context, context.new_page(), address)
        walk.page.on("pageerror", lambda error: walk.troubles.append(str(error)))
        context.route(
            lambda url: not url.startswith(address),
            lambda route: (walk.troubles.append(route.request.url), route.abort()),
        )
        return walk

    def tap(self, target: str) -> None:
        """Touch what leads to another page, and count it."""
        self.taps += 1
        with self.page.expect_navigation():
            self.page.click(target)

    def enter(self, name: str, password: str) -> None:
        """Sign in from the first page."""
        self.page.goto(self.address)
        self.look()
        self.page.fill("input[name=username]", name)
        self.page.fill("input[name=password]", password)
        self.tap("button.main")

    def look(self) -> None:
        """Note whatever of this page cannot be used: what axe finds serious, what has to be scrolled sideways."""
        self.page.wait_for_load_state()
        self.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        where = self.page.url.removeprefix(self.address)
        self.troubles += [f"{where}: {found}" for found in serious_findings(self.page)]
        if self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            self.troubles.append(f"{where}: scrolls sideways")

    def bytes_of(self, path: str) -> int:
        """What opening the page takes from the network with nothing kept from earlier, headers included."""
        session = self.context.new_cdp_session(self.page)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        sizes: list[float] = []
        session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        self.page.goto(f"{self.address}{path}", wait_until="networkidle")
        session.detach()
        return round(sum(sizes))

    def end(self) -> None:
        """Close the device; nothing may have been wrong."""
        self.context.close()
        assert self.troubles == []


def set_up_authenticator(walk: Walk, clock: FakeClock, password: str) -> str:
    """The secret of an authenticator that was set up on the page for it."""
    walk.page.fill("input[name=password]", password)
    walk.tap("main button.main")
    walk.look()
    secret = walk.page.locator("code").inner_text().replace(" ", "")
    walk.page.fill("input[name=code]", pyotp.TOTP(secret).at(clock.now()))
    walk.tap("main button.main")
    walk.look()
    return secret
