"""Recognises accusations before anything else reads a text; it protects petitioners, so it prefers recall.

Authority: Regulations on Petition Work (信访工作条例) articles 22 and 30.
"""

import re
from functools import cache
from pathlib import Path

from domain.words.lexicon_file import read_lexicon
from nlp.classifying.linear import LinearModel, load_linear_model
from nlp.classifying.weights import LINEAR, SHIPPED
from nlp.clauses import split_sentences

_LEXICON = Path(__file__).parents[1] / "lexicons" / "accusation.yml"
_PURPOSES = ("揭发", "控告", "检举", "举报")
_CATEGORIES = ("纪检监察", "组织人事", "党务政务")
_CERTAIN_ENOUGH = 0.14
"""Probability from which the model alone restricts a text; chosen for recall in benchmarks/classifier."""
VERSION = "accusation-1"


class AccusationReader:
    """Decides by the register's own words first, then by what the text says."""

    def __init__(self, model: LinearModel) -> None:
        """Use the accusation head of `model` beside the lexicon."""
        self._model = model
        lexicon = read_lexicon(_LEXICON.read_text(encoding="utf-8"))
        self._officials = re.compile(lexicon["officials"])
        self._acts = re.compile(lexicon["acts"])
        self.version = f"{VERSION}+{model.manifest.version}"

    def is_accusation(self, title: str, text: str, *, purpose: str, category: str) -> tuple[bool, str]:
        """Whether the text accuses an official or office, and the rule that says so, in Chinese."""
        if any(word in purpose for word in _PURPOSES):
            return True, f"信访目的为{purpose}"
        if any(one.startswith(_CATEGORIES) for one in category.split("、")):
            return True, f"内容分类为{category}"
        content = f"{title}\n{text}" if title else text
        if self._names_official_and_act(content):
            return True, "文中指向干部或机关的违法违纪行为"
        probability = float(self._model.probabilities([content])[0, self._model.heads["accusation"]])
        if probability >= _CERTAIN_ENOUGH:
            return True, f"可能是检举控告(模型估计{probability:.0%}), 宁多勿漏"
        return False, "未见检举控告"

    def _names_official_and_act(self, content: str) -> bool:
        return any(
            self._acts.search(sentence.text) and self._officials.search(sentence.text)
            for sentence in split_sentences(content)
        )


@cache
def load_accusation_reader(directory: Path | None = None) -> AccusationReader:
    """The reader with the weights of a directory, those shipped by default."""
    return AccusationReader(load_linear_model((directory or SHIPPED) / LINEAR))
