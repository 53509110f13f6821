"""The pretraining loop: resumable to the step, says how far it is and how long it will take.

The same on a CPU and on a GPU, where the corpus lies on the device, layers are compiled and plans are larger.
"""

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from nlp.network.vocabulary import Vocabulary
from nlp.training.network.encoder import load_encoder
from nlp.training.pretraining.corpus import CHARACTER, WORD_START, Tokens
from nlp.training.pretraining.model import EncoderSize, ReplacedTokenDetection, hide_words

_STATE, _LOG, _BESIDE = "state.pt", "progress.jsonl", "generator.pt"
_SAVE_EVERY_SECONDS = 300.0
_LOG_EVERY = 50
_SPREAD = 0.02
"""Standard deviation that the encoder's own initialisation has."""
_LONGER_FROM = 0.9
"""From this part of the way on windows are longer: positions beyond the first need little to be learned."""
_ALONE = 0.1
"""Share of the updates that a new generator has first, before an encoder that knows much reads what it makes up."""
_ALONE_RATE = 1.5e-3
_ALONE_WARM_UP = 50
"""Updates."""


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
    longer: int = 4
    """So many times as long are the last windows."""
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
        longer = self.longer if step / self.steps >= _LONGER_FROM else 1
        return max(1, self.batch // longer), self.window * longer


def pretrain(
    tokens: Tokens, start: NDArray[np.float32] | Path, vocabulary: Vocabulary, size: EncoderSize, plan: Plan, out: Path
) -> None:
    """Train or go on training in `out`; the encoder stands there afterwards in Hugging Face's form, in 16 bits.

    What it begins with, `start`, are vectors, one for each piece of the vocabulary, or the folder of an encoder of this
    size and vocabulary, with its generator if that was kept beside it.
    """
    out.mkdir(parents=True, exist_ok=True)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.manual_seed(0)
    model = ReplacedTokenDetection(len(vocabulary), size)
    # A generator that begins with the encoder knows as little as it; only a new one beside a kept encoder does not.
    knows = True
    if not (out / _STATE).exists():
        if isinstance(start, Path):
            knows = _go_on_from(model, start)
        else:
            _warm_start(model, start)
    model.to(device).train()
    if device.type == "cuda":
        model.compile_layers()
    optimiser = torch.optim.AdamW(model.parameters(), lr=plan.rate, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    first = _resume(model, optimiser, out)
    corpus = torch.from_numpy(np.asarray(tokens, dtype=np.int32)).to(device)
    if not knows:
        _teach_generator(model, corpus, plan)
    for step in _steps(model, optimiser, corpus, plan, first, out):
        _save(model, optimiser, step, out)
    nn.Module.half(model.encoder)
    model.encoder.save_pretrained(out / "encoder")
    torch.save({name: weights.half() for name, weights in model.beside().items()}, out / "encoder" / _BESIDE)
    vocabulary.write(out / "encoder")


def _steps(
    model: ReplacedTokenDetection,
    optimiser: torch.optim.AdamW,
    corpus: Tensor,
    plan: Plan,
    first: int,
    out: Path,
) -> Iterator[int]:
    """Train; yields the number of finished steps whenever it is time to save."""
    begun = saved = time.monotonic()
    sums, summed = torch.zeros(3, device=corpus.device), 0
    for step in range(first, plan.steps):
        for group in optimiser.param_groups:
            group["lr"] = plan.rate_at(step)
        sums += _step(model, optimiser, *_batch(corpus, plan, step))
        summed += 1
        now = time.monotonic()
        if (step + 1) % _LOG_EVERY == 0:
            _log(out, plan, step + 1, (sums / summed).tolist(), (time.monotonic() - begun) / (step + 1 - first))
            sums, summed = torch.zeros_like(sums), 0
        if now - saved > _SAVE_EVERY_SECONDS:
            yield step + 1
            saved = now
        if now - begun > plan.seconds:
            break
    yield step + 1 if plan.steps > first else first


def _step(model: ReplacedTokenDetection, optimiser: torch.optim.AdamW, tokens: Tensor, hidden: Tensor) -> Tensor:
    """Shape (3,): both losses and the share caught, still on the device: asking for them would wait for them."""
    with torch.autocast(tokens.device.type, dtype=torch.bfloat16):
        guessing, detecting, caught = model(tokens, hidden)
    optimiser.zero_grad(set_to_none=True)
    (guessing + detecting).backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimiser.step()
    return torch.stack([guessing, detecting, caught]).detach()


def _batch(corpus: Tensor, plan: Plan, step: int) -> tuple[Tensor, Tensor]:
    """The windows of a step are drawn by its number, so that a resumed run sees what it would have seen."""
    windows, length = plan.shape_at(step)
    begins = torch.from_numpy(np.random.default_rng(step).integers(0, len(corpus) - length, windows))
    part = corpus[begins.to(corpus.device)[:, None] + torch.arange(length, device=corpus.device)]
    dice = torch.Generator(corpus.device).manual_seed(step)
    return (part & int(CHARACTER)).long(), hide_words((part & int(WORD_START)) > 0, dice)


def _warm_start(model: ReplacedTokenDetection, vectors: NDArray[np.float32]) -> None:
    table = model.encoder.electra.embeddings.word_embeddings.weight
    with torch.no_grad():
        table[:, : vectors.shape[1]] = torch.from_numpy(vectors) * _SPREAD


def _go_on_from(model: ReplacedTokenDetection, folder: Path) -> bool:
    """Whether generator and encoder know as much as each other: not when the generator was not kept."""
    kept = (folder / _BESIDE).exists()
    beside = torch.load(folder / _BESIDE, map_location="cpu", weights_only=True) if kept else {}
    model.go_on_from(load_encoder(folder).state_dict(), beside)
    return kept


def _teach_generator(model: ReplacedTokenDetection, corpus: Tensor, plan: Plan) -> None:
    """What a poor generator makes up is found without thinking; an encoder would unlearn by it."""
    model.encoder.requires_grad_(False)
    own = [one for one in model.generator.parameters() if one.requires_grad]
    optimiser = torch.optim.AdamW(own, weight_decay=0.01, betas=(0.9, 0.98))
    for step in range(int(plan.steps * _ALONE)):
        for group in optimiser.param_groups:
            group["lr"] = _ALONE_RATE * min(1.0, (step + 1) / _ALONE_WARM_UP)
        with torch.autocast(corpus.device.type, dtype=torch.bfloat16):
            loss = model.guessing(*_batch(corpus, plan, step))
        optimiser.zero_grad(set_to_none=True)
        torch.autograd.backward(loss)
        optimiser.step()
    model.encoder.requires_grad_(True)


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


def _log(out: Path, plan: Plan, step: int, means: Sequence[float], seconds_a_step: float) -> None:
    record = {
        "step": step,
        "tokens": step * plan.window * plan.batch,
        "guessing": round(means[0], 4),
        "detecting": round(means[1], 4),
        "caught": round(means[2], 4),
        "tokens_a_second": round(plan.window * plan.batch / seconds_a_step),
        "minutes_left": round((plan.steps - step) * seconds_a_step / 60, 1),
    }
    with (out / _LOG).open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(record) + "\n")
