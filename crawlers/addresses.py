"""Addresses in one form, so that a page has one name."""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_TRACKING = ("utm_", "spm", "from", "share")
_INDEX = ("index.html", "index.htm", "index.shtml")


def normalise_address(url: str) -> str:
    """Without fragment, tracking parameters and index file; host in lower case."""
    parts = urlsplit(url)
    query = [(key, value) for key, value in parse_qsl(parts.query) if not key.lower().startswith(_TRACKING)]
    path = parts.path
    for name in _INDEX:
        path = path.removesuffix(name) if path.endswith(f"/{name}") else path
    return urlunsplit((parts.scheme, parts.netloc.lower(), path or "/", urlencode(query), ""))


def same_site(url: str, other: str) -> bool:
    """True when both addresses are on one host and port."""
    return urlsplit(url).netloc.lower() == urlsplit(other).netloc.lower()
