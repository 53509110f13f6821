"""The select boxes of a preview: which kind of table it is, what each column holds, and what a person chose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.deliveries.header_profile import Profile
from domain.failures.errors import ReviewError
from domain.privacy.masking import mask_id_number, mask_phone
from importers.proposals import ColumnProposal, HeaderProposal, ProfileProblem, confirm, field_labels

SKIP = "skip"
"""Chosen instead of a layout for a table that is not to be imported, such as a sheet of explanations."""


_MASKS = {"id_number": mask_id_number, "phone": mask_phone}
_MOST_COLUMNS = 100
_SYNONYMS = 3
"""Headers by which a missing column is named: one alone may be a word of another office."""


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """One column with its select box."""

    name: str
    """Of the select box in the form."""
    column: ColumnProposal
    chosen: str
    """The field that is chosen; empty for none."""

    @property
    def samples(self) -> tuple[str, ...]:
        """Values as they may be shown: a number in a column of numbers is masked even when a digit is missing."""
        mask = _MASKS.get(self.chosen or self.column.field or "")
        return tuple(mask(one) if mask and "*" not in one else one for one in self.column.samples)

    @property
    def is_doubtful(self) -> bool:
        """True when a person should look: it only resembles something known."""
        return self.column.field is not None and not self.column.accepted


@dataclass(frozen=True, slots=True)
class HeaderChoice:
    """One header with its select boxes, as they stand."""

    proposal: HeaderProposal
    layout_name: str
    """Of the select box for the kind of table."""
    layout: str
    """The layout that is chosen, or SKIP."""
    layouts: Mapping[str, str]
    """What may be chosen, slug to label."""
    fields: Mapping[str, str]
    """What a column may hold in the chosen layout, slug to label."""
    columns: tuple[ColumnChoice, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """What no column surely is and the chosen layout needs, as headers that offices write."""
        if self.layout == SKIP:
            return ()
        layout, chosen = self.proposal.layouts[self.layout], {one.chosen for one in self.columns}
        return tuple("、".join(layout.fields[one][:_SYNONYMS]) for one in layout.required if one not in chosen)


def header_choices(proposals: Sequence[HeaderProposal], form: Mapping[str, str]) -> list[HeaderChoice]:
    """One for each header: what the form says, and what was recognised where it says nothing."""
    some_complete = any(not proposal.missing for proposal in proposals)
    return [_choice(proposal, form, some_complete=some_complete) for proposal in proposals]


def chosen_profiles(choices: Sequence[HeaderChoice], *, by: str, at: datetime, office: str) -> list[Profile]:
    """What is to be remembered of the headers; ReviewError when something that is needed was not chosen."""
    return [_profile(choice, by, at, office) for choice in choices if choice.layout != SKIP]


def _choice(proposal: HeaderProposal, form: Mapping[str, str], *, some_complete: bool) -> HeaderChoice:
    layouts = {name: layout.label for name, layout in proposal.layouts.items()}
    if proposal.missing:
        layouts[SKIP] = "不是登记表, 不导入"
    name = f"layout-{proposal.fingerprint[:16]}"
    layout = form.get(name, SKIP if proposal.missing and some_complete else proposal.layout)
    if layout not in layouts:
        layout = proposal.layout
    fields = field_labels(proposal.layouts[proposal.layout if layout == SKIP else layout])
    return HeaderChoice(
        proposal=proposal,
        layout_name=name,
        layout=layout,
        layouts=layouts,
        fields=fields,
        columns=tuple(_column(proposal, column, form, fields) for column in _shown(proposal)),
    )


def _shown(proposal: HeaderProposal) -> list[ColumnProposal]:
    """The columns that say something; of a very wide table the first ones and whatever is recognised behind them."""
    filled = [column for column in proposal.columns if column.header or column.samples]
    return [*filled[:_MOST_COLUMNS], *(column for column in filled[_MOST_COLUMNS:] if column.field)]


def _column(
    proposal: HeaderProposal, column: ColumnProposal, form: Mapping[str, str], fields: Mapping[str, str]
) -> ColumnChoice:
    name = f"field-{proposal.fingerprint[:16]}-{column.index}"
    chosen = form.get(name, column.field or "")
    return ColumnChoice(name, column, chosen if chosen in fields else "")


def _profile(choice: HeaderChoice, by: str, at: datetime, office: str) -> Profile:
    columns = {one.column.index: one.chosen for one in choice.columns if one.chosen}
    try:
        return confirm(choice.proposal, columns, layout=choice.layout, by=by, at=at, office=office)
    except ProfileProblem as exc:
        raise ReviewError(str(exc)) from exc
