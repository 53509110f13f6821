"""Invented petitioners and what they say, drawn from `material.yml` by a seed."""

import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from domain.register.id_number import check_character

_MATERIAL = Path(__file__).with_name("material.yml")
_NO_DIVISION = "140000"
"""The place in the ID numbers: a province's own code, which no person has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Petitioner:
    """What a form says of one invented person."""

    name: str
    sex: str
    age: str
    id_number: str
    phone: str
    address: str
    day: str
    form: str
    matter: str
    official: str
    opinion: str


def petitioners(count: int, seed: int) -> list[Petitioner]:
    """So many people; the same ones for the same seed."""
    chance = random.Random(seed)
    material = yaml.safe_load(_MATERIAL.read_text(encoding="utf-8"))
    return [_petitioner(chance, material) for _ in range(count)]


def _petitioner(chance: random.Random, material: dict[str, Any]) -> Petitioner:
    age = chance.randint(23, 86)
    sex = chance.choice("男女")
    year, month, day = chance.randint(2021, 2025), chance.randint(1, 12), chance.randint(1, 28)
    written = chance.choice(["{0}年{1}月{2}日", "{0}.{1}.{2}", "{0}-{1:02}-{2:02}"])
    return Petitioner(
        name=chance.choice(material["surnames"]) + chance.choice(material["given"]),
        sex=sex,
        age=str(age),
        id_number=_id_number(chance, 2025 - age, sex),
        phone=f"1{chance.choice('3578')}{chance.randint(0, 10**9 - 1):09}",
        address=f"{material['town']}{chance.choice(material['villages'])}{chance.randint(1, 60)}号",
        day=written.format(year, month, day),
        form=chance.choice(material["forms"]),
        matter=_matter(chance, material, age),
        official=chance.choice(material["officials"]),
        opinion=chance.choice(material["opinions"]),
    )


def _matter(chance: random.Random, material: dict[str, Any], age: int) -> str:
    told = chance.sample(material["troubles"], chance.randint(1, 2))
    return "".join(told).format(
        age=age,
        illness=chance.choice(material["illnesses"]),
        n=chance.randint(2, 9),
        digit=chance.randint(2, 9),
        money=chance.randint(21, 480) * 100,
        debt=chance.randint(2, 9) * 10000,
        small=chance.randint(15, 98) * 10,
        year=chance.randint(2021, 2025),
        month=chance.randint(1, 12),
    )


def _id_number(chance: random.Random, year: int, sex: str) -> str:
    order = chance.randint(0, 49) * 2 + (sex == "男")
    head = f"{_NO_DIVISION}{year}{chance.randint(1, 12):02}{chance.randint(1, 28):02}{chance.randint(0, 9)}{order:02}"
    return head + check_character(head)
