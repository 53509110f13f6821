"""One household as the rules see it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from domain.privacy.masking import mask_name
from domain.register.household import Household, MonitoringRecord, Person
from domain.register.id_number import born_on
from domain.register.register_entry import HouseholdEntry, HouseholdFacts, PersonFacts, RowPlace
from pipeline.policy.register_check_tables import RegisterChecks, Words


@dataclass(frozen=True, slots=True)
class Member:
    """A person with what the register says of him."""

    person: Person
    facts: PersonFacts
    today: date

    @property
    def shown(self) -> str:
        """The masked name."""
        return mask_name(self.person.name)

    @property
    def born(self) -> date | None:
        """The day of birth by the ID number, else by its column."""
        return born_on(self.person.id_number) or self.facts.born_on

    @property
    def age(self) -> int | None:
        """Completed years; by the year of birth alone the fewer; None where neither is known."""
        if self.born is not None:
            had_birthday = (self.today.month, self.today.day) >= (self.born.month, self.born.day)
            return self.today.year - self.born.year - (not had_birthday)
        return self.today.year - self.person.birth_year - 1 if self.person.birth_year else None

    @property
    def works(self) -> bool:
        """True when the register says anything of work away from home."""
        return bool(self.person.work_place or self.facts.work_months or self.person.work_months)


@dataclass(frozen=True)
class Case:
    """A household, the day of the delivery, and the table of checks."""

    entry: HouseholdEntry
    checks: RegisterChecks
    today: date

    @property
    def household(self) -> Household:
        """What is kept of it."""
        return self.entry.household

    @property
    def facts(self) -> HouseholdFacts:
        """What the register says of it beyond that."""
        return self.entry.facts

    @property
    def words(self) -> Words:
        """The words of the table."""
        return self.checks.words

    @cached_property
    def members(self) -> Sequence[Member]:
        """Everybody, the head first."""
        pairs = zip(self.household.persons, self.entry.persons, strict=True)
        return [Member(person, facts, self.today) for person, facts in pairs]

    @property
    def monitored(self) -> MonitoringRecord | None:
        """The monitoring record of the register, removed or not."""
        return self.household.monitoring[0] if self.household.monitoring else None

    def has_risk(self, code: str) -> bool:
        """True when a risk of this national code, or of a sub-item of it, is registered."""
        return any(one.startswith(code) for one in self.facts.risk_codes)

    def able(self, person: Person) -> bool:
        """True for who can work."""
        return holds(person.labour, self.words.able) and not self.unable(person)

    def unable(self, person: Person) -> bool:
        """True for who cannot."""
        return holds(person.labour, self.words.unable)

    def disabled(self, member: Member) -> bool:
        """True for who is registered as disabled, by words or by a card."""
        return holds(member.person.health, self.words.disabled) or bool(member.facts.disability_card)

    def at_school(self, person: Person) -> bool:
        """True for pupils and students."""
        return bool(person.student) and not holds(person.student, self.words.not_at_school)

    @property
    def troubles(self) -> list[str]:
        """Which of 三保障 and safe water are registered as a problem."""
        facts = self.facts
        told = {
            "住房": facts.unsafe_house,
            "饮水": facts.unsafe_water,
            "失学辍学": facts.left_school,
            "未参保": facts.uninsured,
        }
        return [name for name, trouble in told.items() if trouble]


@dataclass(frozen=True, slots=True)
class Said:
    """What breaks a rule."""

    text: str
    """Chinese: what the register says; names masked, numbers not written out."""
    place: RowPlace | None = None
    """The person's row; None for the household's first."""


Check = Callable[[Case], Iterator[Said]]


def holds(text: str, words: Sequence[str]) -> bool:
    """True when one of the words stands in the text."""
    return any(word in text for word in words)


def month(day: date | None) -> str:
    """A month as the register writes it."""
    return f"{day:%Y%m}" if day else "未填"
