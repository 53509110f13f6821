"""Tells apart the households that sent in one letter: a template that a whole village signs is many petitions.

Near-duplicates lie in one cluster, so that what a person decided of one reprint holds for all. Where the register
knows no household, the cluster alone would make one lead of them, and the second household would get none.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from domain.document import Document, DocumentId
from nlp.overlap import body_of
from nlp.petitioner_names import names_of
from nlp.repeats import one_matter
from nlp.text_names import full_names

_PRESS = re.compile(r"(?:记者|通讯员|编辑|责编|校对|摄影|作者|主编|审核)[\s:：、/|]*$")
"""What stands before the name of somebody who writes for a medium and is no party to the matter."""
_BEFORE = 6
_REMEMBERED = 4096
"""Texts whose names are remembered; a cluster of copies is read again with every copy that comes in."""


def first_of_each_household(cluster: Sequence[Document]) -> dict[DocumentId, DocumentId]:
    """For each document of a cluster the first one of its household; the first of a cluster may stand for itself.

    `cluster` is in the order in which the texts came in: what comes later changes nothing of what was said before. A
    text belongs to the first household none of whose texts names somebody else; a text that names nobody goes with the
    first one.
    """
    households: list[list[Document]] = []
    found: dict[DocumentId, DocumentId] = {}
    for document in cluster:
        own = next((one for one in households if not any(_of_two(document, other) for other in one)), None)
        if own is None:
            own = []
            households.append(own)
        own.append(document)
        found[document.id] = own[0].id
    return found


def _of_two(one: Document, other: Document) -> bool:
    """True when the register or the texts themselves name two people."""
    if not one_matter(one, other):
        return True
    return _names_beside(one, other) and _names_beside(other, one)


def _names_beside(one: Document, other: Document) -> bool:
    """True when the text or the register names somebody of whom the other text says nothing."""
    said = f"{other.content}\n{other.petitioner.name}"
    own = _named(body_of(one.content)) | names_of(one.petitioner.name) - {""}
    return any(name not in said for name in own)


@lru_cache(maxsize=_REMEMBERED)
def _named(content: str) -> frozenset[str]:
    return frozenset(name.text for name in full_names(content) if not _PRESS.search(content[: name.start][-_BEFORE:]))
