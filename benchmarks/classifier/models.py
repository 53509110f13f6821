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
from nlp.classifier import Classifier
from nlp.clauses import split_sentences
from nlp.ensemble import LINEAR, NETWORK, PANEL, Ensemble, load_scorer
from nlp.linear import load_linear_model
from nlp.manifests import MANIFEST
from nlp.network.reader import FILE_NAME, make_network_reader
from nlp.network.vocabulary import read_vocabulary
from nlp.panel import Panel, load_panel
from nlp.rules import load_rules
from nlp.scorer import Array
from nlp.training.combination import fit_combination
from nlp.training.heads import heads_for, targets_of
from nlp.training.labelled_texts import LabelledText
from nlp.training.network.encoder import NearElectra
from nlp.training.network.loop import Plan
from nlp.training.train_ensemble import fine_tune, fit_all, held_out
from nlp.training.train_panel import Told, panel_of, tell, write
from nlp.weighing import weigh

SHIPPED, COMBINED = "panel (shipped)", "encoder and panel"
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
    """Panel and, where one was wanted, network and combination of one training set, in a folder."""

    folder: Path
    train: tuple[LabelledText, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The heads."""
        return heads_for(self.train)

    @cached_property
    def ensemble(self) -> Ensemble | None:
        """The combination with a network; None when none was trained."""
        loaded = load_scorer(self.folder)
        return loaded if isinstance(loaded, Ensemble) else None

    @cached_property
    def panel(self) -> Panel:
        """The panel alone."""
        return load_panel(self.folder / PANEL, load_linear_model(self.folder / LINEAR))

    @property
    def told(self) -> Told | None:
        """What taught the judge; None when the panel was trained beside a network."""
        if not (self.folder / TOLD).exists():
            return None
        with np.load(self.folder / TOLD, allow_pickle=False) as arrays:
            return Told(**{name: arrays[name] for name in Told.__dataclass_fields__})

    def answers(self, contents: Sequence[str]) -> dict[str, Answers]:
        """Every reader's answers, by the name it has in the report."""
        linear, panel = self.panel.linear, self.panel
        found = {
            "lexicon rules alone": _rules_alone(contents, self.names),
            "linear": Answers(linear.probabilities(contents), linear.thresholds),
            SHIPPED: Answers(panel.probabilities(contents), panel.thresholds),
        }
        if self.ensemble is not None:
            found["encoder"] = self._network_alone(self.folder / NETWORK, contents)
            found[COMBINED] = Answers(self.ensemble.score(contents).probabilities, self.ensemble.thresholds)
        if (self.folder / _UNPRETRAINED / FILE_NAME).exists():
            found["encoder without pretraining"] = self._network_alone(self.folder / _UNPRETRAINED, contents)
        return found

    def _network_alone(self, folder: Path, contents: Sequence[str]) -> Answers:
        """The network's answers, calibrated like the combination's but without the panel."""
        held = [text for text, out in zip(self.train, held_out(self.train), strict=True) if out]
        reader = make_network_reader((folder / FILE_NAME).read_bytes(), folder)
        odds = reader.read([text.content for text in held]).log_odds
        heads = fit_combination(self.names, np.zeros_like(odds), odds, targets_of(held, self.names), own_weights=False)
        found = reader.read(contents).log_odds
        probabilities = weigh(heads, np.zeros_like(found), found)
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


def trained(train: tuple[LabelledText, ...], folder: Path, *, encoder: Path | None, plan: Plan) -> Trained:
    """Train in the folder, or take what an earlier run on the same texts left there; no network without an encoder."""
    material = "".join(one.model_dump_json() for one in train) + (repr(plan) if encoder else "")
    folder = folder / hashlib.sha256(material.encode()).hexdigest()[:12]
    if encoder is not None and not (folder / NETWORK / MANIFEST).exists():
        fit_all(train, encoder, folder, plan)
    if encoder is None and not (folder / TOLD).exists():
        telling = tell(train, heads_for(train))
        write(panel_of(telling), folder)
        np.savez(folder / TOLD, allow_pickle=False, **asdict(telling.told))
    return Trained(folder, train)


def shipped_like(of: Trained) -> Classifier:
    """The reader that cadres get, trained on this set: the panel, until the network earns its place."""
    return Classifier(of.panel, load_rules())


def _rules_alone(contents: Sequence[str], names: Sequence[str]) -> Answers:
    rules = load_rules()
    table = np.zeros((len(contents), len(names)), dtype=np.float32)
    for row, content in enumerate(contents):
        for hit in rules.hits(split_sentences(content)):
            table[row, names.index(hit.risk)] = hit.probability
    table[:, names.index("any_risk")] = table[:, : len(GUIDE_RISKS)].max(axis=1)
    return Answers(table, np.full(len(names), 0.5, dtype=np.float32))
