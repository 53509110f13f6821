"""Kinds of ill health, told in a text and registered, so that only like is compared with like."""

import re
import tomllib
from collections.abc import Iterable
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from domain.links.mention import Mentions, PersonMention

_REACH = 48
"""Characters behind a person in which an illness, or that there is none, is told."""


class HealthKind(StrEnum):
    """A kind of ill health; the values are keys of `health.toml`."""

    DISABILITY = "disability"
    MENTAL = "mental"
    ILLNESS = "illness"


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    disability: tuple[str, ...]
    mental: tuple[str, ...]
    illness: tuple[str, ...]
    denied: tuple[str, ...]


@lru_cache(maxsize=10_000)
def health_kinds(said: str) -> frozenset[HealthKind]:
    """The kinds that one entry or one word of a text names; none of 健康 or of 无残疾."""
    words = _words()
    if _denied().search(said):
        return frozenset()
    found = {HealthKind.DISABILITY} if _holds(said, words.disability) else set()
    if _holds(said, words.mental):
        return frozenset(found | {HealthKind.MENTAL})
    return frozenset(found | {HealthKind.ILLNESS} if _holds(said, words.illness) else found)


def told_health(mention: PersonMention, content: str, mentions: Mentions) -> frozenset[HealthKind]:
    """The kinds that the text tells of this person himself: 席金海的老婆得了癌症 tells nothing of 席金海."""
    if not mention.health:
        return frozenset()
    reach = content[mention.end : mention.end + _REACH]
    if _denied().search(reach):
        return frozenset()
    others = [one.start - mention.end for one in mentions.relatives]
    own = reach[: min((place for place in others if place >= 0), default=_REACH)]
    return _kinds(word for word in mention.health if word in own)


def _kinds(said: Iterable[str]) -> frozenset[HealthKind]:
    return frozenset(kind for one in said for kind in health_kinds(one))


def _holds(said: str, words: tuple[str, ...]) -> bool:
    return any(word in said for word in words)


@cache
def _words() -> _Words:
    text = files("pipeline.linking").joinpath("health.toml").read_text(encoding="utf-8")
    return _Words.model_validate(tomllib.loads(text))


@cache
def _denied() -> re.Pattern[str]:
    return re.compile("|".join(_words().denied))
