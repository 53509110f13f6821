"""What a named person is in the text: the one who petitions, who suffers, a relative, an official, or another."""

import re
from collections.abc import Sequence

from domain.mention import PersonMention, PersonRole
from nlp.names import Name
from nlp.person_lexicon import PersonLexicon

_BETWEEN = "：:“”\"'（( 　"
_PROFILE = re.compile(
    r"(?:[（(][^（()）]{0,40}[)）])?(?:本人|一家|等\S{0,5}?[人户])?[，,：: ]?(?:今日|近日|多次|再次)?"
)
_CALLED = re.compile(r"(?:名叫|叫做|叫|为|是)$")
_REACH_BEFORE = 14
_REACH_AFTER = 48
# A name takes the strongest of the roles that its places in the text show.
_PRECEDENCE = (
    PersonRole.PETITIONER,
    PersonRole.OFFICIAL,
    PersonRole.RELATIVE,
    PersonRole.SUFFERER,
    PersonRole.OTHER,
)


class RoleFinder:
    """Tells roles by the words around a name."""

    def __init__(self, lexicon: PersonLexicon) -> None:
        """Use the cues of the lexicon."""
        self._lexicon = lexicon
        self._sufferer = re.compile("|".join(map(re.escape, lexicon.sufferer_cues)))

    def assign(self, content: str, names: Sequence[Name], petitioner_name: str) -> tuple[PersonMention, ...]:
        """The names with their roles; one person has one role through the whole text."""
        shown: dict[str, set[PersonRole]] = {}
        for name in names:
            shown.setdefault(name.text, set()).add(self._role(content, name, petitioner_name))
        roles = {text: next(role for role in _PRECEDENCE if role in found) for text, found in shown.items()}
        return tuple(
            PersonMention(name=name.text, role=roles[name.text], start=name.start, end=name.end) for name in names
        )

    def _role(self, content: str, name: Name, petitioner_name: str) -> PersonRole:
        before = content[max(name.start - _REACH_BEFORE, 0) : name.start].rstrip(_BETWEEN)
        profile = _PROFILE.match(content, name.end)
        after = content[profile.end() if profile else name.end :][:_REACH_AFTER]
        if name.text == petitioner_name:
            return PersonRole.PETITIONER
        if self._is_official(content, name, before):
            return PersonRole.OFFICIAL
        if self._is_relative(before):
            return PersonRole.RELATIVE
        if before.endswith(self._lexicon.petitioner_cues_before):
            return PersonRole.PETITIONER
        if after.startswith(self._lexicon.petitioner_cues_after) and not petitioner_name:
            return PersonRole.PETITIONER
        near = content[max(name.start - _REACH_BEFORE, 0) : name.end + _REACH_AFTER]
        return PersonRole.SUFFERER if self._sufferer.search(near) else PersonRole.OTHER

    def _is_official(self, content: str, name: Name, before: str) -> bool:
        titles = self._lexicon.official_titles
        return before.endswith(titles) or content.startswith(titles, name.end)

    def _is_relative(self, before: str) -> bool:
        return _CALLED.sub("", before).endswith(self._lexicon.kinship)
