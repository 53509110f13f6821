"""How good linking is on texts of which somebody knows whose they are, against the register as it stands."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from domain.failures.errors import ConfigError
from domain.links.link import Link, LinkDecision
from domain.register.household import HouseholdId
from nlp.training.labelled_texts import read_records
from pipeline.linking.quality import Figures, LinkError, Outcome, error_of, figures_of
from storage.store import Store

_AT_ONCE = 200


class GoldLink(BaseModel):
    """A text and the household that it means."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)

    id: str
    """Any name of the text; the document's number where there is no `text`."""
    title: str = ""
    text: str | None = None
    """None for a document of this deployment, which is taken as it was read."""
    household_id: str | None
    """The register's own number (户编号); null when the household is not in the register."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkScores:
    """The figures, and the texts that went wrong by the kind of error."""

    figures: Figures
    registered: int
    """Texts about households of the register."""
    errors: dict[LinkError, tuple[str, ...]]
    """Every kind, with the ids of its texts in the order of the file."""

    def as_record(self) -> dict[str, object]:
        """The scores as JSON: figures rounded to four digits, null where the texts cannot say them."""
        figures = {
            name: round(value, 4) if isinstance(value, float) else value for name, value in asdict(self.figures).items()
        }
        errors = {kind.value: {"texts": len(ids), "ids": list(ids)} for kind, ids in self.errors.items()}
        return {"texts": figures.pop("texts"), "registered": self.registered, **figures, "errors": errors}


LinkTexts = Callable[[Sequence[GoldLink]], Sequence[Link]]
"""Texts to their links, in the same order."""


def read_gold_links(path: Path, store: Store) -> list[GoldLink]:
    """The lines of a gold file.

    Raises:
        ConfigError: names file, line and field; or the text whose household is not in the register.
    """
    gold = read_records(path, GoldLink)
    if not gold:
        raise ConfigError(f"{path} 没有一条标注")
    wanted = {HouseholdId(one.household_id): one for one in gold if one.household_id is not None}
    with store.reading() as work:
        known = work.registry.households(sorted(wanted))
    for household_id, one in wanted.items():
        if household_id not in known:
            raise ConfigError(
                f"{path} 编号 {one.id} 的 household_id: 现行台账中没有户编号 {household_id}; 不在台账的户写 null"
            )
    return gold


def evaluate_linking(gold: Sequence[GoldLink], link: LinkTexts) -> LinkScores:
    """The scores of `link`."""
    outcomes: list[Outcome] = []
    for begin in range(0, len(gold), _AT_ONCE):
        part = gold[begin : begin + _AT_ONCE]
        outcomes += [_outcome(one, found) for one, found in zip(part, link(part), strict=True)]
    errors: dict[LinkError, list[str]] = {kind: [] for kind in LinkError}
    for one, outcome in zip(gold, outcomes, strict=True):
        error = error_of(outcome)
        if error is not None:
            errors[error].append(one.id)
    return LinkScores(
        figures=figures_of(outcomes),
        registered=sum(one.registered for one in outcomes),
        errors={kind: tuple(ids) for kind, ids in errors.items()},
    )


def _outcome(gold: GoldLink, link: Link) -> Outcome:
    ranked = [one.household_id for one in link.candidates]
    return Outcome(
        registered=gold.household_id is not None,
        rank=ranked.index(HouseholdId(gold.household_id)) + 1 if gold.household_id in ranked else 0,
        probability=link.candidates[0].probability if link.candidates else None,
        absent=link.absent if link.absent is not None else 0.0,
        linked=link.decision is LinkDecision.LINKED,
    )
