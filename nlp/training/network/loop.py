"""The training loop of the neural reader."""

import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel

from nlp.network.vocabulary import PADDING
from nlp.training.network.batches import Batch, Encoded, batches
from nlp.training.network.model import Reader

_LOG = logging.getLogger(__name__)
_AVERAGE = 0.995
"""How slowly the kept weights follow the trained ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to train."""

    epochs: int = 5
    rate: float = 1e-3
    encoder_rate: float = 4e-4
    """Slower: it has learned before."""
    decay: float = 0.01
    warm_up: float = 0.1
    seed: int = 0
    hidden: float = 0.1
    """Share of the characters that are hidden at each reading, so that no single word decides."""
    marking: float = 0.05
    """Weight of looking where people marked the evidence, beside answering rightly."""


def train_reader(
    reader: Reader, encoded: Sequence[Encoded], targets: NDArray[np.float32], plan: Plan, *, mask: int
) -> nn.Module:
    """Train on texts with targets of shape (texts, heads): 0 to 1, below nought where nobody knows.

    `mask` is the number of a hidden character.

    Returns the averaged weights, ready to read.
    """
    torch.manual_seed(plan.seed)
    device = next(reader.parameters()).device
    order = np.random.default_rng(plan.seed)
    steps = sum(1 for _ in batches(encoded)) * plan.epochs
    optimiser = torch.optim.AdamW(_groups(reader, plan), weight_decay=plan.decay, betas=(0.9, 0.98), fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _share(step / steps, plan.warm_up))
    average = AveragedModel(reader, avg_fn=_follow)
    reader.train()
    for epoch in range(plan.epochs):
        losses = []
        for batch in batches(encoded, order=order):
            with torch.autocast(device.type, dtype=torch.bfloat16):
                answers = reader(_with_gaps(batch.characters, plan.hidden, mask).to(device))
            wanted = torch.from_numpy(targets[batch.texts]).to(device)
            loss = _missed(_strongest(answers.log_odds, batch), wanted)
            loss = loss + plan.marking * _overlooked(answers.attention, batch)
            optimiser.zero_grad(set_to_none=True)
            torch.autograd.backward(loss)
            nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            average.update_parameters(reader)
            losses.append(loss.item())
        _LOG.info("epoch %d of %d: loss %.4f", epoch + 1, plan.epochs, np.mean(losses))
    return average.module.eval()


def read(reader: nn.Module, encoded: Sequence[Encoded]) -> NDArray[np.float32]:
    """Shape (texts, heads): log-odds."""
    device = next(reader.parameters()).device
    rows: dict[int, NDArray[np.float32]] = {}
    with torch.inference_mode():
        for batch in batches(encoded):
            found = _strongest(reader(batch.characters.to(device)).log_odds, batch)
            rows.update(zip(batch.texts, found.cpu().numpy(), strict=True))
    return np.stack([rows[index] for index in range(len(encoded))])


def _strongest(found: Tensor, batch: Batch) -> Tensor:
    """Shape (texts of the batch, heads): of every head the strongest of the text's windows."""
    owners = batch.owners.to(found.device).unsqueeze(1).expand_as(found)
    strongest = torch.full((len(batch.texts), found.shape[1]), -torch.inf, device=found.device)
    return strongest.scatter_reduce(0, owners, found.float(), "amax")


def _with_gaps(characters: Tensor, share: float, mask: int) -> Tensor:
    drawn = torch.rand(characters.shape) < share
    return characters.masked_fill(drawn & (characters != PADDING), mask)


def _missed(answers: Tensor, wanted: Tensor) -> Tensor:
    known = wanted >= 0
    return nn.functional.binary_cross_entropy_with_logits(answers[known], wanted[known])


def _overlooked(attention: Tensor, batch: Batch) -> Tensor:
    """How little a head looks at what was marked for it, as the mean of -log of the share it gives to it."""
    marked = torch.zeros(attention.shape, dtype=torch.bool)
    for row, mark in batch.marks:
        marked[row, mark.start : mark.end, mark.head] = True
    marked = marked.to(attention.device)
    share = (attention * marked).float().sum(dim=1)[marked.any(dim=1)]
    return -share.clamp(1e-6, 1.0).log().mean() if len(share) else share.sum()


def _follow(kept: Tensor, new: Tensor, count: Tensor | int) -> Tensor:
    """Moves kept weights towards new ones, faster at first, so that the untrained ones are soon forgotten."""
    return torch.lerp(kept, new, 1 - min(_AVERAGE, float((1 + count) / (10 + count))))


def _groups(reader: Reader, plan: Plan) -> list[dict[str, object]]:
    encoder = list(reader.encoder.parameters())
    known = {id(parameter) for parameter in encoder}
    heads = [parameter for parameter in reader.parameters() if id(parameter) not in known]
    return [{"params": encoder, "lr": plan.encoder_rate}, {"params": heads, "lr": plan.rate}]


def _share(done: float, warm_up: float) -> float:
    """Of the full rate: up in a straight line, down in half a cosine."""
    return done / warm_up if done < warm_up else 0.5 * (1 + math.cos(math.pi * (done - warm_up) / (1 - warm_up)))
