"""An office that takes files in: its worker runs as soon as it is woken, before the page is answered."""

import csv
import io
import re
from dataclasses import replace
from pathlib import Path

from fastapi.testclient import TestClient
from httpx2 import Response
from openpyxl import Workbook

from domain.clock import Clock
from domain.deliveries.receipt import Origin, Receipt
from domain.deliveries.reception import ReceptionLimits
from domain.places.office import Offices
from domain.places.region import RegionCode
from importers.progress import Progress
from pipeline.deliveries.import_petitions import import_petitions
from pipeline.deliveries.import_submissions import SubmissionImports
from pipeline.deliveries.register_reception import RegisterReception
from pipeline.deliveries.web_reception import WebReception
from pipeline.policy.tables import load_policy
from storage.deliveries.held_files import HeldFiles
from storage.store import Store
from tests.factories import COUNTY, TOWN
from tests.fakes import FakeClock
from tests.review.office import Office, fill

LIMITS = load_policy().reception.limits
HEADER = ("信访件编号", "姓名", "联系电话", "信访日期", "信访目的", "信访事项")
ROWS = (
    ("K-001", "张三三", "13800000000", "2026-11-02", "求决", "反映老伴得了重病，药费负担不起。"),
    ("K-002", "李四四", "13900000000", "2026-11-03", "求决", "反映窑洞裂缝，下雨天不敢住。"),
)
REFUSED = ("K-003", "王五五", "", "2026-13-45", "求决", "反映孩子上学没有钱交学费。")


def submission_imports(
    store: Store, clock: Clock, folder: Path, limits: ReceptionLimits = LIMITS, *, house: RegionCode = TOWN
) -> SubmissionImports:
    """What imports into the store from a folder."""

    def import_file(path: Path, origin: Origin, progress: Progress) -> Receipt:
        return import_petitions(
            store,
            path,
            county=COUNTY,
            clock=clock,
            origin=origin,
            progress=progress,
        )

    return SubmissionImports(
        store=store,
        held=HeldFiles(folder),
        clock=clock,
        limits=limits,
        offices=Offices(house=house),
        import_file=import_file,
        registers=RegisterReception(
            store=store, clock=clock, policy=load_policy().household_register, home=folder.parent
        ),
    )


def receiving_office(
    store: Store, clock: FakeClock, folder: Path, *, house: RegionCode = TOWN, works: bool = True, **limits: int
) -> Office:
    """The office of `fill` that takes files in; `works` False leaves them queued, `limits` are the policy's."""
    changed = replace(LIMITS, **limits)
    imports = submission_imports(store, clock, folder, changed, house=house)
    reception = WebReception(imports, COUNTY, lambda: _work(imports, works=works))
    return replace(fill(store, clock), reception=reception)


def _work(imports: SubmissionImports, *, works: bool) -> None:
    if works:
        imports.import_all()


def register(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> bytes:
    """A register as xlsx."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "登记"
    for row in (header, *(rows or ROWS)):
        sheet.append(list(row))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def text_register(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> bytes:
    """A register as CSV."""
    content = io.StringIO()
    csv.writer(content).writerows([header, *(rows or ROWS)])
    return content.getvalue().encode()


def csrf_of(client: TestClient, path: str = "/imports") -> str:
    """The session's token, as it stands in a form."""
    found = re.search(r'name="csrf" value="(\w+)"', client.get(path).text)
    return found[1] if found else ""


def upload(client: TestClient, *files: tuple[str, bytes], csrf: str | None = None) -> Response:
    """The answer to a form with these files."""
    token = csrf_of(client) if csrf is None else csrf
    return client.post("/imports", data={"csrf": token}, files=[("file", file) for file in files])


def confirm(client: TestClient, address: str, **choices: str) -> Response:
    """The answer to confirming a preview as it stands, with these choices changed."""
    shown = client.get(address).text
    boxes = dict(re.findall(r'<select name="([\w-]+)">.*?<option value="(\w*)" selected>', shown))
    return client.post(f"{address}/confirm", data={**boxes, "csrf": csrf_of(client), **choices})


def taken_in(client: TestClient, *rows: tuple[str, ...], name: str = "登记表.xlsx") -> str:
    """The address of the receipt of a register that was uploaded and confirmed."""
    address = upload(client, (name, register(*rows))).headers["location"]
    confirm(client, address)
    return str(client.get(address).headers["location"])
