"""Lists that stand on their side, a petition a column, told from forms with remarks beside their values."""

from collections import Counter
from collections.abc import Sequence

from importers.formats.forms.form_labels import is_label
from importers.formats.forms.forms import FEWEST_FIELDS, LARGEST_FORM
from importers.formats.forms.values_beside import is_of_a_kind, likeness_of
from importers.formats.parts import Row

TRANSPOSED = (
    "这个表是横着的, 一列是一件, 看不出每件从哪里到哪里, 没有导入; "
    "请全选复制后用「选择性粘贴」里的「转置」粘到新表, 一行一件, 再提交"
)


def is_transposed(rows: Sequence[Row]) -> bool:
    """True for labels one below the other with several petitions beside them.

    Remarks stand beside single values of a form; petitions have values of one kind, name beside name.
    """
    beside: Counter[int] = Counter()
    likeness = 0
    for row in rows if len(rows) <= LARGEST_FORM else ():
        cells = [text for cell in row.cells if (text := str(cell).strip())]
        known = [is_label(text) for text in cells]
        if sum(known) > 1:
            return False
        if known and known[0]:
            beside[len(cells) - 1] += 1
            likeness += likeness_of(cells[1:]) if len(cells) != 2 else -is_of_a_kind(cells[1])
    several = any(count >= FEWEST_FIELDS for petitions, count in beside.items() if petitions > 1)
    return several and likeness >= 0
