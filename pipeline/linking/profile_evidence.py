"""What a text says of one person beside the name, compared with a registered one: age, sex, way of address.

Where the name does not tell who is meant, the head of a household is likelier than another member: letters are written
by and about the heads more often than one in three, which is their share of a register.
"""

from collections.abc import Iterator

from domain.links.mention import PersonRole
from domain.register.household import Relation, Sex
from pipeline.linking.facts import Facts
from pipeline.linking.matches import SHOWING_LITTLE, Match, age_gap
from pipeline.linking.parameters import Parameters
from pipeline.linking.reasons import Evidence, Reason
from pipeline.linking.titles import title_of

SAME_AGE_YEARS = 1
"""Years that a told age may be off: people count them differently."""
_OTHER_AGE_YEARS = 4
_OLD = 50
"""Who is addressed as somebody of these years or more may be a parent of the head."""


def profile_evidence(match: Match, facts: Facts, parameters: Parameters) -> Iterator[Evidence]:
    """The evidence of the person's age, sex and way of address; what one of them tells the others do not tell again."""
    reasons = [*_age(match, facts), *_sex(match), *_title_age(match, facts.year), *_head(match, facts)]
    return (Evidence(reason, parameters.weight(reason)) for reason in reasons)


def _age(match: Match, facts: Facts) -> Iterator[Reason]:
    gap = age_gap(match)
    if gap is None:
        return
    if gap == 0 or (gap == SAME_AGE_YEARS and facts.counts_nominal_years):
        yield Reason.BIRTH_YEAR
    elif gap == SAME_AGE_YEARS:
        yield Reason.BIRTH_YEAR_ONE_OFF
    else:
        yield Reason.BIRTH_YEAR_NEAR if gap <= _OTHER_AGE_YEARS else Reason.BIRTH_YEAR_DIFFERS


def _sex(match: Match) -> Iterator[Reason]:
    """A whole name tells the sex as a rule; that it agrees says something beside a partial name only."""
    said, title = match.named.sex, title_of(match.named.name)
    if said is Sex.UNKNOWN and title:
        said = title.sex
    if Sex.UNKNOWN in (said, match.person.sex):
        return
    if said is not match.person.sex:
        yield Reason.SEX_DIFFERS
    elif match.agreement in SHOWING_LITTLE:
        yield Reason.SEX


def _head(match: Match, facts: Facts) -> Iterator[Reason]:
    """Not of the old: 王奶奶, and who lives with a son, are as often the mother of the head."""
    title = title_of(match.named.name)
    old = facts.lives_with_children or (title is not None and title.from_age >= _OLD)
    if match.agreement in SHOWING_LITTLE and match.named.role is not PersonRole.RELATIVE and not old:
        yield Reason.HEAD if match.person.relation is Relation.HEAD else Reason.NOT_HEAD


def _title_age(match: Match, year: int) -> Iterator[Reason]:
    """大爷 of a person whose age the text does not tell."""
    title = title_of(match.named.name)
    if title and match.named.birth_year is None:
        fits = title.old_enough(match.person, year)
        if fits is not None:
            yield Reason.TITLE if fits else Reason.TITLE_DIFFERS
