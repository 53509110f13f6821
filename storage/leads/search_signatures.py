"""Search in texts that are encrypted: a keyed superimposed code for each lead.

Every pair of neighbouring characters sets a few bits that only the key can tell; a lead has one signature over all its
texts. What is asked must have all its bits set: a lead that holds the words always does, one that does not hold them
seldom does, so whoever asks looks into the decrypted text as well. Many pairs share a bit, so that the table tells less
of how often which word occurs than a fingerprint for each pair would.

Method: S. Christodoulakis and C. Faloutsos, Design considerations for a message file server, IEEE TSE 10 (1984);
keyed, as E.-J. Goh, Secure indexes (2003).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, false, or_
from sqlalchemy.dialects import postgresql, sqlite

from storage.leads.filter import SearchTerm
from storage.session import Session
from storage.tables.feed import SIGNATURE_WORDS, FeedEntryRow, search_signatures
from storage.tables.leads import LeadRow

SHORTEST_TERM = 2
"""Characters; one alone is in no signature."""
_SHORTEST_NUMBER = 6
"""Characters of a lead's number that are no chance hit any more."""
_BITS_OF_WORD = 63
"""The sign is left alone: both databases then agree about what `&` gives."""
_BITS = SIGNATURE_WORDS * _BITS_OF_WORD
_BITS_OF_PAIR = 3
_BYTES_OF_BIT = 4
_SPACE = re.compile(r"\s+")


class SearchSignatures:
    """Written with each text that comes to a lead; read as a condition of the feed's query."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def add(self, lead_id: str, texts: Iterable[str]) -> None:
        """Set the bits of the texts; bits of texts that left the lead stay, which costs a look and shows nothing."""
        words = self._words(pairs for text in texts for pairs in pairs_of(text))
        build = sqlite.insert if self._session.connection.dialect.name == "sqlite" else postgresql.insert
        adding: Any = build(search_signatures).values(lead_id=lead_id, **_columns(words))
        both = {name: search_signatures.c[name].op("|")(adding.excluded[name]) for name in _columns(words)}
        self._session.connection.execute(adding.on_conflict_do_update(index_elements=["lead_id"], set_=both))

    def forget(self, lead_id: str) -> None:
        """Take the signature away; without one a lead is found by its number and its household only."""
        table = search_signatures
        self._session.connection.execute(delete(table).where(table.c.lead_id == lead_id))

    def may_hold(self, term: SearchTerm) -> ColumnElement[bool]:
        """True for a lead that the term means, or whose texts may hold it."""
        text = term.text.lower()
        meant: list[ColumnElement[bool]] = [
            LeadRow.household_id.in_(term.households),
            FeedEntryRow.village.in_([village.digits for village in term.villages]),
        ]
        if len(text) >= _SHORTEST_NUMBER:
            meant.append(LeadRow.id.startswith(text, autoescape=True))
        return or_(self._texts_may_hold(text), *meant)

    def _texts_may_hold(self, text: str) -> ColumnElement[bool]:
        table = search_signatures
        words = self._words(pairs_of(text))
        bits = [table.c[f"w{at}"].op("&")(word) == word for at, word in enumerate(words) if word]
        return exists().where(and_(table.c.lead_id == FeedEntryRow.lead_id, *bits)) if bits else false()

    def _words(self, pairs: Iterable[str]) -> list[int]:
        words = [0] * SIGNATURE_WORDS
        for pair in set(pairs):
            digest = self._session.cipher.search_digest(pair)
            for start in range(0, _BITS_OF_PAIR * _BYTES_OF_BIT, _BYTES_OF_BIT):
                word, bit = divmod(int.from_bytes(digest[start : start + _BYTES_OF_BIT]) % _BITS, _BITS_OF_WORD)
                words[word] |= 1 << bit
        return words


def comparable(text: str) -> str:
    """The text as it is compared: width and letter case make no difference, nor do spaces and line ends."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)).casefold()


def pairs_of(text: str) -> Iterator[str]:
    """Every two neighbouring characters of the text as it is compared."""
    plain = comparable(text)
    return (plain[at : at + 2] for at in range(len(plain) - 1))


def _columns(words: list[int]) -> dict[str, int]:
    return {f"w{number}": word for number, word in enumerate(words)}
