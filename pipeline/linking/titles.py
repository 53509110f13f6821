"""What 大爷 or 女士 behind a surname says of a person's sex and age."""

import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from domain.register.household import Person, Sex


class Title(BaseModel):
    """A kind of address."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    endings: tuple[str, ...]
    sex: Sex = Sex.UNKNOWN
    from_age: int

    def old_enough(self, person: Person, year: int) -> bool | None:
        """Whether a registered person may be addressed so in that year; None when the register does not say."""
        return None if person.birth_year is None else year - person.birth_year >= self.from_age


@lru_cache(maxsize=10_000)
def title_of(written: str) -> Title | None:
    """The kind of address in a written name such as 薛大爷."""
    found = [(ending, title) for title in _titles() for ending in title.endings if written[1:].endswith(ending)]
    return max(found, key=lambda one: len(one[0]))[1] if found else None


@cache
def _titles() -> tuple[Title, ...]:
    text = files("pipeline.linking").joinpath("titles.toml").read_text(encoding="utf-8")
    return tuple(Title.model_validate(title) for title in tomllib.loads(text)["title"])
