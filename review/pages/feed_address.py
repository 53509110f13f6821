"""What stands in an address of the feed: the filter, and sealed what was looked for, which may be a name."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

from domain.accounts.account import Account
from review.boards.feed_facets import FACET_FIELDS
from review.requests import Desk

WORDS = "q"
LONGEST_WORDS = 60
FIELDS = (WORDS, "village", "risk", "status", "due", "mine", *FACET_FIELDS)
"""What an address of the feed may ask for; a saved view keeps these and nothing else."""


def fields_of(asked: Mapping[str, str]) -> dict[str, str]:
    """The fields of a filter that have a value."""
    return {name: asked[name].strip() for name in FIELDS if asked.get(name, "").strip()}


def fields_of_view(query: str) -> dict[str, str]:
    """The fields of a saved view's query, which is kept sealed as a whole."""
    return fields_of(dict(parse_qsl(query)))


def fields_of_address(desk: Desk, account: Account, asked: Mapping[str, str]) -> dict[str, str]:
    """The fields of an address; words that were not sealed for this account are left out, as what cannot be read is."""
    fields = fields_of(asked)
    words = desk.store.address_words().open(account.username, fields.pop(WORDS, ""))
    return {WORDS: words, **fields} if words else fields


def address_of(desk: Desk, account: Account, fields: Mapping[str, str]) -> str:
    """What stands behind the ? of the feed's address for these fields; `view=all` where there are none."""
    sealed = {name: value for name, value in fields.items() if value}
    if WORDS in sealed:
        sealed[WORDS] = desk.store.address_words().seal(account.username, sealed[WORDS][:LONGEST_WORDS])
    return urlencode(sealed) or "view=all"
