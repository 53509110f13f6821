"""What stands before a name: a word that announces one (村民, 其子, 记者), or nothing that it could be part of."""

import re
from functools import cached_property

from nlp.persons.kinship import load_kinship
from nlp.persons.lexicon import PersonLexicon
from nlp.persons.role_lexicon import load_role_lexicon

HAN = re.compile(r"[\u4e00-\u9fff]")
# Words of one character before a name: 村里的王主任, 寻高医生, 和刘四则.
_PARTICLES = frozenset("的和与跟及是找寻问给叫对让请由替帮谢到往把被@位")
_BYLINE = re.compile(r"(?:记者|通讯员|作者|摄影|实习生|撰文|供稿|责编|责任编辑)[ ：:　]{1,2}$")
_UNIT = re.compile(r"[\u4e00-\u9fff\d](?:[村镇乡组社屯]|社区|街道|小区|安置点|安置区|村委会|大队|\d+号楼)的?$")
_UNIT_REACH = 6
_UNIT_ENDS = frozenset("村镇乡组社屯区道点会队楼的")
_BETWEEN = "：:“”\"'（( 为是、　，,"


class NameContext:
    """Reads what stands before a position."""

    def __init__(self, lexicon: PersonLexicon) -> None:
        """Use the cues of the lexicon."""
        roles = load_role_lexicon()
        self._kinship = load_kinship()
        self._cues_before = (
            *lexicon.cues_before,
            *lexicon.official_titles,
            *lexicon.nickname_cues,
            *roles.trades,
            *roles.bystanders_before,
            *roles.petitioner_before,
        )
        self.kinds_of_household = tuple(cue for cue in lexicon.cues_before if len(cue) > 2 and cue.endswith("户"))
        """监测户, 脱贫户: the cut into words knows few of them."""
        self._titles = lexicon.official_titles
        self._offices = roles.office_endings
        self._longest_cue = max(len(cue) for cue in self._cues_before)

    def cue_before(self, content: str, start: int) -> bool:
        """True when a word that announces a name stands before `start`."""
        before = content[max(start - self._longest_cue - 2, 0) : start].rstrip(_BETWEEN)
        if before.endswith(self._cues_before) or self._offices.search(before):
            return True
        return self._kinship.before(content, start) is not None

    def announces(self, word: str) -> bool:
        """True when a name may follow the word."""
        return word.endswith(self._cues_before) or self._offices.search(word) is not None

    def told_before(self, content: str, start: int) -> bool:
        """True when a title or a word of kinship stands right before `start`: what follows is hardly anything else."""
        before = content[max(start - self._longest_cue - 2, 0) : start].rstrip(_BETWEEN)
        return before.endswith((*self._titles, "叫")) or self._kinship.before(content, start) is not None

    def signed_before(self, content: str, start: int) -> bool:
        """True in a byline: 通讯员 成功, 作者：白杨."""
        return _BYLINE.search(content, max(start - 8, 0), start) is not None

    def stands_free(self, content: str, start: int) -> bool:
        """True when what begins at `start` cannot be the rest of a longer word."""
        if start == 0 or not HAN.match(content[start - 1]) or content[start - 1] in _PARTICLES:
            return True
        return self.cue_before(content, start)


class Before:
    """What stands before one position, each read once and only when it is asked for."""

    def __init__(self, context: NameContext, content: str, start: int, *, behind_place: bool) -> None:
        """Look at what stands before `start`; `behind_place` says that the name of a place ends there."""
        self._context, self._content, self._start = context, content, start
        self.behind_place = behind_place

    @cached_property
    def announced(self) -> bool:
        """True behind a place, for people are named by their village, and behind a word that announces a name."""
        return self.behind_place or self._context.cue_before(self._content, self._start)

    @cached_property
    def behind_unit(self) -> bool:
        """True behind a place, also of one that no list has, and behind a group of it: 庞家庄村三组."""
        if self.behind_place or self._content[max(self._start - 1, 0)] not in _UNIT_ENDS:
            return self.behind_place
        return _UNIT.search(self._content, max(self._start - _UNIT_REACH, 0), self._start) is not None

    @cached_property
    def signed(self) -> bool:
        """True in a byline."""
        return self._context.signed_before(self._content, self._start)

    @cached_property
    def told(self) -> bool:
        """True in a byline and behind a title or a word of kinship."""
        return self.signed or self._context.told_before(self._content, self._start)
