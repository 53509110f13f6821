"""Words of kinship, from `lexicons/kinship.yml`: what stands before a name (其妻, 大儿子叫), and relatives unnamed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from domain.register.household import Relation, Sex
from domain.words.lexicon_file import read_lexicon

OWNERS = "其|我家|我们家|我们|我|俺家|俺|咱|他家|她家|他们|他|她|你|您|家里|家中|夫妇的|之|自己的"
_ORDERS = "大|二|三|四|五|小|老|长|次|独|亲|堂|表|已故"
KIN_BEHIND = (
    r"(?:[哥姐叔婶嫂爷奶伯姨](?![夫父母妈爸们])|[他她]?(?:妈|爸|爹|娘|奶奶|爷爷)|家(?![庭里中长乡])|那边|的(?:媳妇|婆姨|老婆"
    r"|丈夫|妻子|儿子|女儿|闺女|弟弟|哥哥|姐姐|妹妹|妈|爸|孩子|学费|病))"
)
"""What stands behind a name that is said without its surname: 建国他妈, 海波家."""
_STANDS_ALONE = "(?<![\u4e00-\u9fff])|(?<=[和跟与同])"
_BETWEEN = r"(?:[，,]?(?:取名|起名)?叫|名字叫|名叫|叫做|叫|是|为|即)?[：:“\"（( 　]*$"


@dataclass(frozen=True, slots=True)
class Kin:
    """What one word of kinship says."""

    relation: Relation
    sex: Sex
    near: bool
    """Usually of one household with the person it is said of."""
    owner: str = ""
    """The word before it that says whose relative: 其, 我, 之; empty when there is none."""
    start: int = 0
    """Where the phrase begins, owner included."""
    end: int = 0
    """Where the word of kinship ends."""


class Kinship:
    """Reads words of kinship."""

    def __init__(self, entries: list[dict[str, Any]]) -> None:
        """Know the words of the entries of `kinship.yml`."""
        self.known: Mapping[str, Kin] = {
            word: Kin(Relation(entry["relation"]), Sex(entry["sex"]), entry["near"])
            for entry in entries
            for word in (*entry["words"], *entry.get("bound", ()), *entry.get("alone", ()))
        }
        free = [word for entry in entries if not entry.get("owned") for word in entry["words"]]
        tied = [word for entry in entries for word in entry.get("bound", ())]
        tied += [word for entry in entries if entry.get("owned") for word in entry["words"]]
        alone = [word for entry in entries for word in entry.get("alone", ())]
        self.alone = frozenset(alone)
        """Words that are kinship only where no other word runs into them: 对象, but not 监测对象."""
        self.words = (*free, *alone)
        word = (
            rf"(?:(?P<owner>{OWNERS})的?(?:{_ORDERS})?(?P<owned>{_any([*free, *tied, *alone])})"
            rf"|(?P<free>{_any(free)}|(?:{_STANDS_ALONE})(?:{_any(alone)}))|(?P<order>{_ORDERS})(?P<bound>{_any(tied)}))"
        )
        self._before = re.compile(rf"{word}{_BETWEEN}")
        self._anywhere = re.compile(word)

    def before(self, content: str, start: int) -> Kin | None:
        """The kinship that is said of the name beginning at `start`, or None; 其子, 大儿子叫, 我妈."""
        reach = max(start - 14, 0)
        match = self._before.search(content, reach, start)
        return self._kin(match) if match else None

    def anywhere(self, content: str) -> list[Kin]:
        """Every word of kinship in the text, in its order."""
        return [self._kin(match) for match in self._anywhere.finditer(content)]

    def _kin(self, match: re.Match[str]) -> Kin:
        group = next(name for name in ("owned", "bound", "free") if match[name])
        known = self.known[match[group]]
        return Kin(known.relation, known.sex, known.near, match["owner"] or "", match.start(), match.end(group))


@cache
def load_kinship() -> Kinship:
    """The words that ship with the code, read once a process."""
    return Kinship(read_lexicon(files("nlp").joinpath("lexicons", "kinship.yml").read_text(encoding="utf-8")))


def _any(words: list[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True)) or "(?!)"
