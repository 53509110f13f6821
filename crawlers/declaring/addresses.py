"""Addresses in one form, so that a page has one name, whichever of its mirrors shows it."""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from urllib.parse import quote, urlsplit, urlunsplit

from crawlers.declaring.fetch_rules import FetchRules

_TRACKING = re.compile(
    r"(?:utm_\w+|spm|share\w*|wx_?share\w*|from_?source|clicktime|enterid|[gf]b?clid|bd_vid|isappinstalled|nsukey|hmsr|hmpl)(?:=|$)"
    r"|from=(?!\d)",
    re.IGNORECASE,
)
"""Parameters by which the media and their apps follow readers. A number after `from` is a place in a list."""
_SESSION = re.compile(r"(?:jsessionid|phpsessid|aspsessionid\w*)(?:=|$)", re.IGNORECASE)
_SESSION_IN_PATH = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_INDEX = re.compile(r"(?<=/)(?:index|default)\.s?html?$", re.IGNORECASE)
_MOBILE = re.compile(r"^(?:www|m|wap|3g|mobile)\.(?=[^.]+\.)")
_TRADITIONAL = re.compile(r"/(?:BIG5|GB|big5|gb)(?=/)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
_PLAIN = re.compile(r"https?://[^/?#\s]+/[A-Za-z0-9/._~-]*")
"""Addresses that need no normalising but of their host: nearly all, which is why they are told apart first."""
_DEFAULT_PORT = {"http": 80, "https": 443}
_NUMBERED = re.compile(r"^\d+(?:\.\d+){3}$")


def normalise_address(url: str, rules: FetchRules | None = None) -> str:
    """The address to ask for: host in lower case; no fragment, default port, tracking or session, no index file.

    The order of parameters stays, because sites exist that mind it. An address that cannot be taken apart comes back as
    it is.
    """
    url = _CONTROL.sub("", url).strip()
    try:
        parts = urlsplit(url)
        host = _host(parts.hostname or "", parts.port, parts.scheme)
    except ValueError:
        return url
    further = tuple(f"{name.lower()}=" for name in rules.drop_parameters) if rules else ()
    pairs = (pair.strip() for pair in parts.query.split("&"))
    query = "&".join(pair for pair in pairs if pair and not _is_noise(pair, further))
    path = _INDEX.sub("", _SESSION_IN_PATH.sub("", parts.path))
    return urlunsplit((parts.scheme.lower(), host, _escaped(path) or "/", query, ""))


def page_name(url: str, rules: FetchRules | None = None) -> str:
    """What a page is remembered by: the same for http and https, mobile and BIG5 mirrors, with or without a last slash.

    It is no address to ask for. Declared mirrors are folded first, then those known everywhere.
    """
    address = url if _PLAIN.fullmatch(url) else normalise_address(url, rules)
    for mirror in rules.mirrors if rules else ():
        address = re.sub(mirror.match, mirror.to, address)
    site = site_of(address)
    if not site:
        return address
    start = address.find("/", address.find("://") + 3)
    path, _, query = (address[start:] if start >= 0 else "").partition("?")
    path = _TRADITIONAL.sub("/GB", _INDEX.sub("", path), count=1).rstrip("/")
    return f"{site}{path}?{'&'.join(sorted(query.split('&')))}" if query else f"{site}{path}"


def site_of(url: str) -> str:
    """The site that an address is on: its host without www., m. or wap., and its port unless it is a usual one."""
    start = url.find("://") + 3
    found = (url.find(mark, start) for mark in "/?#")
    return _site_of_start(url[: min((place for place in found if place >= 0), default=len(url))])


@lru_cache(maxsize=1024)
def _site_of_start(url: str) -> str:
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower().rstrip("."), parts.port
    except ValueError:
        return ""
    folded = host if _NUMBERED.match(host) else _MOBILE.sub("", host)
    return folded if port in {None, *_DEFAULT_PORT.values()} else f"{folded}:{port}"


def sites_of(addresses: Iterable[str], rules: FetchRules) -> frozenset[str]:
    """The sites that a source may be fetched from: those of its start pages and its declared further hosts."""
    return frozenset({*map(site_of, addresses), *(site_of(f"http://{host}/") for host in rules.hosts)})


def is_on(url: str, sites: Collection[str]) -> bool:
    """True for a web address on one of the sites: the one rule of where a source may be followed to."""
    return is_web_address(url) and site_of(url) in sites


def is_web_address(url: str) -> bool:
    """True for an http or https address with a host; half a character, as JSON can hold it, is in no address."""
    try:
        url.encode()
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False


def fits(url: str, pattern: str) -> bool:
    r"""Whether an address is of the kind that the pattern tells by its path; by path and query where it has a `\?`.

    Systems that answer everything under one path tell an article from a list in the query alone.
    """
    parts = urlsplit(url)
    told = f"{parts.path}?{parts.query}" if r"\?" in pattern else parts.path
    return re.search(pattern, told) is not None


def is_home(url: str) -> bool:
    """True for the first page of a site."""
    try:
        parts = urlsplit(normalise_address(url))
    except ValueError:
        return False
    return parts.path in {"", "/"} and not parts.query


def _host(host: str, port: int | None, scheme: str) -> str:
    shown = f"[{host}]" if ":" in host else host.lower()
    return shown if port is None or port == _DEFAULT_PORT.get(scheme.lower()) else f"{shown}:{port}"


def _is_noise(pair: str, further: tuple[str, ...]) -> bool:
    return bool(_TRACKING.match(pair) or _SESSION.match(pair)) or pair.lower().startswith(further)


def _escaped(path: str) -> str:
    """The path with one way of escaping, so that 新闻 and %e6%96%b0%e9%97%bb are one page; what is escaped stays so."""
    return _ESCAPE.sub(lambda found: found[0].upper(), quote(path, safe="/:@!$&'()*+,;=~%", errors="surrogatepass"))
