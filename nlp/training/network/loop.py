"""The training loop of the neural reader."""

import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel

from nlp.network.vocabulary import PADDING
from nlp.network.words import NO_WORD
from nlp.training.network.batches import Batch, BatchSize, Encoded, batches
from nlp.training.network.model import Answers, Encoder, Reader

_LOG = logging.getLogger(__name__)
_AVERAGE = 0.995
"""How slowly the kept weights follow the trained ones."""
_CLAUSES = 5.0
"""Weight of what clauses say beside what texts say: fewer of a clause's answers are yes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to train."""

    epochs: int = 8
    rate: float = 2e-3
    encoder_rate: float = 4e-4
    """Slower: it has learned before."""
    decay: float = 0.02
    warm_up: float = 0.06
    seed: int = 0
    hidden: float = 0.12
    """Share of the characters that are hidden at each reading, so that no single word decides."""
    batch: BatchSize = field(default_factory=BatchSize)


def train_reader(
    reader: Reader,
    encoded: Sequence[Encoded],
    targets: NDArray[np.float32],
    plan: Plan,
    *,
    mask: int,
    weights: NDArray[np.float32] | None = None,
) -> Reader:
    """Train on texts with targets of shape (texts, heads): 0 to 1, below nought where nobody knows.

    The first heads are those that the clauses' targets are for. `mask` is the number of a hidden character; `weights`,
    of shape (texts,), say how much each text and its clauses count, all alike when not given.

    Returns the averaged weights, ready to read.
    """
    torch.manual_seed(plan.seed)
    device = next(reader.parameters()).device
    order = np.random.default_rng(plan.seed)
    counted = torch.from_numpy(np.ones(len(targets), dtype=np.float32) if weights is None else weights).to(device)
    steps = sum(1 for _ in batches(encoded, size=plan.batch)) * plan.epochs
    optimiser = torch.optim.AdamW(_groups(reader, plan), weight_decay=plan.decay)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _share(step / steps, plan.warm_up))
    average = AveragedModel(reader, avg_fn=_follow, use_buffers=True)
    reader.train()
    for epoch in range(plan.epochs):
        losses = []
        for batch in batches(encoded, order=order, size=plan.batch):
            characters, words = _with_gaps(batch, plan.hidden, mask)
            with torch.autocast(device.type, dtype=torch.bfloat16):
                answers = reader(
                    characters.to(device), words.to(device), batch.owners.to(device), batch.sizes.to(device)
                )
            wanted = torch.from_numpy(targets[batch.texts]).to(device)
            loss = _loss(answers, wanted, batch, counted[batch.texts])
            optimiser.zero_grad(set_to_none=True)
            torch.autograd.backward(loss)
            nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            average.update_parameters(reader)
            losses.append(loss.item())
        _LOG.info("epoch %d of %d: loss %.4f", epoch + 1, plan.epochs, np.mean(losses))
    kept = average.module.eval()
    assert isinstance(kept, Reader)  # noqa: S101 - it averages what it was given
    return kept


def read(reader: Reader, encoded: Sequence[Encoded]) -> NDArray[np.float32]:
    """Shape (texts, heads): log-odds."""
    return np.stack([texts for texts, _ in read_clauses(reader, encoded)])


def read_clauses(
    reader: Reader, encoded: Sequence[Encoded], *, size: BatchSize | None = None
) -> list[tuple[NDArray[np.float32], NDArray[np.float32]]]:
    """Of every text its log-odds, shape (heads,), and those of its clauses, shape (clauses, heads)."""
    device = next(reader.parameters()).device
    rows: dict[int, tuple[NDArray[np.float32], NDArray[np.float32]]] = {}
    with torch.inference_mode(), torch.autocast(device.type, dtype=torch.bfloat16, enabled=device.type == "cuda"):
        for batch in batches(encoded, size=size or BatchSize()):
            given = (batch.characters, batch.words, batch.owners, batch.sizes)
            found = reader(*(one.to(device) for one in given))
            clauses = np.split(found.clauses.float().cpu().numpy(), np.cumsum(batch.sizes.numpy())[:-1])
            texts = found.texts.float().cpu().numpy()
            rows.update(zip(batch.texts.tolist(), zip(texts, clauses, strict=True), strict=True))
    return [rows[one.text] for one in encoded]


def _loss(answers: Answers, texts: Tensor, batch: Batch, weights: Tensor) -> Tensor:
    """`texts` are the targets of the batch's texts, `weights`, of shape (texts,), how much each counts."""
    clauses = batch.targets.to(weights.device).float()
    by_clause = weights.repeat_interleave(batch.sizes.to(weights.device))
    told = answers.clauses[:, : clauses.shape[1]]
    return _missed(answers.texts, texts, weights) + _CLAUSES * _missed(told, clauses, by_clause)


def _missed(answers: Tensor, wanted: Tensor, weights: Tensor) -> Tensor:
    known = wanted >= 0
    counted = weights[:, None].expand_as(wanted)[known]
    return nn.functional.binary_cross_entropy_with_logits(answers.float()[known], wanted[known], weight=counted)


def _with_gaps(batch: Batch, share: float, mask: int) -> tuple[Tensor, Tensor]:
    hidden = (torch.rand(batch.characters.shape) < share) & (batch.characters != PADDING)
    return batch.characters.masked_fill(hidden, mask), batch.words.masked_fill(hidden, NO_WORD)


def _follow(kept: Tensor, new: Tensor, count: Tensor | int) -> Tensor:
    """Moves kept weights towards new ones, faster at first, so that the untrained ones are soon forgotten."""
    if not kept.is_floating_point():
        return new
    return torch.lerp(kept, new, 1 - min(_AVERAGE, float((1 + count) / (10 + count))))


def _groups(reader: Reader, plan: Plan) -> list[dict[str, object]]:
    encoder = list(reader.trunk.encoder.parameters()) if isinstance(reader.trunk, Encoder) else []
    known = {id(parameter) for parameter in encoder}
    others = [parameter for parameter in reader.parameters() if id(parameter) not in known]
    return [{"params": encoder, "lr": plan.encoder_rate}, {"params": others, "lr": plan.rate}]


def _share(done: float, warm_up: float) -> float:
    """Of the full rate: up in a straight line, down in half a cosine."""
    return done / warm_up if done < warm_up else 0.5 * (1 + math.cos(math.pi * (done - warm_up) / (1 - warm_up)))
