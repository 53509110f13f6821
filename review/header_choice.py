"""The select boxes of a preview: what a column may hold, and what a person chose for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.errors import ReviewError
from domain.header_profile import Profile
from importers.headers import load_layouts
from importers.proposals import HeaderProposal, confirm

_LAYOUT_LABELS = {"petition_register": "信访登记表", "hotline_12345": "12345工单"}


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """One option of a select box."""

    value: str
    label: str


def layout_label(layout: str) -> str:
    """What a layout is called on the page."""
    return _LAYOUT_LABELS.get(layout, layout)


def field_choices(layout: str) -> list[FieldChoice]:
    """What a column of this layout may hold, each under the header that offices use most."""
    found = load_layouts()[layout]
    return [FieldChoice(field, names[0]) for field, names in found.fields.items()]


def choice_name(proposal: HeaderProposal, index: int) -> str:
    """The name of a column's select box in the form."""
    return f"field-{proposal.fingerprint[:16]}-{index}"


def chosen_profile(proposal: HeaderProposal, form: Mapping[str, str], *, by: str, at: datetime) -> Profile:
    """What a person said the columns hold; ReviewError when a field stands twice or a needed one is missing."""
    labels = {choice.value: choice.label for choice in field_choices(proposal.layout)}
    columns: dict[int, str] = {}
    for column in proposal.columns:
        field = form.get(choice_name(proposal, column.index), column.field or "")
        if not field:
            continue
        if field not in labels:
            raise ReviewError("提交的内容不完整, 请返回上一页重新选择")
        if field in columns.values():
            raise ReviewError(f"有两列都选了「{labels[field]}」, 请把其中一列改成别的, 或选「不采用」")
        columns[column.index] = field
    missing = [labels[field] for field in load_layouts()[proposal.layout].required if field not in columns.values()]
    if missing:
        raise ReviewError(f"还没有哪一列选「{'、'.join(missing)}」, 没有它不能导入, 请选好后再确认")
    return confirm(proposal, columns, layout=proposal.layout, by=by, at=at)
