"""How well names and roles are told in texts that training had not seen; every choice of training was made by this.

`python -m benchmarks.mentions.cross_validation`: once in five parts, five texts in a row in the same part, and with
`--writers` once more with each writer in turn left out, so that the voice is new. Places are those that are marked. The
texts of `authored` were picked for the names that a finder found in them, wrong ones too, so precision is too low
there. Writes cross_validation.md beside this file.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from benchmarks.mentions.gold import HERE
from domain.links.mention import PersonMention, PersonRole
from nlp.mention_evaluation import MentionScore, score_of
from nlp.mention_models import MentionModels, load_mention_models
from nlp.persons.lexicon import load_person_lexicon
from nlp.persons.names import NameFinder, NameReader
from nlp.roles.roles import RoleFinder, RoleReader
from nlp.segmentation import load_segmenter
from nlp.training.marked_texts import TrainingText, read_training_texts
from nlp.training.train_mentions import fit_mentions

_PARTS = 5


@dataclass(frozen=True)
class Read:
    """One text and the persons found in it by models that had not seen it."""

    text: TrainingText
    persons: tuple[PersonMention, ...]


def main() -> int:
    """Train, read, print and write the tables."""
    given = _arguments().parse_args()
    texts = read_training_texts()
    report = ["# Mentions, cross-validated", "", __doc__.split("\n\n", 1)[1].strip(), ""]
    files = sorted({text.file for text in texts})
    report += table("Five parts", list(read_unseen(texts, [partial(_in_part, part) for part in range(_PARTS)])))
    if given.writers:
        report += table("Each writer left out", list(read_unseen(texts, [partial(_by, file) for file in files])))
    text = "\n".join(report)
    (HERE / "cross_validation.md").write_text(text, encoding="utf-8")
    print(text)
    return 0


def read_unseen(texts: Sequence[TrainingText], parts: Sequence[Callable[[TrainingText], bool]]) -> Iterator[Read]:
    """Every text as models read it that were trained on the other parts."""
    hardship = load_mention_models().hardship
    for held in parts:
        models = fit_mentions([text for text in texts if not held(text)], hardship)
        yield from read([text for text in texts if held(text)], models)


def read(texts: Sequence[TrainingText], models: MentionModels) -> Iterator[Read]:
    """The texts as these models read them."""
    lexicon, segmenter, decisions = load_person_lexicon(), load_segmenter(), models.manifest
    names = NameFinder(NameReader(lexicon, segmenter), models.names, threshold=decisions.name_threshold)
    roles = RoleFinder(RoleReader(lexicon, models.hardship), models.roles, official_weight=decisions.official_weight)
    for text in texts:
        cut = segmenter.cut(text.content)
        found = names.find(text.content, cut, text.places)
        yield Read(text, roles.assign(text.content, found, (), cut, text.places))


def table(title: str, found: Sequence[Read]) -> list[str]:
    """The figures of every file and of all."""
    rows = []
    for file in (*sorted({one.text.file for one in found}), "all"):
        own = [one for one in found if file in (one.text.file, "all")]
        persons, roles = _score(own, with_role=False), _score(own, with_role=True)
        serving, offered = _offered(own)
        rows.append(
            f"| {file} | {len(own)} | {persons.expected} | {persons.precision:.3f} | {persons.recall:.3f} "
            f"| {persons.f1:.3f} | {roles.f1:.3f} | {roles.right / persons.right:.3f} | {offered} of {serving} |"
        )
    return [
        f"## {title}",
        "",
        "| file | texts | persons | precision | recall | F1 | F1 with role | role right of found | serving offered |",
        "|---|---|---|---|---|---|---|---|---|",
        *rows,
        "",
    ]


def _score(found: Sequence[Read], *, with_role: bool) -> MentionScore:
    pairs = []
    for one in found:
        marked = {(*span, role) if with_role else span for span, role in one.text.persons.items()}
        own = {(p.start, p.end, p.role) if with_role else (p.start, p.end) for p in one.persons}
        pairs.append((frozenset(marked), frozenset(own)))
    return score_of("persons", pairs)


def _offered(found: Sequence[Read]) -> tuple[int, int]:
    serving = offered = 0
    for one in found:
        by_span = {(person.start, person.end): person for person in one.persons}
        for span, role in one.text.persons.items():
            if role is PersonRole.OFFICIAL:
                serving += 1
                offered += span in by_span and by_span[span].may_be_in_difficulty
    return serving, offered


def _in_part(part: int, text: TrainingText) -> bool:
    return text.fold(_PARTS) == part


def _by(file: str, text: TrainingText) -> bool:
    return text.file == file


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--writers", action="store_true", help="leave out each writer too (takes twice as long again)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
