"""Trains the gate as a pupil of the reader, and sets its threshold on texts that did not teach it.

Distillation (Hinton, Vinyals and Dean 2015): what is learned is how sure the reader was, not only its yes and no.
"""

import hashlib
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from domain.failures.errors import ConfigError
from nlp.classifying.classifier import load_classifier
from nlp.classifying.gate import (
    FEATURES,
    FEWEST,
    LAYERS,
    STRETCHES,
    WEIGHTS,
    Gate,
    GateManifest,
    as_weighed,
    numbers_of,
    places_of,
)
from nlp.classifying.weights import GATE
from nlp.manifests import MANIFEST
from nlp.training.gate_lessons import TEST, THRESHOLD, Answers, Lesson, lessons_of, plain_texts
from nlp.training.labelled_texts import read_labelled_texts
from nlp.training.manifest_text import manifest_text, packed, sha256_of

_LOG = logging.getLogger(__name__)
_COMMENT = (
    "The gate before the texts of the media. `least` may be reviewed; `readers` only after benchmarks.classifier.gate."
)
LOST = 0.002
"""Share of the texts that set the threshold which may be lost: less than the half hundredth that may be lost of others,
for the gate knows others less well."""
_FEWEST = 100
"""With fewer texts to let through nothing is known of so small a share."""
_MOST_CHARACTERS = 4_000
"""Of a text that teaches."""
_SURE = 0.95
"""What is taught of a text that the gate has to let through, at least."""
_STEPS, _LEAST = 127, 1e-6
"""Of an 8-bit number on each side of nought; the smallest weight that counts."""
_FLAT = 8.0
"""Log-odds beyond which the reader's certainty teaches nothing more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to train; chosen by what ordinary news passes while as little is lost."""

    columns: int = 8
    bits: int = 16
    units: int = 32
    epochs: int = 6
    rate: float = 4e-3
    weight_of_wanted: float = 4.0
    batch_characters: int = 24_000
    seed: int = 0


def train(
    data: Sequence[Path],
    plain: Sequence[Path],
    out: Path,
    *,
    texts: Sequence[Path] = (),
    answers: Path,
    most: int,
) -> None:
    """Write into the reader's directory `out` the gate that stands before it.

    It learns from labelled texts (`data`, those without a text find it in `texts`) and from `most` of the plain ones;
    what the reader says of them is kept in the file `answers`.
    """
    classifier = load_classifier(out)
    unlabelled = [text for path in plain for text in plain_texts(path)]
    lessons = lessons_of(read_labelled_texts(data, texts=texts), unlabelled, Answers(classifier, answers), most=most)
    write(taught(lessons, classifier.version), out / GATE)


def taught(lessons: Sequence[Lesson], reader: str, plan: Plan | None = None) -> Gate:
    """The gate of these lessons before a reader of this version; ConfigError when they are too few."""
    judged = [lesson for lesson in lessons if lesson.part == THRESHOLD and lesson.wanted and lesson.of_media]
    if len(judged) < _FEWEST:
        raise ConfigError(f"定初筛门槛的文本太少: 有困难或检举控告的只有{len(judged)}条, 至少要{_FEWEST}条")
    learned = [lesson for lesson in lessons if lesson.part not in {TEST, THRESHOLD}]
    material = "".join(sorted(lesson.answer.text for lesson in learned)) + reader
    manifest = GateManifest(
        version=f"gate-{hashlib.sha256(material.encode()).hexdigest()[:8]}",
        least=0.0,
        readers=(reader,),
        trained_on=f"{len(learned)} texts, threshold on {len(judged)} others",
        weights_sha256="",
    )
    gate = fit(learned, manifest, plan or Plan())
    scores = gate.scores([lesson.content for lesson in judged])
    return gate.with_least(round(float(np.quantile(scores, LOST, method="lower")), 3))


def fit(lessons: Sequence[Lesson], manifest: GateManifest, plan: Plan) -> Gate:
    """The gate that learned these lessons; its threshold is that of the manifest."""
    torch.manual_seed(plan.seed)
    places = [_places(lesson.content[:_MOST_CHARACTERS], plan.bits) for lesson in lessons]
    wanted = np.array([_soft(lesson) for lesson in lessons], dtype=np.float32)
    pupil, order = _Pupil(plan), np.random.default_rng(plan.seed)
    table = torch.optim.SparseAdam(list(pupil.table.parameters()), lr=plan.rate)
    others = torch.optim.Adam([one for name, one in pupil.named_parameters() if name != "table.weight"], lr=plan.rate)
    done, steps = 0, plan.epochs * sum(1 for _ in _batches(places, plan, order))
    for epoch in range(plan.epochs):
        losses = []
        for batch in _batches(places, plan, order):
            loss = _loss(pupil(*_padded([places[one] for one in batch])), torch.from_numpy(wanted[batch]), plan)
            for optimiser in (table, others):
                optimiser.param_groups[0]["lr"] = plan.rate * (1 - done / steps)
                optimiser.zero_grad()
            torch.autograd.backward(loss)
            table.step()  # type: ignore[no-untyped-call]
            others.step()
            done += 1
            losses.append(loss.item())
        _LOG.info("epoch %d of %d: loss %.4f", epoch + 1, plan.epochs, np.mean(losses))
    return pupil.gate(manifest)


