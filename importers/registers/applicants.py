"""Registers that name who applied for the household instead of its head: 申请人, and 与申请人关系 of each member."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from importers.formats.parts import Row
from importers.headers.finding import HEADER_DEPTH
from importers.headers.register_layouts import person_vocabulary
from importers.headers.vocabulary import plain
from importers.values.cells import text_of
from importers.words.register_words import register_words

_HEAD, _RELATION = "户主姓名", "与户主关系"
_SAID = (
    "表里没有户主, 已把「{}」当作户主, 「{}」当作与户主关系接收; 不对的请把表头改成「户主姓名」「与户主关系」后重新提交"
)


def with_head_for_applicant(head: Sequence[Row], rows: Iterator[Row]) -> tuple[list[Row], Iterator[Row], str]:
    """The first rows and the others with 户主姓名 above the applicants, and what to say of it.

    As they are, and "", where the members are not said by their relation to him, or another column names a head.
    """
    header = next((row for row in head[:HEADER_DEPTH] if _names_applicant(row)), None)
    if header is None:
        return list(head), rows, ""
    texts = [text_of(cell) for cell in header.cells]
    words = register_words()
    renamed = {
        index: _HEAD if plain(text) in words.applicants else _RELATION
        for index, text in enumerate(texts)
        if plain(text) in words.applicants | words.to_applicant
    }
    applicant, relation = (next(texts[at] for at, name in renamed.items() if name == one) for one in (_HEAD, _RELATION))

    def mended(row: Row) -> Row:
        """The header, also where it is printed once more."""
        if any(index >= len(row.cells) or text_of(row.cells[index]) != texts[index] for index in renamed):
            return row
        return replace(row, cells=tuple(renamed.get(index, cell) for index, cell in enumerate(row.cells)))

    return [mended(row) for row in head], map(mended, rows), _SAID.format(applicant, relation)


def _names_applicant(row: Row) -> bool:
    """True for a header with one applicant and the relation to him, and without a head or a relation to one."""
    texts = [plain(text_of(cell)) for cell in row.cells]
    words = register_words()
    if sum(text in words.applicants for text in texts) != 1 or sum(text in words.to_applicant for text in texts) != 1:
        return False
    vocabulary = person_vocabulary()
    known = [vocabulary.exact(text) for text in texts]
    return not {"head_name", "relation"} & {one.field for one in known if one is not None}
