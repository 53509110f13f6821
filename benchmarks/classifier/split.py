"""Which texts train and which test: some sources and writers are never trained on."""

from collections.abc import Sequence
from dataclasses import dataclass

from nlp.training.labelled_texts import LabelledText, fold_of, groups

_FOLDS = 10
_UNSEEN_SOURCES = ("beijing", "law_consult")
_UNSEEN_WRITERS = ("authored-e9-", "authored-e13-")
"""Letters to a mailbox, and texts of all genres that avoid the usual words, by writers who wrote nothing else here."""


@dataclass(frozen=True, slots=True)
class Split:
    """Labelled texts on two sides, near-duplicates never on both."""

    train: tuple[LabelledText, ...]
    test: tuple[LabelledText, ...]


def split(texts: Sequence[LabelledText]) -> Split:
    """A tenth of every source and writer, and all of the unseen ones, test; what is grouped with those is left out."""
    owned = groups(texts)
    tested = {group for text, group in zip(texts, owned, strict=True) if unseen(text) or fold_of(group, _FOLDS) == 0}
    train = tuple(text for text, group in zip(texts, owned, strict=True) if group not in tested)
    test = tuple(text for text, group in zip(texts, owned, strict=True) if unseen(text) or fold_of(group, _FOLDS) == 0)
    return Split(train, test)


def unseen(text: LabelledText) -> bool:
    """True for the texts of sources and writers that are never trained on."""
    return text.src in _UNSEEN_SOURCES or text.id.startswith(_UNSEEN_WRITERS)


def kind_of(text: LabelledText) -> str:
    """Where a text comes from: its source, or its genre when it was invented."""
    return text.genre or text.src
