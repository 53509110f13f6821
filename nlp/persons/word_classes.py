"""Classes of words beside a name: titles, trades, kinship, hardship, pronouns; what is learned of one holds for all."""

from functools import cache

from nlp.persons.kinship import Kinship, load_kinship
from nlp.persons.lexicon import PersonLexicon, load_person_lexicon
from nlp.persons.role_lexicon import RoleLexicon, load_role_lexicon

_SIGNS = {
    "I": "我 俺 咱 我们 俺们 本人 我家",
    "he": "他 她 其 他们 她们",
    "you": "您 你 你们",
    "says": "说 告诉 介绍 表示 讲 回忆 坦言 答 问 道",
    "called": "叫 名叫 是 姓 系",
    "and": "和 与 、 及 跟",
    "of": "的",
    ":": "： :",
    "(": "（ (",
    ")": "） )",
    '"': '“ " ”',
}
_PLACES, _TIMES = "村镇乡县市区组", "岁年月日"
_MOST = 50_000


class WordClasses:
    """Names the class of a word."""

    def __init__(self, persons: PersonLexicon, roles: RoleLexicon, kinship: Kinship) -> None:
        """Use the words of the lexicons."""
        self._known = dict.fromkeys(roles.petitioner_after, "petitions")
        self._known |= dict.fromkeys((word.rstrip("的") for word in roles.bystanders_before), "bystander")
        self._known |= dict.fromkeys(roles.trades, "trade")
        self._known |= dict.fromkeys(persons.official_titles, "title")
        self._known |= dict.fromkeys((*roles.petitioner_before, *roles.petitioner_roster), "petitioner")
        self._known |= dict.fromkeys(roles.sufferer_before, "sufferer")
        kin = {word: kin for word, kin in kinship.known.items() if word not in kinship.alone}
        self._known |= {word: f"kin {one.relation.value} {one.near}" for word, one in kin.items()}
        self._known |= {word: name for name, words in _SIGNS.items() for word in words.split()}
        self._titles = persons.official_titles
        self._roles = roles
        self._seen: dict[str, str] = {}

    def of(self, word: str) -> str:
        """The class; of a sign that is no Chinese character the sign itself."""
        found = self._seen.get(word)
        if found is None:
            if len(self._seen) >= _MOST:
                self._seen.clear()
            found = self._seen[word] = self._class_of(word)
        return found

    def _class_of(self, word: str) -> str:
        if word in self._known:
            return self._known[word]
        if len(word) == 1 and not "\u4e00" <= word <= "\u9fff":
            return word
        if self._roles.hardship.search(word):
            return "hardship"
        if self._roles.bystanders_after.search(word):
            return "deed"
        if word.endswith(self._titles):
            return "title"
        if word[-1] in _PLACES:
            return "place"
        if word[-1] in _TIMES:
            return "time"
        return "word" if len(word) > 1 else "character"


@cache
def load_word_classes() -> WordClasses:
    """The classes by the lexicons that ship with the code, made once a process."""
    return WordClasses(load_person_lexicon(), load_role_lexicon(), load_kinship())
