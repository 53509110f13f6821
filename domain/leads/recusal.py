"""Recusal (回避): who must not work on a lead, because the lead's texts may name that person or the person lives there.

信访工作条例 art. 30 (what was told about somebody must not reach that person); DOMAIN 0, no. 13. Errs on the side of
the household: whoever could be meant is passed over, and somebody higher up goes to the door.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesOfLead:
    """Everybody whom a lead may touch."""

    texts: tuple[str, ...]
    """What the texts say, without spaces."""
    persons: frozenset[str]
    """Names as written in the texts, whole or hidden in part, of anybody; and who petitioned."""
    officials: frozenset[str]
    """Those of them whom the texts name as officials."""
    household: frozenset[str]
    """Everybody registered in the lead's household, or in those it may mean while none is chosen."""


def must_stand_back(name: str, names: NamesOfLead, *, of_the_village: bool) -> bool:
    """True when the person of this name must not work on the lead.

    Args:
        name: The person's name as the account has it.
        names: Everybody whom the lead may touch.
        of_the_village: True for a person of the lead's own village. A hidden name (张某) that no official has means
            villagers, and counts against persons of the village alone; elsewhere it would fit half a county.
    """
    whole = _joined(name)
    if not whole:
        return False
    if whole in names.household or whole in names.persons or any(whole in text for text in names.texts):
        return True
    hidden = names.persons if of_the_village else names.officials
    return any(may_mean(written, whole) for written in hidden)


def by_surname(surname: str, *, is_word: bool) -> re.Pattern[str]:
    """Finds where a text calls somebody by this surname alone: 王主任, 老王, 王某, 姓王的.

    A surname that `is_word` too (高, 康) is one behind 老 only where nothing but a name can stand: 老高说, not 老高了.
    """
    words = _words()
    called = "|".join(map(re.escape, words.titles))
    familiar = f"(?!{'|'.join(words.not_called)})" + ("老" if is_word else f"[{''.join(words.familiar)}]")
    behind = "(?=[的说把收给跟他她这那，。、；：！？]|$)" if is_word else ""
    own = re.escape(surname)
    hidden = re.escape(words.hidden)
    return re.compile(rf"{own}(?:{called}|[{hidden}])|{familiar}{own}{behind}|(?<!百)姓{own}")


def may_mean(written: str, name: str) -> bool:
    """True when a name as written, perhaps hidden in part or with a title, may be this whole name."""
    words = _words()
    written = _joined(written)
    if not written or written[0] in words.hidden:
        return False
    if written == name:
        return True
    if any(sign in words.hidden for sign in written):
        return re.fullmatch(_pattern(written, words), name) is not None
    if written[0] in words.familiar and len(written) <= 3:
        return name.startswith(written[1:])
    return any(written.endswith(title) and _is_surname(written.removesuffix(title), name) for title in words.titles)


def _is_surname(written: str, name: str) -> bool:
    """The surname before a title; of one sign, or of two where it is a compound one."""
    return 1 <= len(written) <= 2 and name.startswith(written) and written != name


def _pattern(written: str, words: "_Words") -> str:
    shorn = written.rstrip(words.counted) if words.hidden[0] in written else written
    body = shorn.rstrip(words.hidden)
    parts = ("." if sign in words.hidden else re.escape(sign) for sign in body)
    return "".join(parts) + (".+" if len(body) < len(shorn) else "")


def _joined(text: str) -> str:
    return "".join(text.split())


@dataclass(frozen=True, slots=True)
class _Words:
    titles: tuple[str, ...]
    familiar: tuple[str, ...]
    not_called: tuple[str, ...]
    hidden: str
    counted: str


@cache
def _words() -> _Words:
    table = tomllib.loads(files("domain.leads").joinpath("recusal.toml").read_text(encoding="utf-8"))
    titles, familiar, not_called = (tuple(table[name]) for name in ("titles", "familiar", "not_called"))
    return _Words(titles, familiar, not_called, table["hidden"], table["counted"])
