"""What the rows of a form say: values beside their labels, below them, or in one cell with them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from importers.formats.forms.form_labels import is_households_number, is_label, plain, with_value
from importers.formats.forms.household_number import number_of_household
from importers.formats.forms.values_beside import NOTE, is_matter, is_of_a_kind, is_of_figures, without_remark
from importers.formats.parts import FormField, Row

OTHER = "表内其他内容"
"""The field of what stands in a form and beside no label."""
BESIDE = "旁边"
"""Behind a label the field of what stands right of its value and is none of it."""
_OTHER_NOTE = "表里还有这些内容, 看不出属于哪一栏, 没有采用, 仍随记录保存; 是信访内容的请填进相应的栏里后重新提交"
_LIKE_A_LABEL = re.compile(r"[\u4e00-\u9fff()\uff08\uff09/、:\uff1a\s]{2,14}")
_ENDS = tuple("人员点址号期间况因式业度码型别数名")
_OF_OFFICES = frozenset({"登记人", "接待人"})
"""Labels of whoever took the form in: his phone beside his name is no news to anybody."""
_OFFICES_PHONE = re.compile("(?:办公室?|单位|值班|登记人|接待人)(?:联系)?电话[:\uff1a]?|座机[:\uff1a]?")
_PAIR = 2
_TICKED = 3
"""A value, a label that nobody knows, and boxes to tick."""
_BOX = re.compile("[□☐☑☒√✓]")
_LONGEST_HEADING = 20
"""Characters of a cell that is a heading within the form, and no news."""


@dataclass(slots=True)
class FormRows:
    """Gathers the fields, row by row."""

    on_card: bool = False
    """True for the card of a household, which has labels that are none elsewhere."""
    fields: dict[str, FormField] = field(default_factory=dict)
    label_rows: int = 0
    side_by_side: int = 0
    """Labels with another one right beside them."""
    _unknown: int = 0
    """Fields beside words that look like labels and are not known."""
    _others: list[str] = field(default_factory=list)
    _open: str = ""
    """The label that stood alone in the row above: its value may stand below it."""

    def take(self, row: Row) -> None:
        """Read one more row."""
        texts = [str(cell).strip() for cell in row.cells]
        cells = [piece for text in texts for piece in with_value(text, on_card=self.on_card) or (text,)]
        known = [index for index, cell in enumerate(cells) if self._is_label(cell, first=not index)]
        before = [cell for cell in cells[: known[0] if known else len(cells)] if cell]
        self._take_before(before, has_label=bool(known))
        alone = len(known) == 1 and sum(map(bool, cells)) == 1
        self._open = plain(cells[known[0]]) if alone else ""
        beside = [*zip(known, [*known[1:], len(cells)], strict=False)]
        for index, following in beside:
            if following == index + 1:
                self.side_by_side += not alone
            else:
                self._take_value(plain(cells[index]), [cell for cell in cells[index + 1 : following] if cell])
        self.label_rows += any(following != index + 1 for index, following in beside)

    def _is_label(self, cell: str, *, first: bool) -> bool:
        """On the card of a household 帮扶责任人 is one too where it stands right of another field."""
        return is_label(cell, on_card=self.on_card) or (self.on_card and not first and _is_helper(cell))

    @property
    def known(self) -> int:
        """Fields beside known labels."""
        return len(self.fields) - self._unknown

    def all_fields(self) -> dict[str, FormField]:
        """Every field, and at the end what stands beside none."""
        others = {OTHER: FormField("\n".join(self._others), 1.0, _OTHER_NOTE)} if self._others else {}
        return self.fields | others

    def _take_before(self, cells: Sequence[str], *, has_label: bool) -> None:
        """What stands in a row before its first label, or in one without any."""
        is_helper = has_label and cells and len(cells) != _PAIR and _is_helper(cells[0])
        if is_helper and plain(cells[0]) not in self.fields:
            # Whoever it is, the labels behind him are his, also where his own cell is empty.
            self.fields[plain(cells[0])] = FormField(" ".join(cells[1:]), 1.0)
            self._unknown += 1
        elif len(cells) == 1 and self._open:
            self.fields.pop(self._open, None)
            self._take_value(self._open, cells)
        elif len(cells) == _PAIR and _is_like_a_label(cells[0]) and plain(cells[0]) not in self.fields:
            self.fields[plain(cells[0])] = FormField(cells[1], 1.0)
            self._unknown += 1
        elif len(cells) > 1 or (cells and self.fields and len(cells[0]) > _LONGEST_HEADING):
            self._others.append(" ".join(cells))

    def _take_value(self, label: str, values: Sequence[str]) -> None:
        # Of a matter or an address all cells are the value, also with a tick among them.
        is_ticked = len(values) == _TICKED and is_of_figures(values[0]) and not is_matter(label)
        if is_ticked and _LIKE_A_LABEL.fullmatch(values[1]) and _BOX.match(values[2]):
            # Beside the day: 是否初次, which nobody knows, and its boxes.
            self._unknown += plain(values[1]) not in self.fields
            self._put(plain(values[1]), FormField(values[2], 1.0))
            values = values[:1]
        if is_households_number(label):
            self._take_number(label, values)
            return
        said = without_remark(label, values)
        note = "" if label in _OF_OFFICES and _is_phone_of_his(values[1:]) else said.note
        self._put(label, FormField("\n".join(said.values), 1.0, note))
        if said.remark:
            self._put(f"{label}{BESIDE}", FormField(said.remark, 1.0))

    def _take_number(self, label: str, values: Sequence[str]) -> None:
        """A household's number and what stands right of it: a label that nobody knows with its value, or a remark."""
        said, behind = number_of_household(values)
        is_field = len(behind) == _PAIR and _is_like_a_label(behind[0]) and plain(behind[0]) not in self.fields
        self._put(label, FormField("\n".join(said), 1.0, NOTE if behind and not is_field else ""))
        if is_field:
            self._take_before(behind, has_label=True)
        elif behind:
            self._put(f"{label}{BESIDE}", FormField("\n".join(behind), 1.0))

    def _put(self, label: str, said: FormField) -> None:
        """Keep the value; a label that returns with something else says so among the other words."""
        before = self.fields.get(label)
        if before is None:
            self.fields[label] = said
        elif said.text not in ("", before.text):
            self._others.append(f"{label} {said.text}")


def _is_phone_of_his(cells: Sequence[str]) -> bool:
    """True for the phone of whoever took the form in, behind his name: 办公电话 and a number, and nothing else."""
    return len(cells) == _PAIR and bool(_OFFICES_PHONE.fullmatch(cells[0])) and is_of_figures(cells[1])


def _is_helper(text: str) -> bool:
    if not _is_like_a_label(text):
        return False
    from importers.words.register_words import register_words  # slow to load, and few files hold a form

    return register_words().is_households_helper(plain(text))


def _is_like_a_label(text: str) -> bool:
    """By its characters; 代理人 begins with a surname and ends as labels do."""
    return bool(_LIKE_A_LABEL.fullmatch(text)) and (text.endswith(_ENDS) or not is_of_a_kind(text))
