"""The readers that are measured side by side, all trained on the same texts; what was trained once is kept."""

import hashlib
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import torch

from domain.risk import GUIDE_RISKS
from nlp.classifying.classifier import Classifier
from nlp.classifying.panel import Panel
from nlp.classifying.rules import load_rules
from nlp.classifying.stance import load_stance_reader
from nlp.classifying.taken_back import Withdrawals
from nlp.classifying.weights import load_weights
from nlp.clauses import split_sentences
from nlp.network.folder import load_network
from nlp.network.reader import NetworkReader
from nlp.network.vocabulary import read_vocabulary
from nlp.scorer import Array
from nlp.training.heads import heads_for
from nlp.training.labelled_texts import LabelledText
from nlp.training.network.encoder import NearElectra
from nlp.training.telling import Told, tell
from nlp.training.train_clauses import marked_clauses
from nlp.training.train_network import Recipe, heads_in_order
from nlp.training.train_panel import write
from nlp.weighing import probabilities_of

SHIPPED = "panel (shipped)"
TOLD = "told.npz"
_UNPRETRAINED = "unpretrained"


@dataclass(frozen=True, slots=True)
class Answers:
    """What one reader says of the test texts."""

    probabilities: Array
    """Shape (texts, heads)."""
    thresholds: Array
    """Shape (heads,)."""


@dataclass(frozen=True)
class Trained:
    """The panel of one training set, in a folder."""

    folder: Path
    train: tuple[LabelledText, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The heads."""
        return heads_for(self.train)

    @cached_property
    def panel(self) -> Panel:
        """The panel, with its network where it has one."""
        return load_weights(self.folder)

    @property
    def told(self) -> Told:
        """What taught the judge."""
        with np.load(self.folder / TOLD, allow_pickle=False) as arrays:
            return Told(**{name: arrays[name] for name in Told.__dataclass_fields__})

    def answers(self, contents: Sequence[str]) -> dict[str, Answers]:
        """Every reader's answers, by the name it has in the report."""
        linear, panel = self.panel.linear, self.panel
        found = {
            "lexicon rules alone": _rules_alone(contents, self.names),
            "linear": Answers(linear.probabilities(contents), linear.thresholds),
        }
        if panel.network is not None:
            found["network alone"] = self._alone(panel.network, contents)
        if (self.folder / _UNPRETRAINED).exists():
            _, network = load_network(self.folder / _UNPRETRAINED)
            found["network alone, its encoder not pretrained"] = self._alone(network, contents)
        return {**found, SHIPPED: Answers(panel.probabilities(contents), panel.thresholds)}

    def _alone(self, network: NetworkReader, contents: Sequence[str]) -> Answers:
        """As the network has it, not calibrated."""
        order = heads_in_order(self.names)
        found = probabilities_of(network.read(contents).odds[:, [order.index(name) for name in self.names]])
        return Answers(found, np.full(len(self.names), 0.5, dtype=np.float32))

    def add_unpretrained(self, recipe: Recipe, encoder: Path) -> None:
        """The same network with the same alphabet, its encoder initialised at random; kept like the others."""
        if (self.folder / _UNPRETRAINED).exists():
            return
        torch.manual_seed(recipe.plan.seed)
        with tempfile.TemporaryDirectory() as folder:
            NearElectra(NearElectra.config_class.from_pretrained(encoder)).save_pretrained(folder)
            read_vocabulary(encoder).write(Path(folder))
            untrained = Recipe(plan=recipe.plan, encoder=Path(folder))
            trained = untrained.fit(self.train, self.names, marked_clauses(self.train))
        trained.write(self.folder / _UNPRETRAINED)


def trained(train: tuple[LabelledText, ...], folder: Path, recipe: Recipe | None) -> Trained:
    """Train in the folder, or take what an earlier run on the same texts left there; no network without a recipe."""
    material = "".join(one.model_dump_json() for one in train) + repr(recipe)
    folder = folder / hashlib.sha256(material.encode()).hexdigest()[:12]
    if not (folder / TOLD).exists():
        telling = tell(train, heads_for(train), network=recipe)
        write(telling, folder)
        np.savez(folder / TOLD, allow_pickle=False, **asdict(telling.told))
    return Trained(folder, train)


def shipped_like(of: Trained) -> Classifier:
    """The reader that cadres get, trained on this set."""
    return Classifier(of.panel, load_rules(), Withdrawals(load_stance_reader()))


def taking_nothing_back(of: Trained) -> Classifier:
    """The same reader when no clause takes anything back."""
    return Classifier(of.panel, load_rules())


def _rules_alone(contents: Sequence[str], names: Sequence[str]) -> Answers:
    rules = load_rules()
    table = np.zeros((len(contents), len(names)), dtype=np.float32)
    for row, content in enumerate(contents):
        for hit in rules.hits(split_sentences(content)):
            table[row, names.index(hit.risk)] = hit.probability
    table[:, names.index("any_risk")] = table[:, : len(GUIDE_RISKS)].max(axis=1)
    return Answers(table, np.full(len(names), 0.5, dtype=np.float32))
