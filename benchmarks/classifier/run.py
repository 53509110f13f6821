"""The linear classifier on a held-out fifth: `python -m benchmarks.classifier.run FILE…` with labelled texts (JSONL).

Trains on four fifths, reads the fifth; near-duplicates and neighbouring invented texts never fall on both sides.
Writes results.md beside this file and checks the pinned floors.
"""

import json
import sys
import time
from pathlib import Path

from nlp.accusation import AccusationReader
from nlp.classifier import Classifier
from nlp.evaluation import Scores, evaluate, score
from nlp.rules import load_rules
from nlp.training.labelled_texts import LabelledText, fold_of, groups, read_labelled_texts
from nlp.training.train_linear import fit

_HERE = Path(__file__).parent
_FOLDS = 5


def main(paths: list[Path]) -> int:
    """Print and write the table; 1 when a floor is missed."""
    texts = read_labelled_texts(paths)
    held = [fold_of(group, _FOLDS) == 0 for group in groups(texts)]
    train = [text for text, out in zip(texts, held, strict=True) if not out]
    test = [text for text, out in zip(texts, held, strict=True) if out]
    model = fit(train)
    classifier = Classifier(model, load_rules())
    started = time.perf_counter()
    whole = evaluate(test, classifier)
    seconds = time.perf_counter() - started
    parts = {
        "real texts": evaluate([text for text in test if not text.genre], classifier),
        "invented rural texts": evaluate([text for text in test if text.genre], classifier),
    }
    report = _report(len(train), whole, parts, len(test) / seconds, _restricting(test, AccusationReader(model)))
    (_HERE / "results.md").write_text(report, encoding="utf-8")
    print(report)
    floors = json.loads((_HERE.parent / "floors.json").read_text(encoding="utf-8"))["classifier"]
    missed = {name: floor for name, floor in floors.items() if _figures(whole)[name] < floor}
    print("floors missed:" if missed else "all floors held", missed or "")
    return 1 if missed else 0


def _restricting(test: list[LabelledText], reader: AccusationReader) -> str:
    answers = [(text.accusation, reader.is_accusation("", text.content, purpose="", category="")[0]) for text in test]
    found = score("restricted by text alone", answers)
    return f"| {found.name} | {found.support} | {found.precision:.3f} | {found.recall:.3f} | {found.f1:.3f} |"


def _figures(scores: Scores) -> dict[str, float]:
    return {"micro_f1": scores.micro.f1, "macro_f1": scores.macro_f1, "lead_recall": scores.lead.recall}


def _report(train: int, whole: Scores, parts: dict[str, Scores], speed: float, restricting: str) -> str:
    lines = ["# Linear classifier on a held-out fifth", "", f"Trained on {train} texts, read {whole.texts}; "]
    lines[-1] += f"{speed:.0f} texts a second on one core, evidence included. "
    lines[-1] += "Command: `python -m benchmarks.classifier.run train.jsonl authored.jsonl`."
    lines += ["", "| texts | micro-F1 | macro-F1 | lead precision | lead recall |", "|---|---|---|---|---|"]
    for name, one in {"all": whole, **parts}.items():
        lead = f"{one.lead.precision:.3f} | {one.lead.recall:.3f}"
        lines.append(f"| {name} ({one.texts}) | {one.micro.f1:.3f} | {one.macro_f1:.3f} | {lead} |")
    lines += ["", "| label | support | precision | recall | F1 |", "|---|---|---|---|---|"]
    for row in (*whole.labels, whole.accusation, whole.urgent):
        lines.append(f"| {row.name} | {row.support} | {row.precision:.3f} | {row.recall:.3f} | {row.f1:.3f} |")
    return "\n".join([*lines, restricting, ""])


if __name__ == "__main__":
    sys.exit(main([Path(argument) for argument in sys.argv[1:]]))
