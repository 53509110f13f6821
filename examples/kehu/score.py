"""The end-to-end score against the gold file: leads found, leads right, doors right, restricted texts kept out."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldText:
    """What a careful second reader says of one text."""

    locator: str
    labels: frozenset[str]
    restricted: bool
    household_id: str | None
    matter: str | None

    @property
    def deserves_a_lead(self) -> bool:
        """True when cadres should see a lead about it."""
        return bool(self.labels) and not self.restricted


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadOutcome:
    """One lead that was raised."""

    lead_id: str
    household_id: str | None
    candidates: frozenset[str]
    locators: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The figures of one run; counts first, shares from them."""

    matters: int
    matters_found: int
    leads: int
    leads_right: int
    doors: int
    doors_right: int
    doors_wrong: int
    doors_among_candidates: int
    restricted: int
    restricted_in_feed: int
    restricted_needlessly: int

    @property
    def recall(self) -> float:
        """Matters that at least one lead covers."""
        return self.matters_found / max(1, self.matters)

    @property
    def precision(self) -> float:
        """Leads with at least one text that deserves one."""
        return self.leads_right / max(1, self.leads)

    @property
    def household_accuracy(self) -> float:
        """Of texts whose household can be told and that reached a lead, those whose lead is linked to it."""
        return self.doors_right / max(1, self.doors)


def read_gold(path: Path) -> list[GoldText]:
    """The gold file's texts."""
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    return [
        GoldText(
            locator=record["locator"],
            labels=frozenset(record["labels"]),
            restricted=record["restricted"],
            household_id=record["household_id"],
            matter=record["matter"],
        )
        for record in records
    ]


def score(gold: Sequence[GoldText], leads: Sequence[LeadOutcome], restricted: frozenset[str]) -> Score:
    """The score of the leads; `restricted` are the locators that were kept from the feed as accusations."""
    by_locator = {text.locator: text for text in gold}
    lead_of = {locator: lead for lead in leads for locator in lead.locators}
    wanted = {text.matter for text in gold if text.deserves_a_lead}
    found = {text.matter for text in gold if text.deserves_a_lead and text.locator in lead_of}
    doors = [text for text in gold if text.household_id and text.deserves_a_lead and text.locator in lead_of]
    return Score(
        matters=len(wanted),
        matters_found=len(found),
        leads=len(leads),
        leads_right=sum(_is_right(lead, by_locator) for lead in leads),
        doors=len(doors),
        doors_right=sum(lead_of[text.locator].household_id == text.household_id for text in doors),
        doors_wrong=sum(lead_of[text.locator].household_id not in {None, text.household_id} for text in doors),
        doors_among_candidates=sum(text.household_id in lead_of[text.locator].candidates for text in doors),
        restricted=sum(text.restricted for text in gold),
        restricted_in_feed=sum(text.restricted and text.locator in lead_of for text in gold),
        restricted_needlessly=sum(not text.restricted and text.locator in restricted for text in gold),
    )


def _is_right(lead: LeadOutcome, gold: Mapping[str, GoldText]) -> bool:
    return any(gold[locator].deserves_a_lead for locator in lead.locators if locator in gold)
