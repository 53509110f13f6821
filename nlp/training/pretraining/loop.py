"""The pretraining loop: resumable to the step, says how far it is and how long it will take."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from nlp.network.vocabulary import Vocabulary
from nlp.training.pretraining.corpus import CHARACTER, WORD_START, Tokens
from nlp.training.pretraining.embeddings import neighbour_vectors
from nlp.training.pretraining.model import EncoderSize, ReplacedTokenDetection, hide_words

_STATE, _LOG = "state.pt", "progress.jsonl"
_SAVE_EVERY_SECONDS = 300.0
_LOG_EVERY = 50
_SPREAD = 0.02
"""Standard deviation that the encoder's own initialisation has."""
_LONGER_FROM = 0.9
"""From this part of the way on windows are four times as long: positions beyond the first need little to be learned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How long and how fast to train."""

    tokens: int
    """Characters to see in all, over every resumption."""
    window: int = 128
    batch: int = 64
    rate: float = 7e-4
    warm_up: float = 0.04
    """Share of the way on which the rate rises."""
    cool_down: float = 0.35
    """Share of the way on which it falls; between the two it stays, so that a longer plan can take up a shorter one."""
    seconds: float = float("inf")
    """Stop after so long, to go on another time."""

    @property
    def steps(self) -> int:
        """Updates in all."""
        return self.tokens // (self.window * self.batch)

    def rate_at(self, step: int) -> float:
        """Up in a straight line, level, then down to nothing in a straight line."""
        done = step / self.steps
        return self.rate * min(done / self.warm_up, 1.0, (1 - done) / self.cool_down)

    def shape_at(self, step: int) -> tuple[int, int]:
        """Windows and characters of a batch; as many characters in every batch."""
        longer = 4 if step / self.steps >= _LONGER_FROM else 1
        return max(1, self.batch // longer), self.window * longer


def pretrain(tokens: Tokens, vocabulary: Vocabulary, size: EncoderSize, plan: Plan, out: Path) -> None:
    """Train or go on training in `out`; the encoder stands there afterwards in Hugging Face's form, in 16 bits."""
    out.mkdir(parents=True, exist_ok=True)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.manual_seed(0)
    model = ReplacedTokenDetection(len(vocabulary), size)
    if not (out / _STATE).exists():
        _warm_start(model, tokens, len(vocabulary), size.width)
    model.to(device).train()
    optimiser = torch.optim.AdamW(model.parameters(), lr=plan.rate, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    first = _resume(model, optimiser, out)
    for step in _steps(model, optimiser, tokens, plan, first, device, out):
        _save(model, optimiser, step, out)
    nn.Module.half(model.encoder)
    model.encoder.save_pretrained(out / "encoder")
    vocabulary.write(out / "encoder")


def _steps(
    model: ReplacedTokenDetection,
    optimiser: torch.optim.AdamW,
    tokens: Tokens,
    plan: Plan,
    first: int,
    device: torch.device,
    out: Path,
) -> Iterator[int]:
    """Train; yields the number of finished steps whenever it is time to save."""
    begun = saved = time.monotonic()
    sums, summed = np.zeros(3), 0
    for step in range(first, plan.steps):
        for group in optimiser.param_groups:
            group["lr"] = plan.rate_at(step)
        sums += _step(model, optimiser, *_batch(tokens, plan, step, device))
        summed += 1
        now = time.monotonic()
        if (step + 1) % _LOG_EVERY == 0:
            _log(out, plan, step + 1, sums / summed, (now - begun) / (step + 1 - first))
            sums, summed = np.zeros(3), 0
        if now - saved > _SAVE_EVERY_SECONDS:
            yield step + 1
            saved = now
        if now - begun > plan.seconds:
            break
    yield step + 1 if plan.steps > first else first


def _step(
    model: ReplacedTokenDetection, optimiser: torch.optim.AdamW, tokens: Tensor, hidden: Tensor
) -> tuple[float, float, float]:
    with torch.autocast(tokens.device.type, dtype=torch.bfloat16):
        guessing, detecting, caught = model(tokens, hidden)
    optimiser.zero_grad(set_to_none=True)
    (guessing + detecting).backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimiser.step()
    return guessing.item(), detecting.item(), caught.item()


def _batch(tokens: Tokens, plan: Plan, step: int, device: torch.device) -> tuple[Tensor, Tensor]:
    """The windows of a step are drawn by its number, so that a resumed run sees what it would have seen."""
    windows, length = plan.shape_at(step)
    begins = np.random.default_rng(step).integers(0, len(tokens) - length, windows)
    part = tokens[begins[:, None] + np.arange(length)]
    hidden = hide_words(torch.from_numpy((part & WORD_START) > 0), torch.Generator().manual_seed(step))
    numbers = torch.from_numpy((part & CHARACTER).astype(np.int64))
    return numbers.to(device), hidden.to(device)


def _warm_start(model: ReplacedTokenDetection, tokens: Tokens, size: int, width: int) -> None:
    table = model.encoder.electra.embeddings.word_embeddings.weight
    vectors = torch.from_numpy(neighbour_vectors(tokens & CHARACTER, size, width)) * _SPREAD
    with torch.no_grad():
        table[:, : vectors.shape[1]] = vectors


def _resume(model: ReplacedTokenDetection, optimiser: torch.optim.AdamW, out: Path) -> int:
    if not (out / _STATE).exists():
        return 0
    state = torch.load(out / _STATE, map_location="cpu", weights_only=True)
    model.load_state_dict(state["model"])
    optimiser.load_state_dict(state["optimiser"])
    return int(state["step"])


def _save(model: ReplacedTokenDetection, optimiser: torch.optim.AdamW, step: int, out: Path) -> None:
    """Write beside the old state and rename, so that a kill in the middle leaves one of the two."""
    part = out / f"{_STATE}.part"
    torch.save({"model": model.state_dict(), "optimiser": optimiser.state_dict(), "step": step}, part)
    part.replace(out / _STATE)


def _log(out: Path, plan: Plan, step: int, means: np.ndarray, seconds_a_step: float) -> None:
    record = {
        "step": step,
        "tokens": step * plan.window * plan.batch,
        "guessing": round(float(means[0]), 4),
        "detecting": round(float(means[1]), 4),
        "caught": round(float(means[2]), 4),
        "tokens_a_second": round(plan.window * plan.batch / seconds_a_step),
        "minutes_left": round((plan.steps - step) * seconds_a_step / 60, 1),
    }
    with (out / _LOG).open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(record) + "\n")
