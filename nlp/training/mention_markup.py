"""Reads the hand-written texts with their inline marks and turns the marks into offsets.

A text begins with a line `@ genre | title`. In it `[庞建国|s]` is a person with the first letter of the role (p
petitioner, s sufferer, r relative, o official, x other), `{庞家庄|104202}` a place with its code behind the county's
(`g` behind the code: a group of that village, `s`: a relocation site), and `<m:3万元>` a value: `m` money, `t` phone,
`i` ID number, `a` area, `h` number of households.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from domain.failures.errors import FileError
from domain.places.region import Level, RegionCode

_MARK = re.compile(
    r"\[(?P<name>[^\]|]+)\|(?P<role>[psrox])\]|\{(?P<place>[^}|]+)\|(?P<code>\d*)(?P<below>[gs]?)\}"
    r"|<(?P<kind>[mtiah]):(?P<value>[^>]+)>"
)
_GENRE = re.compile(r"[a-z_]+")
_LEFT_OVER = re.compile(r"[\[\]{}<>|]")
_COUNTY = "141124"
ROLES = {"p": "petitioner", "s": "sufferer", "r": "relative", "o": "official", "x": "other"}
KINDS = {"m": "amounts", "t": "phones", "i": "id_numbers", "a": "areas", "h": "households"}
_MASK = frozenset("某*")

Span = dict[str, str | int]


@dataclass(frozen=True)
class MarkedText:
    """One text with what its marks say; offsets count characters of the content, title and line break included."""

    genre: str
    title: str
    text: str
    persons: list[Span]
    places: list[Span]
    values: Mapping[str, list[Span]]


def read_marked(source: str) -> Iterator[MarkedText]:
    """The texts of the source in its order; FileError names the text whose marks are broken."""
    for number, block in enumerate(re.split(r"^@ ", source, flags=re.MULTILINE)[1:], start=1):
        head, _, body = block.partition("\n")
        genre, _, title = head.partition("|")
        if not _GENRE.fullmatch(genre.strip()):
            # A line of a text that begins with the sign would cut the text in two.
            raise FileError(f"第{number}篇: 第一行应当是 @ 体裁 | 标题, 却是 {('@ ' + head)[:30]!r}")
        yield _marked(number, genre.strip(), title.strip(), body.strip())


def _marked(number: int, genre: str, title: str, body: str) -> MarkedText:
    content = f"{title}\n{body}" if title else body
    plain, at = "", 0
    persons: list[Span] = []
    places: list[Span] = []
    values: dict[str, list[Span]] = {kind: [] for kind in KINDS.values()}
    for match in _MARK.finditer(content):
        plain += content[at : match.start()]
        at = match.end()
        written = match["name"] or match["place"] or match["value"]
        span: Span = {"start": len(plain), "end": len(plain) + len(written)}
        plain += written
        if match["name"]:
            persons.append({"name": written, "role": ROLES[match["role"]], **span})
        elif match["place"]:
            places.append(_place(written, match["code"], match["below"]) | span)
        else:
            values[KINDS[match["kind"]]].append({"text": written, **span})
    plain += content[at:]
    left = _LEFT_OVER.search(plain)
    if left:
        raise FileError(f"第{number}篇: 标记不完整, 在 {plain[max(left.start() - 8, 0) : left.end() + 8]!r}")
    head, _, text = plain.partition("\n") if title else ("", "", plain)
    return MarkedText(genre, head, text, repeated(plain, persons), places, values)


def _place(name: str, code: str, below: str) -> Span:
    region = RegionCode(_COUNTY + code)
    level = {"g": Level.GROUP, "s": Level.SITE}.get(below, region.level)
    return {"code": region.digits, "level": level.value, "name": name}


def repeated(content: str, persons: list[Span]) -> list[Span]:
    """The persons with every further place where a full or masked name stands again.

    A name of two characters without a mask may be a word elsewhere (成功), so its further places are marked by hand.
    """
    used = {at for one in persons for at in range(int(one["start"]), int(one["end"]))}
    found = list(persons)
    roles = {str(one["name"]): one["role"] for one in persons}
    for name in sorted(roles, key=len, reverse=True):
        if len(name) < 3 and not _MASK & set(name):
            continue
        for match in re.finditer(re.escape(name), content):
            span = range(match.start(), match.end())
            if used.isdisjoint(span):
                used.update(span)
                found.append({"name": name, "role": roles[name], "start": match.start(), "end": match.end()})
    return sorted(found, key=lambda one: int(one["start"]))
