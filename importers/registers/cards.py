"""Cards of households, one filled in for each: read as the rows of a ledger, a person a row.

A card without a table of the family names the head alone.
"""

from collections.abc import Mapping, Sequence
from itertools import chain

from domain.register.household import Relation
from importers.formats.forms.family_table import is_relation, looks_like_name
from importers.formats.forms.form_labels import is_households_number, plain
from importers.formats.forms.form_rows import BESIDE, OTHER
from importers.formats.parts import Cell, Form, Row, Table
from importers.headers.vocabulary import load_layouts
from importers.registers.head_columns import OF_HEAD
from importers.registers.helpers import OF_HELPERS, behind_helpers
from importers.registers.row_checks import bare
from importers.registers.unfolded_households import OF_A_PERSON
from importers.words.register_words import register_words

_FIELD_OF = {
    plain(text): field
    for field, texts in reversed(load_layouts()["household_register"].fields.items())
    for text in texts
}
"""By the text of a header; where two fields have it, the first one's."""
_WHOSE = {column: field for field, column in OF_HEAD.items()}
"""What a card says of the head to the column of the family that says it of everybody."""
_ABOVE = -1
"""Number of the rows above the header, which is row 0."""
MEMBER_LEFT_OUT = "这一行不在家庭成员表里, 没有导入; 是这一户的人的, 请和其他成员连着写, 中间不要隔开后重新提交"
BESIDE_NUMBER = "户编号右边还写着别的, 没有当作编号的一部分, 没有采用; 是编号的请写进同一格后重新提交"
_RELATION = "与户主关系"
"""Of a household's card it is the head to whom 称谓 and 与本人关系 are."""


def table_of_card(card: Form) -> Table:
    """The card as a table: a row for each of the family, in each what the card says of the household."""
    said = {label: field.text for label, field in card.fields.items() if not _is_beside_number(label)}
    of_helpers = _of_helpers(tuple(said))
    # Nor do the helpers themselves stand in the table: right of them nothing would be the household's.
    is_helper = register_words().is_helper
    said = {label: text for label, text in said.items() if label not in of_helpers and not is_helper(label)}
    rows = _with_family(said, card.family) if card.family else [tuple(said), tuple(said.values())]
    above = [Row(_ABOVE, (text,)) for text in _lines_above(card)]
    # A head whom the table of the family leaves out stands first.
    made = 1 if len(rows) > len(card.family) > 0 else None
    numbered = (Row(number, cells, is_made=number == made) for number, cells in enumerate(rows))
    return Table(card.part, card.sheet, chain(above, numbered), card.hidden)


def remark_on_card(card: Form) -> str:
    """What of the card was not taken for the household's; empty where everything was."""
    of_helpers = (*_of_helpers(tuple(card.fields)), *_told_again(card))
    return OF_HELPERS.format("、".join(of_helpers)) if of_helpers else ""


def members_left_out(card: Form) -> tuple[str, ...]:
    """Lines of the card that stand in no table of the family and name somebody with a relation: 庞小 之子 男."""
    lines = card.fields[OTHER].text.splitlines() if OTHER in card.fields else ()
    return tuple(line for line in lines if _names_a_member(line))


def beside_number(card: Form) -> str:
    """What stands right of the household's number and nobody knows what it is; empty where nothing does."""
    return next((field.text for label, field in card.fields.items() if _is_beside_number(label)), "")


def _is_beside_number(label: str) -> bool:
    return label.endswith(BESIDE) and is_households_number(label.removesuffix(BESIDE))


def _names_a_member(line: str) -> bool:
    """True where a name stands before a relation, with nothing else but a number before it."""
    texts = line.split(" ")
    at = next((at for at, text in enumerate(texts) if register_words().is_members_relation(text)), 0)
    return looks_like_name("".join(text for text in texts[:at] if not text.isdecimal()))


def _of_helpers(labels: Sequence[str]) -> tuple[str, ...]:
    """What stands behind who helps the household (帮扶责任人, 联系电话) and would be taken for the family."""
    labelled = [(label, _FIELD_OF.get(plain(label))) for label in labels]
    return tuple(labels[place] for place in behind_helpers(labelled, OF_A_PERSON))


def _told_again(card: Form) -> list[str]:
    """What of a person stands on the card a second time, beside a helper: what stands there first is the head's."""
    if OTHER not in card.fields or not any(map(register_words().is_helper, card.fields)):
        return []
    labels = (line.split(" ")[0] for line in card.fields[OTHER].text.splitlines())
    return [label for label in labels if _FIELD_OF.get(plain(label)) in OF_A_PERSON]


def _lines_above(card: Form) -> list[str]:
    """The lines above the card's first field; a village may be named there alone."""
    within = [plain(text) for label, field in card.fields.items() for text in (label, field.text) if len(text) > 1]
    lines = [line for line in card.text.splitlines() if line.strip()]
    begin = next((at for at, line in enumerate(lines) if any(text in plain(line) for text in within)), 0)
    return lines[:begin]


def _with_family(said: Mapping[str, str], family: Sequence[Row]) -> list[tuple[Cell, ...]]:
    """The header and the rows; the card's own word for something that the family's table has is of the head."""
    written = (str(cell).strip() for cell in family[0].cells)
    header = [_RELATION if is_relation(text) else text for text in written]
    fields = [_FIELD_OF.get(plain(text)) for text in header]
    of_card = {label: _FIELD_OF.get(plain(label)) for label in said}
    of_head = {_WHOSE.get(field, field): label for label, field in of_card.items() if field is not None}
    kept = [
        label for label, field in of_card.items() if field not in OF_A_PERSON and (field is None or field not in fields)
    ]
    shared = tuple(said[label] for label in kept)
    # What the family's table has no column for is the head's alone: his ID number and phone are nobody else's.
    personal = [label for label, field in of_card.items() if field in OF_A_PERSON and field not in fields]
    members = [_as_wide(row.cells, len(header)) for row in family[1:]]
    name, relation = fields.index("name"), fields.index("relation")
    head = said.get(of_head.get("name", ""), "")
    if head and bare(head) not in [bare(str(cells[name])) for cells in members]:
        own = [said.get(of_head.get(field or "", ""), "") for field in fields]
        own[relation] = "户主"
        members.insert(0, tuple(own))
    return [
        (*kept, *personal, *header),
        *((*shared, *_of_head(said, personal, cells[name], cells[relation], head), *cells) for cells in members),
    ]


def _of_head(said: Mapping[str, str], labels: Sequence[str], name: Cell, relation: Cell, head: str) -> list[Cell]:
    """What the card says of the head in the row that is his, nothing in the others."""
    is_head = bare(str(name)) == bare(head) if head else register_words().relation(str(relation)) is Relation.HEAD
    return [said[label] if is_head else "" for label in labels]


def _as_wide(cells: Sequence[Cell], width: int) -> tuple[Cell, ...]:
    return (*cells[:width], *[""] * (width - len(cells)))
