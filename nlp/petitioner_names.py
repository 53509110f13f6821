"""The ways in which the petitioners that a register names may stand in a text."""

import re

from nlp.normalise import normalise
from nlp.person_lexicon import load_person_lexicon

_APART = "、,，;；/\\s()（）:："
_BESIDE = (
    # 庞四孩等5人, 庞四孩等村民, 庞四孩女士: what stands after a name is no name.
    f"等(?:[\\d〇零一二两三四五六七八九十百几数多余 ]*(?:人|户|名|位|村民|居民|群众|职工)[^{_APART}]*)?(?=[{_APART}]|$)"
    f"|(?:女士|先生|同志)(?=[{_APART}]|$)"
)
_BETWEEN_NAMES = re.compile(f"(?:{_BESIDE}|[{_APART}])+")


def names_of(petitioner: str) -> frozenset[str]:
    """The names of the field as texts write them: normalised as well as registered, each alone and all in one.

    None where the field holds no name.
    """
    if not petitioner:
        return frozenset()
    fields = [_BETWEEN_NAMES.split(form) for form in (petitioner, normalise(petitioner))]
    # A single character is a name only where the register has nothing else; elsewhere it would blot out 四 in 四十亩.
    whole = {"".join(parts) for parts in fields} - {""}
    return frozenset(whole | {part for parts in fields for part in parts if len(part) > 1})


def each_name(petitioner: str) -> tuple[str, ...]:
    """The people whom the field names, in its order: 张三 and 李四 of 张三、李四; a name that is spaced out is one."""
    parts = [part for part in _BETWEEN_NAMES.split(petitioner) if part]
    if len(parts) > 1 and (min(map(len, parts)) == 1 or parts[0] in load_person_lexicon().compound_surnames):
        parts = ["".join(parts)]
    return tuple(dict.fromkeys(parts))


def patterns_of(names: frozenset[str]) -> list[re.Pattern[str]]:
    """The names as patterns that find them spaced out too, longest first."""
    told = sorted((name for name in names if name), key=lambda name: (-len(name), name))
    return [re.compile(r"\s*".join(map(re.escape, name)), re.IGNORECASE) for name in told]
