"""What keeps two leads apart: texts of one matter join one lead, texts of two matters never do."""

import hashlib

from domain.links.link import Link, LinkDecision
from domain.places.region import RegionCode
from domain.register.household import HouseholdId
from domain.texts.analysis import Reading
from domain.texts.document import DocumentId
from domain.words.vocabulary import Scope


def matter_of(link: Link, reading: Reading, petition: DocumentId) -> str:
    """The matter's key: the household, else the same possible households, else the place and cause, else the petition.

    A household has one open lead whatever the causes, for it is visited once. A whole village's trouble is one matter
    per cause. What the register does not know joins only its own reprints and repeats about the same village: a form
    filled in for another village may be in their cluster, and a letter that other households have copied.
    """
    if link.household_id is not None:
        return household_matter(link.household_id)
    if link.decision is LinkDecision.REVIEW and link.candidates:
        ids = "|".join(sorted(candidate.household_id for candidate in link.candidates))
        return f"candidates:{hashlib.sha256(ids.encode()).hexdigest()[:16]}"
    if link.village is not None and reading.scope is Scope.AREA:
        strongest = max(reading.labels, key=lambda label: label.probability)
        return f"place:{link.village}:{strongest.risk.value}"
    return f"{petitions_about(link.village)}{petition}"


def petitions_about(village: RegionCode | None) -> str:
    """What the keys of all petitions about one village begin with that name no household."""
    return f"cluster:{village or ''}:"


def household_matter(household_id: HouseholdId) -> str:
    """The key of a household's matter."""
    return f"household:{household_id}"


def unsourced_matter(household_id: HouseholdId, lies_in: RegionCode, village: RegionCode | None) -> str:
    """The key of a lead without a text: its household's where it lies in its `village`, which texts about it join.

    Elsewhere it is one of its own, for what comes in later about the household is the village's.
    """
    return household_matter(household_id) if lies_in == village else f"unsourced:{household_id}"
