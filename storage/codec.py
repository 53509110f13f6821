"""Domain types as JSON objects and back, for the sealed columns; both directions stand side by side."""

import json
from dataclasses import asdict, fields
from typing import Any

from domain.links.link import Candidate
from domain.links.mention import (
    AmbiguousPlace,
    ForeignPlace,
    KinMention,
    Mentions,
    PersonMention,
    PersonRole,
    PlaceMention,
    ValueMention,
)
from domain.places.region import Level, RegionCode
from domain.register.household import Person, Relation, Sex
from domain.risk import Risk
from domain.texts.analysis import Evidence, Reading, RiskLabel
from domain.texts.document import Petitioner
from domain.texts.judgement import Judgement
from domain.texts.second_reading import Opinion
from domain.words.vocabulary import Factuality, Scope, VulnerableGroup

Json = dict[str, Any]
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
"""Made once: `json.dumps` makes one for every record."""
_PERSON_FIELDS = tuple(field.name for field in fields(Person))


def dump(record: object) -> str:
    """Canonical JSON: the same record is always the same text."""
    return _CANONICAL.encode(record)


def load(text: str) -> Json:
    """The JSON object of the text."""
    found: Json = json.loads(text)
    return found


def petitioner_to(petitioner: Petitioner) -> Json:
    """A petitioner as JSON; field by field, since `asdict` is slow where a million rows come in."""
    return {
        "name": petitioner.name,
        "phone": petitioner.phone,
        "id_number": petitioner.id_number,
        "address": petitioner.address,
    }


def petitioner_from(record: Json) -> Petitioner:
    """The petitioner of the JSON."""
    return Petitioner(**record)


def reading_to(reading: Reading) -> Json:
    """A reading as JSON; field by field, since `asdict` is slow and most texts have no category."""
    return {
        "risk_probability": reading.risk_probability,
        "labels": [asdict(label) for label in reading.labels],
        "scope": reading.scope,
        "relocation": reading.relocation,
        "accusation": reading.accusation,
        "urgent": reading.urgent,
        "factuality": reading.factuality,
        "groups": reading.groups,
        "model": reading.model,
    }


def reading_from(record: Json) -> Reading:
    """The reading of the JSON."""
    return Reading(
        risk_probability=record["risk_probability"],
        labels=_labels_from(record["labels"]),
        scope=Scope(record["scope"]),
        relocation=record["relocation"],
        accusation=record["accusation"],
        urgent=record["urgent"],
        factuality=Factuality(record.get("factuality", Factuality.CURRENT if record["labels"] else Factuality.NONE)),
        groups=tuple(VulnerableGroup(group) for group in record["groups"]),
        model=record["model"],
    )


def opinion_to(opinion: Opinion) -> Json:
    """A second reader's opinion as JSON."""
    return asdict(opinion)


def opinion_from(record: Json) -> Opinion:
    """The opinion of the JSON."""
    return Opinion(
        labels=_labels_from(record["labels"]),
        scope=Scope(record["scope"]),
        relocation=record["relocation"],
        accusation=record["accusation"],
        urgent=record["urgent"],
        factuality=Factuality(record["factuality"]),
    )


def _labels_from(records: list[Json]) -> tuple[RiskLabel, ...]:
    return tuple(
        RiskLabel(
            risk=Risk(label["risk"]),
            probability=label["probability"],
            evidence=tuple(Evidence(**span) for span in label["evidence"]),
        )
        for label in records
    )


def judged_to(judgement: Judgement) -> Json:
    """What a person ticked, as JSON: categories are facts of somebody's health."""
    return {
        "risks": sorted(risk.value for risk in judgement.risks),
        "scope": judgement.scope.value,
        "relocation": judgement.relocation,
        "urgent": judgement.urgent,
    }


def judged_from(record: Json) -> Json:
    """What a person ticked, as the fields of a judgement."""
    return {
        "risks": frozenset(Risk(risk) for risk in record["risks"]),
        "scope": Scope(record["scope"]),
        "relocation": record["relocation"],
        "urgent": record["urgent"],
    }


def mentions_to(mentions: Mentions) -> Json:
    """Mentions as JSON."""
    record = asdict(mentions)
    for place, found in zip(record["places"], mentions.places, strict=True):
        place["code"] = found.code.digits
    for place, ambiguous in zip(record["ambiguous_places"], mentions.ambiguous_places, strict=True):
        place["codes"] = [code.digits for code in ambiguous.codes]
    for place, foreign in zip(record["foreign_places"], mentions.foreign_places, strict=True):
        place["code"] = foreign.code.digits if foreign.code else None
    return record


def mentions_from(record: Json) -> Mentions:
    """The mentions of the JSON; records of the first version know no ambiguous and no foreign places."""
    return Mentions(
        persons=persons_from(record),
        places=tuple(
            PlaceMention(**{**one, "code": RegionCode(one["code"]), "level": Level(one["level"])})
            for one in record["places"]
        ),
        phones=tuple(ValueMention(**one) for one in record["phones"]),
        id_numbers=tuple(ValueMention(**one) for one in record["id_numbers"]),
        amounts=tuple(ValueMention(**one) for one in record["amounts"]),
        ambiguous_places=tuple(_ambiguous_from(one) for one in record.get("ambiguous_places", ())),
        foreign_places=tuple(_foreign_from(one) for one in record.get("foreign_places", ())),
        # Records of mentions-1 have none of what follows.
        areas=tuple(ValueMention(**one) for one in record.get("areas", ())),
        households=tuple(ValueMention(**one) for one in record.get("households", ())),
        dates=tuple(ValueMention(**one) for one in record.get("dates", ())),
        relatives=tuple(_kin_mention_from(one) for one in record.get("relatives", ())),
    )


def persons_from(record: Json) -> tuple[PersonMention, ...]:
    """The persons alone of mentions as JSON."""
    return tuple(_person_mention_from(one) for one in record["persons"])


def _person_mention_from(record: Json) -> PersonMention:
    relation = record.get("relation")
    read = {
        "role": PersonRole(record["role"]),
        "sex": Sex(record.get("sex", Sex.UNKNOWN)),
        "health": tuple(record.get("health", ())),
        "relation": Relation(relation) if relation else None,
    }
    return PersonMention(**{**record, **read})


def _kin_mention_from(record: Json) -> KinMention:
    read = {"relation": Relation(record["relation"]), "sex": Sex(record["sex"]), "health": tuple(record["health"])}
    return KinMention(**{**record, **read})


def _ambiguous_from(record: Json) -> AmbiguousPlace:
    codes = tuple(RegionCode(code) for code in record["codes"])
    return AmbiguousPlace(**{**record, "codes": codes, "level": Level(record["level"])})


def _foreign_from(record: Json) -> ForeignPlace:
    return ForeignPlace(**{**record, "code": RegionCode(record["code"]) if record["code"] else None})


def candidates_to(candidates: tuple[Candidate, ...]) -> list[Json]:
    """Candidates as JSON."""
    return [asdict(candidate) for candidate in candidates]


def candidates_from(records: list[Json]) -> tuple[Candidate, ...]:
    """The candidates of the JSON."""
    return tuple(
        Candidate(**{**record, "why": tuple(record["why"]), "weights": tuple(record.get("weights", ()))})
        for record in records
    )


def person_to(person: Person) -> Json:
    """A person as JSON; field by field, since `asdict` is slow where a million of them come in."""
    return {field: getattr(person, field) for field in _PERSON_FIELDS}


def person_from(record: Json) -> Person:
    """The person of the JSON."""
    return Person(**{**record, "relation": Relation(record["relation"]), "sex": Sex(record["sex"])})
