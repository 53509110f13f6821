"""Cadres at their phones: each opens the feed, reads a lead, thinks, and goes on."""

import re
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from threading import Barrier, Lock, Thread

import httpx2
import psutil

_LEAD = re.compile(r'class="card[^"]*" href="(/leads/[^"]+)"')
_NEXT = re.compile(r'href="(/\?[^"]*after=[^"]+)"')
_COSTED = 40
_WORDS = ("透析", "窑洞塌了", "学费", "红枣")


@dataclass
class Timings:
    """Seconds by kind of page, and what went wrong."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    first_page_bytes: int = 0
    """Of the feed as the browser gets it, its style sheet and scripts included."""
    _lock: Lock = field(default_factory=Lock)

    def note(self, kind: str, seconds: float) -> None:
        """One page that was answered."""
        with self._lock:
            self.seconds[kind].append(seconds)

    def fail(self, what: str) -> None:
        """One page that was not."""
        with self._lock:
            self.errors.append(what)


def sign_in(address: str, name: str, password: str) -> httpx2.Client:
    """A browser that is signed in."""
    client = httpx2.Client(base_url=address, timeout=60, headers={"Origin": address})
    page = client.get("/login")
    token = re.search(r'name="csrf" value="([^"]+)"', page.text)
    form = {"username": name, "password": password, **({"csrf": token[1]} if token else {})}
    answer = client.post("/login", data=form)
    if answer.status_code != 303:
        raise RuntimeError(f"{name} cannot sign in: {answer.status_code}")
    return client


def work_day(clients: Sequence[httpx2.Client], *, rounds: int, thinking: float, timings: Timings) -> float:
    """Every client its rounds, all at once; seconds that it took. They think `thinking` seconds on average."""
    start = Barrier(len(clients) + 1)
    threads = [
        Thread(target=_cadre, args=(client, Random(number), rounds, thinking, start, timings))
        for number, client in enumerate(clients)
    ]
    for thread in threads:
        thread.start()
    start.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    return time.perf_counter() - began


def processor_costs(process: psutil.Process, client: httpx2.Client) -> dict[str, float]:
    """Seconds of processor time that the server itself needs for each kind of page; other programs do not change it."""
    feed = client.get("/").text
    later = _NEXT.search(feed)
    searches = [_search(client, feed, word) for word in _WORDS]
    leads = _LEAD.findall(feed)
    paths = {"feed": ["/"], "lead": leads, "next page": [later[1].replace("&amp;", "&")] if later else []}
    paths |= {"filter": ["/?risk=illness"], "search": searches}
    return {kind: _cost(process, client, several) for kind, several in paths.items() if several}


def processor_seconds(process: psutil.Process) -> float:
    """Processor time that the process has needed so far."""
    times = process.cpu_times()
    return float(times.user + times.system)


def _cost(process: psutil.Process, client: httpx2.Client, paths: Sequence[str]) -> float:
    before = processor_seconds(process)
    for number in range(_COSTED):
        client.get(paths[number % len(paths)])
    return (processor_seconds(process) - before) / _COSTED


def weigh_first_page(client: httpx2.Client) -> int:
    """Bytes transferred for the feed with all that it loads."""
    page = client.get("/")
    assets = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text)
    return sum(len(client.get(one).content) for one in ("/", *dict.fromkeys(assets)))


def _cadre(client: httpx2.Client, rng: Random, rounds: int, thinking: float, start: Barrier, timings: Timings) -> None:
    start.wait()
    time.sleep(rng.uniform(0, 2 * thinking))
    for number in range(rounds):
        feed = _open(client, "feed", "/", timings)
        _think(rng, thinking)
        links = _LEAD.findall(feed)
        if links:
            _open(client, "lead", rng.choice(links), timings)
            _think(rng, thinking)
        later = _NEXT.search(feed)
        if later and number % 3 == 0:
            _open(client, "next page", later[1].replace("&amp;", "&"), timings)
            _think(rng, thinking)
        if number % 3 == 1:
            _open(client, "filter", f"/?risk={rng.choice(('illness', 'housing', 'education'))}", timings)
            _think(rng, thinking)
        if number % 3 == 2:
            _open(client, "search", _search(client, feed, rng.choice(_WORDS)), timings)
            _think(rng, thinking)


def _think(rng: Random, seconds: float) -> None:
    time.sleep(rng.uniform(0.5 * seconds, 1.5 * seconds))


def _search(client: httpx2.Client, feed: str, word: str) -> str:
    """The address at which the feed shows what it found."""
    token = re.search(r'name="csrf" value="([^"]+)"', feed)
    answer = client.post("/", data={"q": word, "csrf": token[1] if token else ""})
    return answer.headers.get("location", "/")


def _open(client: httpx2.Client, kind: str, path: str, timings: Timings) -> str:
    began = time.perf_counter()
    try:
        answer = client.get(path)
    except httpx2.HTTPError as exc:
        timings.fail(f"{kind}: {type(exc).__name__}")
        return ""
    timings.note(kind, time.perf_counter() - began)
    if answer.status_code != 200:
        timings.fail(f"{kind}: {answer.status_code}")
    return answer.text
