"""The neural reader in torch: a trunk that turns characters into vectors, clauses made of these, heads that answer."""

from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn

from nlp.network.vocabulary import PADDING
from nlp.training.network.dropout import ByteDropout
from nlp.training.network.encoder import load_encoder

_NEVER = -1e4


class Encoder(nn.Module):
    """The trunk that was pretrained: an encoder of our own, or any of Hugging Face's that reads single characters."""

    def __init__(self, folder: Path, *, width: int = 192) -> None:
        """Load the encoder of a folder; nothing is fetched."""
        super().__init__()
        self.width = width
        self.encoder = load_encoder(folder)
        self.narrow = nn.Linear(int(self.encoder.config.hidden_size), width)

    def forward(self, characters: Tensor, words: Tensor) -> Tensor:
        """Shape (windows, characters, width) of (windows, characters); words are for other trunks."""
        found = self.encoder(input_ids=characters, attention_mask=(characters != PADDING).long())
        return torch.relu(self.narrow(found.last_hidden_state))


class Answers(NamedTuple):
    """What the heads say."""

    texts: Tensor
    """Shape (texts, heads): log-odds."""
    clauses: Tensor
    """Shape (clauses, heads): log-odds."""


class Reader(nn.Module):
    """A trunk and what `nlp.network.clause_head.ClauseHead` makes of its vectors, in a form that can be trained."""

    def __init__(self, trunk: nn.Module, heads: int, *, dropout: float = 0.3) -> None:
        """`trunk` has a `width` and gives vectors of characters and words."""
        super().__init__()
        width = int(trunk.width)  # type: ignore[arg-type]
        self.trunk = trunk
        self.clause, self.clause_norm = nn.Linear(2 * width, width), nn.BatchNorm1d(width)
        self.near, self.near_norm = nn.Conv1d(width, width, 3, padding=1), nn.BatchNorm1d(width)
        self.answer, self.look, self.say = (nn.Linear(2 * width, heads) for _ in range(3))
        self.together = nn.Parameter(torch.ones(heads))
        self.dropout = ByteDropout(dropout)

    def forward(self, characters: Tensor, words: Tensor, owners: Tensor, sizes: Tensor) -> Answers:
        """What the heads say of texts cut into windows (windows, characters).

        `owners` has the shape of the windows: the number of the clause a character stands in, from one on, nought in
        none; `sizes` has shape (texts,): how many clauses each has, at least one.
        """
        vectors = self.trunk(characters, words)
        own = self.clause(self.dropout(_pooled(vectors, owners, int(sizes.sum()))))
        own = torch.relu(self.clause_norm(own))
        there = torch.arange(int(sizes.max()), device=sizes.device)[None] < sizes[:, None]
        table = own.new_zeros((*there.shape, own.shape[1]))
        table[there] = own
        near = torch.relu(self.near_norm(self.near(self.dropout(table).transpose(1, 2)))).transpose(1, 2)
        states = self.dropout(torch.cat([table, near.to(table.dtype)], dim=2))
        clauses, missing = self.answer(states), ~there[:, :, None]
        looks = self.look(states).float().masked_fill(missing, _NEVER).softmax(dim=1)
        together = torch.logsumexp(clauses.float().masked_fill(missing, _NEVER), dim=1) * self.together
        return Answers(together + (looks * self.say(states)).sum(dim=1), clauses[there])


def _pooled(vectors: Tensor, owners: Tensor, clauses: int) -> Tensor:
    """Shape (clauses, 2 × width): the strongest and the mean of every clause's characters."""
    inside = owners.reshape(-1) > 0
    rows = (owners.reshape(-1)[inside] - 1).long()
    flat = vectors.reshape(-1, vectors.shape[-1])[inside].float()
    strongest = flat.new_full((clauses, flat.shape[1]), _NEVER)
    strongest = strongest.scatter_reduce(0, rows[:, None].expand_as(flat), flat, "amax")
    sums = flat.new_zeros((clauses, flat.shape[1])).index_add(0, rows, flat)
    counts = torch.bincount(rows, minlength=clauses).clamp(min=1)
    return torch.cat([strongest, sums / counts[:, None]], dim=1)
