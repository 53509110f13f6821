"""Every reader side by side on texts it was not trained on; writes results.md beside this file, checks the floors.

`python -m benchmarks.classifier.run --data FILE… --texts FILE… --marks FILE… --work DIR`: labelled texts (JSONL), files
in which labels that only have an id find their text, files that say where evidence stands, and a folder in which
trained models are kept between runs. With `--encoder DIR` the panel's network stands on a pretrained encoder instead of
words, with `--without-network` the panel has none, with `--parts` it is measured what each part of the panel is worth.
"""

import argparse
import json
import logging
import sys
from pathlib import Path

from benchmarks.classifier.behaviour import behaviour_table
from benchmarks.classifier.evidence import evidence_table
from benchmarks.classifier.models import shipped_like, taking_nothing_back, trained
from benchmarks.classifier.parts import parts_table
from benchmarks.classifier.report import Report, figures_of
from benchmarks.classifier.speed import speed_table
from benchmarks.classifier.split import split
from benchmarks.classifier.taken_back import taken_back_table
from nlp.classifying.classifier import Classifier
from nlp.classifying.rules import load_rules
from nlp.training.heads import targets_of
from nlp.training.labelled_texts import read_labelled_texts
from nlp.training.marking import with_marks
from nlp.training.network.loop import Plan
from nlp.training.train_network import Recipe

_HERE = Path(__file__).parent


def main() -> int:
    """Print and write the tables; 1 when a floor is missed."""
    given = _arguments().parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    parts = split(with_marks(read_labelled_texts(given.data, texts=given.texts), given.marks))
    recipe = Recipe(plan=Plan(epochs=given.epochs), encoder=given.encoder)
    models = trained(parts.train, given.work, None if given.without_network else recipe)
    if given.unpretrained:
        models.add_unpretrained(recipe, given.encoder)
    answers = models.answers([text.content for text in parts.test])
    report = Report(parts, models.names, targets_of(parts.test, models.names), answers)
    classifier = shipped_like(models)
    readers = {"linear": Classifier(models.panel.linear, load_rules()), "shipped": classifier}
    tables = [
        report.text(classifier, models.panel.linear),
        evidence_table(parts.test, models),
        behaviour_table(parts.test, classifier, taking_nothing_back(models)),
        taken_back_table(parts.test, classifier, taking_nothing_back(models)),
        speed_table(parts.test, readers),
    ]
    if given.parts:
        tables.append(parts_table(models, models.told, parts.test))
    text = "\n".join(tables)
    (_HERE / "results.md").write_text(text, encoding="utf-8")
    print(text)
    figures = figures_of(report)
    floors = json.loads((_HERE.parent / "floors.json").read_text(encoding="utf-8"))["classifier"]
    missed = {name: floor for name, floor in floors.items() if figures[name] < floor}
    print("floors missed:" if missed else "all floors held", missed or "")
    return 1 if missed else 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", nargs="+", type=Path, required=True)
    parser.add_argument("--texts", nargs="*", type=Path, default=[])
    parser.add_argument("--marks", nargs="*", type=Path, default=[])
    parser.add_argument("--encoder", type=Path, help="let the network stand on this pretrained encoder")
    parser.add_argument("--without-network", action="store_true", help="a panel without a network")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--unpretrained", action="store_true", help="measure that encoder without pretraining as well")
    parser.add_argument("--parts", action="store_true", help="measure what each part of the panel is worth")
    parser.add_argument("--epochs", type=int, default=Plan().epochs)
    return parser


if __name__ == "__main__":
    sys.exit(main())