def write(gate: Gate, folder: Path) -> None:
    """Write manifest and weights; the table in 8-bit numbers, one scale per column."""
    folder.mkdir(parents=True, exist_ok=True)
    scale = _scale(gate.table)
    arrays = {name: getattr(gate, name) for name in LAYERS}
    arrays |= {"table": np.rint(gate.table / scale).astype(np.int8), "scale": scale.astype(np.float32)}
    (folder / WEIGHTS).write_bytes(packed(arrays))
    manifest = gate.manifest.model_copy(update={"weights_sha256": sha256_of(folder / WEIGHTS)})
    (folder / MANIFEST).write_text(manifest_text(_COMMENT, manifest), encoding="utf-8")


class _Pupil(nn.Module):
    """The gate as it learns; `nlp.classifying.gate` says the same in NumPy."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self._plan = plan
        self.table = nn.Embedding(1 << plan.bits, plan.columns, sparse=True)
        nn.init.normal_(self.table.weight, 0, 0.05)
        self.floor = nn.Parameter(torch.zeros(len(STRETCHES), plan.columns))
        self.hidden = nn.Linear(FEATURES * plan.columns, plan.units)
        self.answer = nn.Linear(plan.units, 1)
        nn.init.constant_(self.answer.bias, -3.0)

    def forward(self, places: Tensor, lengths: Tensor) -> Tensor:
        """Shape (texts,): log-odds; places have shape (texts, characters, 3), nought behind the text."""
        characters = places.shape[1]
        inside = (torch.arange(characters)[None] < lengths[:, None])[..., None]
        every = self.table(places).sum(2) * inside
        counted = lengths[:, None].clamp(min=FEWEST).float()
        sums = every.sum(1)
        found, width = [sums / counted, sums / counted.sqrt()], 1
        every = nn.functional.pad(every, (0, 0, 0, STRETCHES[-1]))
        for stretch, floor in zip(STRETCHES, self.floor, strict=True):
            while width < stretch:
                every, width = every[:, :-width] + every[:, width:], width * 2
            found.append(torch.relu((every[:, :characters] + floor).masked_fill(~inside, -1e9)).amax(1))
        answers: Tensor = self.answer(torch.relu(self.hidden(torch.cat(found, 1))))
        return answers[:, 0]

    def gate(self, manifest: GateManifest) -> Gate:
        """What was learned."""
        return Gate(
            manifest,
            table=_rounded(_array(self.table.weight)),
            floor=_array(self.floor),
            hidden=_array(self.hidden.weight.T),
            hidden_bias=_array(self.hidden.bias),
            answer=_array(self.answer.weight[0]),
            answer_bias=_array(self.answer.bias),
        )


def _array(weights: Tensor) -> NDArray[np.float32]:
    return np.ascontiguousarray(weights.detach().numpy(), dtype=np.float32)


def _scale(table: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(np.maximum(np.abs(table).max(axis=0), _LEAST) / _STEPS, dtype=np.float32)


def _rounded(table: NDArray[np.float32]) -> NDArray[np.float32]:
    """As the file will have it, so that the threshold is set with the weights that are served."""
    scale = _scale(table)
    return np.asarray(np.rint(table / scale) * scale, dtype=np.float32)


def _soft(lesson: Lesson) -> float:
    margin = min(max(lesson.answer.margin, -_FLAT), _FLAT)
    said = float(1 / (1 + np.exp(-margin)))
    return max(said, _SURE) if lesson.wanted else said


def _loss(found: Tensor, wanted: Tensor, plan: Plan) -> Tensor:
    missed = nn.functional.binary_cross_entropy_with_logits(found, wanted, reduction="none")
    return (missed * torch.where(wanted > 0.5, plan.weight_of_wanted, 1.0)).mean()


def _places(content: str, bits: int) -> NDArray[np.int32]:
    return places_of(numbers_of(as_weighed(content)), bits).T.astype(np.int32)


def _batches(places: Sequence[NDArray[np.int32]], plan: Plan, order: np.random.Generator) -> Iterator[NDArray[np.intp]]:
    """Texts of about the same length together, in another order each time."""
    lengths = np.array([len(own) for own in places])
    by_length = np.argsort(lengths + order.uniform(0, 50, len(lengths)), kind="stable")
    batches, begin = [], 0
    for end in range(1, len(by_length) + 1):
        if end == len(by_length) or (end + 1 - begin) * lengths[by_length[end]] > plan.batch_characters:
            batches.append(by_length[begin:end])
            begin = end
    for index in order.permutation(len(batches)):
        yield batches[index]


def _padded(places: Sequence[NDArray[np.int32]]) -> tuple[Tensor, Tensor]:
    lengths = np.array([len(own) for own in places])
    table = np.zeros((len(places), lengths.max(), 3), dtype=np.int32)
    for row, own in zip(table, places, strict=True):
        row[: len(own)] = own
    return torch.from_numpy(table), torch.from_numpy(lengths)
