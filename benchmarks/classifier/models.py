"""The readers that are measured side by side, all trained on the same texts; what was trained once is kept."""

import hashlib
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import torch

from domain.risk import GUIDE_RISKS
from nlp.classifier import Classifier
from nlp.clauses import split_sentences
from nlp.ensemble import LINEAR, MANIFEST, NETWORK, Ensemble, combine, load_scorer
from nlp.linear import LinearModel, load_linear_model
from nlp.network.reader import FILE_NAME, make_network_reader
from nlp.network.vocabulary import read_vocabulary
from nlp.rules import load_rules
from nlp.scorer import Array
from nlp.training.combination import fit_combination
from nlp.training.heads import heads_for, targets_of
from nlp.training.labelled_texts import LabelledText
from nlp.training.network.encoder import NearElectra
from nlp.training.network.loop import Plan
from nlp.training.train_ensemble import fine_tune, fit_all, held_out

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
    """Linear model, network and combination of one training set, in a folder."""

    folder: Path
    train: tuple[LabelledText, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The heads."""
        return heads_for(self.train)

    @cached_property
    def ensemble(self) -> Ensemble:
        """The combination."""
        loaded = load_scorer(self.folder)
        if not isinstance(loaded, Ensemble):
            raise TypeError(f"no network in {self.folder}")
        return loaded

    @cached_property
    def linear(self) -> LinearModel:
        """The linear model alone."""
        return load_linear_model(self.folder / LINEAR)

    def answers(self, contents: Sequence[str]) -> dict[str, Answers]:
        """Every reader's answers, by the name it has in the report."""
        linear, combined = self.linear, self.ensemble
        found = {
            "lexicon rules alone": _rules_alone(contents, self.names),
            "linear (shipped)": Answers(linear.probabilities(contents), linear.thresholds),
            "encoder": self._network_alone(self.folder / NETWORK, contents),
            "encoder and linear": Answers(combined.score(contents).probabilities, combined.thresholds),
        }
        if (self.folder / _UNPRETRAINED / FILE_NAME).exists():
            found["encoder without pretraining"] = self._network_alone(self.folder / _UNPRETRAINED, contents)
        return found

    def _network_alone(self, folder: Path, contents: Sequence[str]) -> Answers:
        """The network's answers, calibrated like the combination's but without the linear model."""
        held = [text for text, out in zip(self.train, held_out(self.train), strict=True) if out]
        reader = make_network_reader((folder / FILE_NAME).read_bytes(), folder)
        odds = reader.read([text.content for text in held]).log_odds
        silent = np.full(odds.shape, 0.5, dtype=np.float32)
        heads = fit_combination(self.names, silent, odds, targets_of(held, self.names))
        found = reader.read(contents).log_odds
        probabilities = combine(heads, np.full(found.shape, 0.5, dtype=np.float32), found)
        return Answers(probabilities, np.array([head.threshold for head in heads], dtype=np.float32))

    def add_unpretrained(self, encoder: Path, plan: Plan) -> None:
        """The same network with the same alphabet, its encoder initialised at random; kept like the others."""
        out = self.folder / _UNPRETRAINED
        if (out / FILE_NAME).exists():
            return
        rest = [text for text, held in zip(self.train, held_out(self.train), strict=True) if not held]
        torch.manual_seed(plan.seed)
        with tempfile.TemporaryDirectory() as folder:
            NearElectra(NearElectra.config_class.from_pretrained(encoder)).save_pretrained(folder)
            read_vocabulary(encoder).write(Path(folder))
            fine_tune(rest, self.names, Path(folder), out, plan)


def trained(train: tuple[LabelledText, ...], encoder: Path, folder: Path, plan: Plan) -> Trained:
    """Train in the folder, or take what an earlier run on the very same texts left there."""
    key = hashlib.sha256("".join(one.model_dump_json() for one in train).encode() + repr(plan).encode()).hexdigest()
    folder = folder / key[:12]
    if not (folder / NETWORK / MANIFEST).exists():
        fit_all(train, encoder, folder, plan)
    return Trained(folder, train)


def shipped_like(of: Trained) -> Classifier:
    """The reader that cadres get, trained on this set: the linear model, until the network earns its place."""
    return Classifier(of.linear, load_rules())


def _rules_alone(contents: Sequence[str], names: Sequence[str]) -> Answers:
    rules = load_rules()
    table = np.zeros((len(contents), len(names)), dtype=np.float32)
    for row, content in enumerate(contents):
        for hit in rules.hits(split_sentences(content)):
            table[row, names.index(hit.risk)] = hit.probability
    table[:, names.index("any_risk")] = table[:, : len(GUIDE_RISKS)].max(axis=1)
    return Answers(table, np.full(len(names), 0.5, dtype=np.float32))
