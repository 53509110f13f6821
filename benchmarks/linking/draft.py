"""A text in the making: pieces are added in order, and what is named is noted with its offsets."""

import re
from collections.abc import Callable, Mapping

from benchmarks.linking.gold import WrittenNumber, WrittenPerson, WrittenPlace
from domain.links.mention import PersonRole
from domain.places.region import Level, RegionCode
from domain.register.household import Sex

_SLOT = re.compile(r"\{(\w+)\}")

Fill = Callable[[str], None]
"""Writes one slot into the draft; it is told the character that comes after the slot."""


class Draft:
    """Title and body with what they name."""

    def __init__(self, title: str) -> None:
        """Begin behind the title, which names nobody."""
        self.title = title
        self.persons: list[WrittenPerson] = []
        self.places: list[WrittenPlace] = []
        self.phones: list[WrittenNumber] = []
        self.id_numbers: list[WrittenNumber] = []
        self._begin = len(title) + 1 if title else 0
        self._parts: list[str] = []
        self._length = 0

    @property
    def text(self) -> str:
        """The body as far as it is written."""
        return "".join(self._parts)

    def add(self, words: str) -> tuple[int, int]:
        """Write words that name nobody; where they stand."""
        start = self._begin + self._length
        self._parts.append(words)
        self._length += len(words)
        return start, start + len(words)

    def name(
        self, name: str, role: PersonRole, *, main: bool = False, birth_year: int | None = None, sex: Sex = Sex.UNKNOWN
    ) -> None:
        """Write a person's name."""
        start, end = self.add(name)
        self.persons.append(
            WrittenPerson(name=name, role=role, start=start, end=end, main=main, birth_year=birth_year, sex=sex)
        )

    def place(self, name: str, code: RegionCode, level: Level) -> None:
        """Write a place's name that means the division `code`."""
        start, end = self.add(name)
        self.places.append(WrittenPlace(code=code.digits, level=level, name=name, start=start, end=end))

    def phone(self, number: str) -> None:
        """Write a phone."""
        start, end = self.add(number)
        self.phones.append(WrittenNumber(text=number, start=start, end=end))

    def id_number(self, number: str) -> None:
        """Write an ID number, whole or masked."""
        start, end = self.add(number)
        self.id_numbers.append(WrittenNumber(text=number, start=start, end=end))

    def render(self, clause: str, fills: Mapping[str, Fill]) -> None:
        """Write a clause of the material with its slots filled; KeyError for a slot that nobody fills."""
        at = 0
        for slot in _SLOT.finditer(clause):
            self.add(clause[at : slot.start()])
            fills[slot[1]](clause[slot.end() : slot.end() + 1])
            at = slot.end()
        self.add(clause[at:])
