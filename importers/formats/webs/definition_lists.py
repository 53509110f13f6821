"""Lists of labels and values (dl, dt, dd), as pages of systems show one record: a form like one in a table."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from lxml import html

from importers.formats.forms.form_labels import plain
from importers.formats.forms.forms import LARGEST_FORM, form_of
from importers.formats.forms.values_beside import is_matter
from importers.formats.parts import Form, Row


def forms_in_lists(
    root: html.HtmlElement, part: str, words: Callable[[], str], text_of: Callable[[html.HtmlElement], str]
) -> Iterator[Form]:
    """Each list that is a form with a matter, or several one below the other.

    Its words are taken out of the page; every other list stays a text.
    """
    for found in [*root.iter("dl")]:
        records = _records([*_pairs(found, text_of)])
        if not all(_has_matter(rows) and len(rows) <= LARGEST_FORM for rows in records):
            continue
        forms = [form for rows in records if (form := form_of(rows, part, words)) is not None]
        if forms and len(forms) == len(records):
            found.clear(keep_tail=True)
            yield from forms


def _records(pairs: Sequence[tuple[str, str]]) -> list[list[Row]]:
    """The pairs by record: another begins where the first label comes again and each tells a matter."""
    begins = [at for at, (label, _) in enumerate(pairs) if label == pairs[0][0]]
    parted = [_rows(pairs[start:end]) for start, end in pairwise([*begins, len(pairs)])]
    return parted if all(map(_has_matter, parted)) else [_rows(pairs)]


def _rows(pairs: Sequence[tuple[str, str]]) -> list[Row]:
    return [Row(at, cells) for at, cells in enumerate(pairs, start=1)]


def _has_matter(rows: Sequence[Row]) -> bool:
    return any(is_matter(plain(str(row.cells[0]))) for row in rows)


def _pairs(found: html.HtmlElement, text_of: Callable[[html.HtmlElement], str]) -> Iterator[tuple[str, str]]:
    """Every label with all that is said of it."""
    label, said = "", list[str]()
    for one in found.iter("dt", "dd"):
        if one.tag == "dd":
            said.append(text_of(one))
            continue
        if label:
            yield label, "\n".join(filter(None, said))
        label, said = text_of(one), []
    if label:
        yield label, "\n".join(filter(None, said))
