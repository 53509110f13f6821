"""Every route of the pages and the interface, with what may show on it and how it is asked; one that is new fails.

To declare a route add a row: its objects (what fills the path), the kinds of secrets that may show there to whoever the
matrix lets see them, and for a POST what the form carries.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from starlette.routing import Mount, Route

from domain.leads.disclosure import RevealField
from domain.leads.lead import LeadStatus
from domain.risk import Risk
from domain.texts.accusation import AccusationAct
from domain.texts.judgement import Verdict
from tests.review.leaks.secrets import REVEALED, Kind
from tests.review.leaks.world import ACCOUNTS, DEPARTMENTS, World
from tests.review.receiving import text_register

Objects = Callable[[World], list[dict[str, str]]]
Form = Callable[[World, Mapping[str, str]], dict[str, Any]]


def _nothing(world: World) -> list[dict[str, str]]:
    return [{}]


def _leads(world: World) -> list[dict[str, str]]:
    return [{"lead_id": one} for one in (*world.state().leads, "nonsense")]


def _documents(world: World) -> list[dict[str, str]]:
    return [{"document_id": one} for one in (*world.documents, "nonsense")]


def _lead_numbers(world: World) -> list[dict[str, str]]:
    return [{"lead_id": one, "number": str(number)} for one in world.state().leads for number in (1, 2)]


def _each(name: str, values: Callable[[World], list[str]]) -> Objects:
    return lambda world: [{name: one} for one in (*values(world), "nonsense")]


def _none(world: World) -> list[str]:
    return []


_usernames = _each("username", lambda world: [*ACCOUNTS])
_submissions = _each("submission_id", lambda world: world.submissions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What is known of one method of one route."""

    objects: Objects = _nothing
    shows: frozenset[Kind] = frozenset()
    """Nothing else may show here, whoever asks."""
    form: Form | None = None
    queries: tuple[str, ...] = ("",)
    revealing: bool = False
    """True where what was asked for with a reason may show."""
    by_key: bool = False
    """True for the interface, which knows keys and no sessions."""
    often: int = 1
    """How many times as many objects as usual are tried where not all are."""
    lands: bool = False
    """True where the page that the answer sends the browser to is looked at instead of it."""
    alone: frozenset[str] = field(default_factory=frozenset)
    """Only these accounts are tried, for what ends a session."""


_NOT_ADMIN = frozenset(ACCOUNTS) - {"admin"}
"""Who changes an account ends its sessions, and nobody would be left to look."""
_CARD = frozenset({Kind.EVIDENCE, Kind.NEWS, Kind.NAMED})
_LEAD = _CARD | {Kind.DOOR, Kind.BODY, Kind.PETITIONER_NAME, Kind.HEALTH, Kind.DECISION, Kind.REMARK}
_ACCUSED = frozenset(
    {
        Kind.ACCUSATION,
        Kind.UNREAD,
        Kind.EVIDENCE,
        Kind.DOOR,
        Kind.BODY,
        Kind.NEWS,
        Kind.NAMED,
        Kind.PETITIONER_NAME,
    }
)
_FILE, _HEALTH = frozenset({Kind.FILE}), frozenset({Kind.HEALTH})
_FEED_QUERIES = (
    "",
    "?village=141124104202",
    "?village=141124105201&status=open",
    "?risk=illness&due=overdue",
    "?status=to_department",
    "?status=handled_above",
    "?after=nonsense",
    "?mine=1&status=all",
    "?status=all&opened=2026-11-01..2026-11-30&repeat=yes",
    "?status=all&with=nobody&at=141124104",
)


def _csrf_only(world: World, target: Mapping[str, str]) -> dict[str, Any]:
    return {}


