"""What one member of a household is to another, in the words of a text."""

from collections.abc import Sequence
from random import Random

from domain.register.household import Household, Person, Relation, Sex

_GENERATION = {
    Relation.GRANDPARENT: -2,
    Relation.PARENT: -1,
    Relation.HEAD: 0,
    Relation.SPOUSE: 0,
    Relation.SIBLING: 0,
    Relation.CHILD: 1,
    Relation.CHILD_IN_LAW: 1,
    Relation.GRANDCHILD: 2,
}
_COUPLES = (
    frozenset({Relation.HEAD, Relation.SPOUSE}),
    frozenset({Relation.CHILD, Relation.CHILD_IN_LAW}),
)
_WORDS: dict[tuple[int, Sex], Sequence[str]] = {
    (1, Sex.MALE): ("儿子", "儿子", "小子"),
    (1, Sex.FEMALE): ("女儿", "闺女"),
    (-1, Sex.MALE): ("父亲", "老父亲"),
    (-1, Sex.FEMALE): ("母亲", "老母亲"),
    (2, Sex.MALE): ("孙子",),
    (2, Sex.FEMALE): ("孙女",),
    (-2, Sex.MALE): ("爷爷",),
    (-2, Sex.FEMALE): ("奶奶",),
}
_PARTNERS = {Sex.MALE: ("丈夫", "老伴", "爱人"), Sex.FEMALE: ("妻子", "老伴", "爱人", "媳妇")}
_IN_LAWS = {Sex.MALE: ("女婿",), Sex.FEMALE: ("儿媳", "儿媳妇")}
_PARENTS_IN_LAW = {Sex.MALE: ("公公",), Sex.FEMALE: ("婆婆",)}
_COUNTS = {2: "两个", 3: "三个", 4: "四个"}


def kin_word(of: Person, other: Person, dice: Random) -> str | None:
    """What `other` is to `of`: 妻子, 儿子, 婆婆; None where no plain word says it."""
    if frozenset({of.relation, other.relation}) in _COUPLES and of.sex is not other.sex:
        return dice.choice(_PARTNERS[other.sex])
    if of.relation not in _GENERATION or other.relation not in _GENERATION:
        return None
    apart = _GENERATION[other.relation] - _GENERATION[of.relation]
    if apart == 0:
        return _sibling(of, other)
    if apart == 1 and other.relation is Relation.CHILD_IN_LAW:
        return dice.choice(_IN_LAWS[other.sex])
    if apart == -1 and of.relation in (Relation.SPOUSE, Relation.CHILD_IN_LAW):
        return dice.choice(_PARENTS_IN_LAW[other.sex]) if of.sex is Sex.FEMALE else None
    words = _WORDS.get((apart, other.sex))
    return dice.choice(words) if words else None


def unnamed_kin(of: Person, household: Household, dice: Random) -> str | None:
    """Members without names: 两个孙子, 三个孩子, 老伴; None where nobody can be told so."""
    others = [one for one in household.persons if one is not of]
    counted = next((words for one in others if (words := counted_kin(of, one, household))), None)
    return counted or (kin_word(of, dice.choice(others), dice) if others else None)


def counted_kin(of: Person, among: Person, household: Household) -> str | None:
    """All children or all grandchildren of a person, `among` being one: 两个孙子; None where there is only one."""
    step = _apart(of, among)
    young = [one for one in household.persons if _apart(of, one) == step and one.relation is not Relation.CHILD_IN_LAW]
    if step not in (1, 2) or among not in young or len(young) not in _COUNTS:
        return None
    return _COUNTS[len(young)] + _several(step, young)


def _several(step: int, found: Sequence[Person]) -> str:
    sexes = {one.sex for one in found}
    if step == 2:
        return "孙女" if sexes == {Sex.FEMALE} else "孙子" if sexes == {Sex.MALE} else "孙子孙女"
    return "女儿" if sexes == {Sex.FEMALE} else "儿子" if sexes == {Sex.MALE} else "孩子"


def _apart(of: Person, other: Person) -> int:
    if of.relation not in _GENERATION or other.relation not in _GENERATION:
        return 0
    return _GENERATION[other.relation] - _GENERATION[of.relation]


def _sibling(of: Person, other: Person) -> str | None:
    blood = {Relation.HEAD, Relation.SIBLING}, {Relation.CHILD}, {Relation.GRANDCHILD}
    if not any({of.relation, other.relation} <= kinds for kinds in blood):
        return None
    older = (other.birth_year or 0) < (of.birth_year or 0)
    if other.sex is Sex.MALE:
        return "哥哥" if older else "弟弟"
    return "姐姐" if older else "妹妹"
