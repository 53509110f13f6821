"""The invented sentence material of `material.yml`, checked when it is read."""

from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from benchmarks.linking.gold import Genre

Clauses = tuple[str, ...]
Topic = Literal["illness", "chronic", "disability", "accident", "housing", "education", "income", "farming"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class OtherCounty(_Part):
    """Counties and towns that texts name although they lie elsewhere."""

    counties: Clauses
    towns: Clauses


class SiteWords(_Part):
    """The halves of which the names of relocation sites are made."""

    first: Clauses
    second: Clauses


class SimilarShapes(_Part):
    """Characters that are easily written for each other, in pairs set apart by spaces."""

    persons: str
    villages: str


class Material(_Part):
    """Clauses by what they are for; the slots are explained at the head of the file."""

    titles: Clauses
    opening: dict[Genre, Clauses]
    introduce_self: Clauses
    introduce_other: Clauses
    age_subject: Clauses
    age_told: Clauses
    year_told: Clauses
    trouble: dict[Topic, Clauses]
    second: Clauses
    unnamed: Clauses
    outsider: Clauses
    byline: Clauses
    reporter: Clauses
    background: Clauses
    request: Clauses
    contact_lead: Clauses
    contact_tail: Clauses
    number_lead: Clauses
    number_tail: Clauses
    other_county: OtherCounty
    sites: SiteWords
    similar_shapes: SimilarShapes


@cache
def load_material() -> Material:
    """The material that lies beside this file."""
    text = files("benchmarks.linking").joinpath("material.yml").read_text(encoding="utf-8")
    return Material.model_validate(yaml.safe_load(text))