def _decision(world: World, target: Mapping[str, str]) -> dict[str, Any]:
    return {
        "status": world.rng.choice(list(LeadStatus)).value,
        "reason": "情况属实",
        "visited_on": "2026-11-20",
        "signed": "yes",
        "measures": "已送医",
        "not_taken_in": "收入稳定",
        "department": world.rng.choice(DEPARTMENTS),
        "household_id": world.rng.choice(["", *world.households]),
        "other_lead": world.rng.choice(["", *world.state().leads]),
        "other_lead_number": world.rng.choice(["", "", *world.state().leads]),
    }


def _search(world: World, target: Mapping[str, str]) -> dict[str, Any]:
    words = ["药费负担不起", "多次上访", world.rng.choice(sorted(world.names))]
    return {"q": world.rng.choice(words), "status": world.rng.choice(["", "all"])}


def _view(world: World, target: Mapping[str, str]) -> dict[str, Any]:
    return {"name": "我的视图", "query": world.rng.choice(["due=overdue", "status=to_discipline", "q=药费负担不起"])}


def _assignments(world: World, target: Mapping[str, str]) -> dict[str, Any]:
    return {
        "leads": world.rng.sample([*world.state().leads, "nonsense"], 3),
        "assignee": world.rng.choice(["", *world.accounts]),
    }


def _verdict(world: World, target: Mapping[str, str]) -> dict[str, Any]:
    with world.store.reading() as work:
        version = work.registry.version()
    documents = [one.document_id for view in world.state().leads.values() for one in view.evidence]
    return {
        "household_id": world.rng.choice(list(world.households)),
        "verdict": world.rng.choice(["same", "different", "unsure"]),
        "register_version": str(version),
        "documents": world.rng.sample(documents, 2),
    }


def _split(world: World, target: Mapping[str, str]) -> dict[str, Any]:
    return {"document_id": world.rng.choice(world.documents), "reason": "是另一件事"}


def _reveal(world: World, target: Mapping[str, str]) -> dict[str, Any]:
    kind = world.rng.choice(list(RevealField))
    subject = world.rng.choice(world.documents if kind.of_text else list(world.households))
    view = world.state().leads.get(target["lead_id"])  # type: ignore[call-overload]
    if view is not None and kind.of_text and view.evidence:
        subject = world.rng.choice(view.evidence).document_id
    if view is not None and not kind.of_text and view.lead.household_id:
        subject = view.lead.household_id
    return {"item": f"{kind.value}:{subject}", "reason": "入户前需要核对情况"}


def _accusation_step(world: World, target: Mapping[str, str]) -> dict[str, Any]:
    return {
        "step": world.rng.choice(list(AccusationAct)).value,
        "reference": "转字1号",
        "day": "2026-11-23",
        "reason": "看过以后认为不是检举",
    }


def _planned(world: World, target: Mapping[str, str]) -> dict[str, Any]:
    finding = {"find": "yes"} if world.rng.random() < 0.3 else {}
    return {
        **finding,
        "person": "查无此人",
        "household": world.rng.choice(list(world.households)),
        f"risk-{Risk.ILLNESS.value}": "yes",
        "accused": world.rng.choice(["nobody", "village", "town"]),
        "names": "王五五",
    }


def _judgement(world: World, target: Mapping[str, str]) -> dict[str, Any]:
    return {"verdict": world.rng.choice(list(Verdict)).value, "scope": "household", "risks": ["illness"]}


def _upload(world: World, target: Mapping[str, str]) -> dict[str, Any]:
    row = ("K-900", "", "", "2026-11-02", "求决", "反映家里有人患病，药费负担不起。")
    return {"files": [("file", ("登记表.csv", text_register(row)))]}


def _text(world: World, target: Mapping[str, str]) -> dict[str, Any]:
    """Somebody tries out whether a text is there: what a lead says, what an accusation says."""
    document_id = world.rng.choice(world.documents)
    with world.store.reading() as work:
        content = work.documents.get(document_id).text
    return {"url": "", "medium": "县融媒", "title": "", "text": content[:30] + "又一段别的话", "day": "2026-11-01"}


