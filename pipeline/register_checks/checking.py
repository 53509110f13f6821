"""Runs every check of the table over a delivered register."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.failures.errors import ConfigError
from domain.privacy.masking import mask_name, mask_text
from domain.register.id_number import eighteen
from domain.register.register_entry import HouseholdEntry
from domain.register.register_finding import Finding
from pipeline.policy.register_check_tables import RegisterChecks, Rule
from pipeline.register_checks import of_households, of_monitoring, of_persons
from pipeline.register_checks.case import Case, Check, Said

TWICE_REGISTERED = "P05"
"""The one rule that looks beyond one household."""
CHECKS: Mapping[str, Check] = {**of_persons.CHECKS, **of_households.CHECKS, **of_monitoring.CHECKS}


@dataclass(frozen=True)
class Findings:
    """What breaks a rule, household by household in the file's order; each iteration checks anew, nothing is held."""

    entries: Sequence[HouseholdEntry]
    checks: RegisterChecks
    today: date

    def __post_init__(self) -> None:
        """ConfigError when the table names a rule that there is not."""
        unknown = [rule.id for rule in self.checks.rule if rule.id not in CHECKS and rule.id != TWICE_REGISTERED]
        if unknown:
            raise ConfigError(f"register_checks.toml 里没有规则 {'、'.join(unknown)}, 请改正 id")

    def __iter__(self) -> Iterator[Finding]:
        """Every finding."""
        elsewhere = self._registered_twice() if any(one.id == TWICE_REGISTERED for one in self.checks.rule) else {}
        for entry in self.entries:
            case = Case(entry, self.checks, self.today)
            for rule in self.checks.rule:
                said = elsewhere.get(entry.household.id, []) if rule.id == TWICE_REGISTERED else CHECKS[rule.id](case)
                yield from (_finding(rule, entry, one) for one in said)

    def _registered_twice(self) -> dict[str, list[Said]]:
        """By household, who of it is registered in another one as well."""
        first: dict[str, int] = {}
        twice: dict[str, set[int]] = {}
        for at, entry in enumerate(self.entries):
            for person in entry.household.persons:
                if person.id_number:
                    number = eighteen(person.id_number)
                    before = first.setdefault(number, at)
                    if before != at:
                        twice.setdefault(number, {before}).add(at)
        found: dict[str, list[Said]] = {}
        for number, places in twice.items():
            for at in places:
                entry = self.entries[at]
                others = "、".join(self.entries[other].household.id for other in sorted(places - {at})[:4])
                for person, facts in zip(entry.household.persons, entry.persons, strict=True):
                    if person.id_number and eighteen(person.id_number) == number:
                        said = Said(f"{mask_name(person.name)}: 也登记在户编号{others}", facts.place)
                        found.setdefault(entry.household.id, []).append(said)
        return found


def _finding(rule: Rule, entry: HouseholdEntry, said: Said) -> Finding:
    return Finding(
        rule=rule.id,
        level=rule.level,
        household_id=entry.household.id,
        village=entry.household.village,
        place=said.place or entry.facts.place,
        wrong=rule.wrong,
        says=said.text if rule.id == TWICE_REGISTERED else mask_text(said.text),
        advice=rule.advice,
    )
