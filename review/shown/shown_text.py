"""The one place where a sentence of a lead becomes one that a page shows: numbers masked, names as the rights say.

Whoever may read a text whole reads the names in it. Everybody else is shown nobody's name: neither of those whom the
mentions found in any text of the lead, nor of those whom the register knows in its households, nor of who petitioned.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from domain.accounts.account import Account
from domain.leads.lead import LeadView
from domain.leads.named_persons import NamedPersons
from domain.texts.document import Document
from nlp.hiding.hidden_numbers import hide_numbers
from nlp.hiding.named_persons import hide_names
from review.rights import access
from review.shown.withheld import hide_petitioner, tells_of_office
from storage.joined.named_persons import named_in, preload_names
from storage.joined.preloading import preload_texts
from storage.unit_of_work import UnitOfWork

_LONGEST_BEGINNING = 60
_IN_PIECES = re.compile(r"(?<=\*)\s+(?=[\d*])|(?<=\d)\s+(?=\*)")
"""Where a hidden number is set apart or broken over a line."""


class ShownTexts:
    """What an account is shown of the sentences of one lead."""

    def __init__(self, work: UnitOfWork, view: LeadView, account: Account) -> None:
        """Ask for the names when the first sentence needs them."""
        self._work, self._view, self._account = work, view, account

    def of_text(self, text: str, document: Document) -> str:
        """The text, or a stretch of it, as the account may read it; its length stays the same.

        What is named for an office (王主任) stays as it is: by this word a clause about somebody in office is known and
        left out.
        """
        shown = own_words(text, document, self._account)
        readable = access.may_read_text(self._account, document.channel)
        return shown if readable else hide_names(shown, self._named_in_texts)

    def of_remark(self, text: str) -> str:
        """What somebody wrote about the lead; its length stays the same."""
        shown = hide_numbers(text)
        return shown if not text or access.may_read_texts(self._account) else hide_names(shown, self._named)

    @cached_property
    def _named(self) -> NamedPersons:
        return named_in(self._work, self._view)

    @cached_property
    def _named_in_texts(self) -> NamedPersons:
        persons = frozenset(name for name in self._named.persons if not tells_of_office(name))
        return replace(self._named, persons=persons)


def preload_shown(work: UnitOfWork, views: Sequence[LeadView], account: Account) -> None:
    """Read in a few queries what the texts of these leads, as the account is shown them, ask for.

    For a transaction that reads.
    """
    preload_texts(work, views)
    if not access.may_read_texts(account):
        preload_names(work, views)


def own_words(text: str, document: Document, account: Account) -> str:
    """A text of which the account may read every word, but no numbers and, without the right, not who petitioned."""
    shown = hide_numbers(text)
    return shown if access.may_read_petitioners(account) else hide_petitioner(shown, document)


def on_one_line(shown: str) -> str:
    """What is shown of a text, on one line; a hidden number that was written in pieces is one piece."""
    return " ".join(_IN_PIECES.sub("", shown).split())


def beginning(document: Document, account: Account) -> str:
    """For a list, which lies open on a desk: who petitioned stands on no card, whoever reads it."""
    content = on_one_line(hide_petitioner(own_words(document.content, document, account), document))
    return content if len(content) <= _LONGEST_BEGINNING else f"{content[:_LONGEST_BEGINNING]}…"