def _record(world: World, target: Mapping[str, str]) -> dict[str, Any]:
    record = {"number": "K-901", "date": "2026-11-20", "matter": "反映家中失火, 请求救助。"}
    return {"json": {"records": [record]}}


def _acknowledgement(world: World, target: Mapping[str, str]) -> dict[str, Any]:
    return {"json": {"cursor": "0"}}


def _outcome(world: World, target: Mapping[str, str]) -> dict[str, Any]:
    return {"json": {"outcome": "taken_in", "occurred_on": "2026-11-20"}}


def _registration(world: World, target: Mapping[str, str]) -> dict[str, Any]:
    return {
        "date": "2026-11-20",
        "form": "来访",
        "purpose": "求决",
        "matter": "反映家中失火, 请求救助。",
        "once": "0" * 32,
    }


EXPECTED: Mapping[tuple[str, str], Expected] = {
    ("GET", "/login"): Expected(),
    ("POST", "/login"): Expected(form=lambda world, target: {"username": "town", "password": "wrong-password"}),
    ("POST", "/logout"): Expected(form=_csrf_only, alone=frozenset({"second_clerk"})),
    ("GET", "/"): Expected(shows=_CARD, queries=_FEED_QUERIES),
    ("POST", "/"): Expected(shows=_CARD, form=_search, often=5, lands=True),
    ("POST", "/views"): Expected(form=_view),
    ("POST", "/views/{number}/deletion"): Expected(objects=_each("number", lambda world: ["1", "2"]), form=_csrf_only),
    ("POST", "/leads/assignments"): Expected(shows=_CARD, form=_assignments, often=5),
    ("GET", "/leads/{lead_id}/sheet"): Expected(objects=_leads, shows=frozenset({Kind.HEALTH})),
    ("GET", "/leads/{lead_id}/visit"): Expected(objects=_leads, shows=_CARD | {Kind.HEALTH}),
    ("GET", "/leads/{lead_id}"): Expected(objects=_leads, shows=_LEAD),
    ("POST", "/leads/{lead_id}/decisions"): Expected(objects=_leads, shows=_LEAD, form=_decision),
    ("POST", "/leads/{lead_id}/decisions/undoing"): Expected(objects=_leads, shows=_LEAD, form=_csrf_only),
    ("POST", "/leads/{lead_id}/splitting"): Expected(objects=_leads, shows=_LEAD, form=_split),
    ("POST", "/leads/{lead_id}/household-judgements"): Expected(objects=_leads, shows=_LEAD, form=_verdict),
    ("POST", "/leads/{lead_id}/household-judgements/{number}/undoing"): Expected(
        objects=_lead_numbers, shows=_LEAD, form=_csrf_only
    ),
    ("GET", "/leads/{lead_id}/reveals"): Expected(objects=_leads),
    ("POST", "/leads/{lead_id}/reveals"): Expected(objects=_leads, form=_reveal),
    ("GET", "/reveals"): Expected(shows=frozenset({Kind.REASON}), queries=("", "?page=2", "?page=3")),
    ("GET", "/reveals/{reveal_id}"): Expected(
        objects=_each("reveal_id", lambda world: world.reveals),
        shows=frozenset(REVEALED) | {Kind.EVIDENCE, Kind.REASON},
        revealing=True,
        often=25,
    ),
    ("GET", "/account"): Expected(),
    ("GET", "/account/password"): Expected(),
    ("POST", "/account/password"): Expected(form=_csrf_only),
    ("GET", "/account/name"): Expected(),
    ("POST", "/account/name"): Expected(form=_csrf_only),
    ("GET", "/account/second-factor"): Expected(),
    ("POST", "/account/second-factor/begin"): Expected(form=_csrf_only),
    ("POST", "/account/second-factor"): Expected(form=_csrf_only),
    ("POST", "/account/recovery-codes"): Expected(form=_csrf_only),
    ("POST", "/account/sessions/end-others"): Expected(form=_csrf_only),
    ("POST", "/account/sessions/{session_id}/end"): Expected(objects=_each("session_id", _none), form=_csrf_only),
    ("GET", "/accounts"): Expected(),
    ("GET", "/accounts/new"): Expected(),
    ("POST", "/accounts"): Expected(form=_csrf_only),
    ("GET", "/accounts/{username}"): Expected(objects=_usernames),
    **{
        ("POST", f"/accounts/{{username}}/{change}"): Expected(objects=_usernames, form=_csrf_only, alone=_NOT_ADMIN)
        for change in ("disable", "enable", "name", "password", "place", "second-factor", "unlock")
    },
    ("GET", "/setup"): Expected(),
    ("POST", "/setup"): Expected(form=_csrf_only),
    ("GET", "/login/code"): Expected(),
    ("POST", "/login/code"): Expected(form=_csrf_only),
    ("GET", "/login/sso"): Expected(),
    ("GET", "/login/sso/return"): Expected(queries=("", "?state=nonsense&code=nonsense")),
    ("GET", "/outgoing"): Expected(),
    ("GET", "/outgoing/deliveries"): Expected(queries=("?state=delivered",)),
    ("POST", "/outgoing/{number}/again"): Expected(objects=_each("number", lambda world: ["1"]), form=_csrf_only),
    ("GET", "/readers"): Expected(),
    ("POST", "/readers"): Expected(form=_csrf_only),
    ("POST", "/readers/{token_id}/revoke"): Expected(objects=_each("token_id", _none), form=_csrf_only),
    ("GET", "/readers/{secret}/atom.xml"): Expected(objects=_each("secret", _none)),
    ("GET", "/readers/{secret}/feed.json"): Expected(objects=_each("secret", _none)),
    ("GET", "/reports"): Expected(),
    ("GET", "/reports/ledger.xlsx"): Expected(),
    ("GET", "/reports/{kind}.docx"): Expected(objects=_each("kind", lambda world: ["monthly"])),
    ("GET", "/registers"): Expected(),
    ("POST", "/registers"): Expected(form=_upload),
    ("GET", "/registers/{submission_id}"): Expected(objects=_submissions),
    ("GET", "/registers/{submission_id}/receipt"): Expected(objects=_submissions),
    ("GET", "/registers/{submission_id}/report"): Expected(objects=_submissions),
    ("POST", "/registers/{submission_id}/confirm"): Expected(objects=_submissions, form=_csrf_only),
    ("POST", "/registers/{submission_id}/discard"): Expected(objects=_submissions, form=_csrf_only),
    ("GET", "/risk-points"): Expected(),
    ("GET", "/board"): Expected(),
    ("GET", "/board/petitions"): Expected(queries=("", "?month=2026-10", "?way=upload")),
    ("POST", "/board/petitions"): Expected(form=lambda world, target: {"petitioner": "查无此人"}),
    ("GET", "/board/petitions.xlsx"): Expected(),
    ("GET", "/board/system"): Expected(),
    ("GET", "/board/system/waiting"): Expected(queries=("?stage=route",)),
    ("POST", "/board/system/set-aside"): Expected(
        form=lambda world, target: {"stage": "ingest", "detail": "unreadable_date", "documents": ["nonsense"]}
    ),
    ("GET", "/board/system/set-aside"): Expected(queries=("?stage=ingest&detail=unreadable_date",)),
    ("GET", "/restricted"): Expected(shows=_ACCUSED, queries=("", "?show=forwarded", "?page=2")),
    ("GET", "/restricted/{document_id}"): Expected(objects=_documents, shows=_ACCUSED),
    ("POST", "/restricted/{document_id}/steps"): Expected(objects=_documents, shows=_ACCUSED, form=_accusation_step),
    ("GET", "/restricted/{document_id}/lead"): Expected(objects=_documents),
    ("POST", "/restricted/{document_id}/lead"): Expected(objects=_documents, form=_planned),
    ("GET", "/other-leads/new"): Expected(),
    ("POST", "/other-leads"): Expected(form=_planned),
    ("GET", "/system"): Expected(),
    ("GET", "/audit"): Expected(),
    ("GET", "/disagreements"): Expected(shows=frozenset({Kind.UNREAD})),
    ("GET", "/disagreements/{document_id}"): Expected(objects=_documents, shows=frozenset({Kind.UNREAD})),
    ("POST", "/disagreements/{document_id}/judgements"): Expected(
        objects=_documents, shows=frozenset({Kind.UNREAD}), form=_judgement
    ),
    ("POST", "/judgements/{number}/withdrawal"): Expected(
        objects=_each("number", lambda world: ["1", "2"]), form=_csrf_only
    ),
    ("GET", "/texts/new"): Expected(),
    ("POST", "/texts"): Expected(form=_text),
    ("GET", "/sources"): Expected(),
    ("GET", "/sources/{name}"): Expected(objects=_each("name", lambda world: ["town_paper"])),
    ("GET", "/coverage"): Expected(queries=("", "?month=2026-10")),
    ("GET", "/imports"): Expected(shows=_FILE),
    ("POST", "/imports"): Expected(shows=_FILE, form=_upload),
    ("GET", "/imports/{submission_id}"): Expected(
        objects=_each("submission_id", lambda world: world.submissions), shows=_FILE
    ),
    ("POST", "/imports/{submission_id}/confirm"): Expected(
        objects=_each("submission_id", lambda world: world.submissions), shows=_FILE, form=_csrf_only
    ),
    ("POST", "/imports/{submission_id}/discard"): Expected(
        objects=_each("submission_id", lambda world: world.submissions), shows=_FILE, form=_csrf_only
    ),
    ("GET", "/receipts/{receipt_id}"): Expected(objects=_each("receipt_id", lambda world: world.receipts), shows=_FILE),
    ("GET", "/receipts/{receipt_id}/workbook"): Expected(
        objects=_each("receipt_id", lambda world: world.receipts), shows=_FILE
    ),
    ("GET", "/petitions/new"): Expected(),
    ("POST", "/petitions"): Expected(form=_registration),
    ("POST", "/api/v1/petitions"): Expected(form=_record, by_key=True),
    ("POST", "/api/v1/imports"): Expected(form=_upload, by_key=True),
    ("GET", "/api/v1/imports/{import_id}"): Expected(
        objects=_each("import_id", lambda world: world.submissions), shows=_FILE, by_key=True
    ),
    ("GET", "/api/v1/imports/{import_id}/receipt.xlsx"): Expected(
        objects=_each("import_id", lambda world: world.submissions), shows=_FILE, by_key=True
    ),
    ("GET", "/api/v1/leads/feed"): Expected(by_key=True),
    ("GET", "/api/v1/leads/{lead_id}"): Expected(objects=_leads, by_key=True),
    ("POST", "/api/v1/leads/feed/acknowledgements"): Expected(form=_acknowledgement, by_key=True),
    ("POST", "/api/v1/leads/{lead_id}/outcomes"): Expected(objects=_leads, form=_outcome, by_key=True),
    ("GET", "/api/v1/openapi.json"): Expected(by_key=True),
    ("GET", "/api/v1/docs"): Expected(by_key=True),
}


def routes_of(app: FastAPI | APIRouter, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Method and path of every route that the application has, those of routers and mounted applications among them."""
    for route in app.routes:
        included = getattr(route, "original_router", None)
        if isinstance(route, APIRoute | Route):
            for method in sorted((route.methods or set()) - {"HEAD", "OPTIONS"}):
                yield method, f"{prefix}{route.path}"
        elif isinstance(included, APIRouter):
            yield from routes_of(included, prefix)
        elif isinstance(route, Mount) and isinstance(route.app, FastAPI):
            yield from routes_of(route.app, f"{prefix}{route.path}")
        elif not (isinstance(route, Mount) and route.path == "/static"):
            yield "UNKNOWN", f"{prefix}{route!r}"
