"""Lists of labels and values (dl, dt, dd), as pages of systems show one record: a form like one in a table."""

from collections.abc import Callable, Iterator

from lxml import html

from importers.formats.form_labels import plain
from importers.formats.forms import LARGEST_FORM, form_of
from importers.formats.parts import Form, Row
from importers.formats.values_beside import is_matter


def forms_in_lists(
    root: html.HtmlElement, part: str, words: Callable[[], str], text_of: Callable[[html.HtmlElement], str]
) -> Iterator[Form]:
    """Each list that is a form with a matter; its words are taken out of the page. Every other list stays a text."""
    for found in [*root.iter("dl")]:
        rows = [Row(at, cells) for at, cells in enumerate(_pairs(found, text_of), start=1)]
        has_matter = any(is_matter(plain(str(row.cells[0]))) for row in rows)
        if not has_matter or len(rows) > LARGEST_FORM:
            continue
        if (form := form_of(rows, part, words)) is not None:
            found.clear(keep_tail=True)
            yield form


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
