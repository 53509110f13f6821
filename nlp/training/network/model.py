"""The neural reader in torch: an encoder that turns characters into vectors, and heads that answer from them."""

from pathlib import Path
from typing import NamedTuple

from torch import Tensor, nn

from nlp.network.vocabulary import PADDING
from nlp.training.network.encoder import load_encoder


class Encoder(nn.Module):
    """A pretrained encoder: our own, or any of Hugging Face's that reads single characters."""

    def __init__(self, folder: Path, *, dropout: float = 0.1) -> None:
        """Load the encoder of a folder; nothing is fetched."""
        super().__init__()
        self.encoder = load_encoder(folder)
        self.width = int(self.encoder.config.hidden_size)
        self.dropout = nn.Dropout(dropout)

    def forward(self, characters: Tensor) -> Tensor:
        """Shape (windows, characters, width) of (windows, characters)."""
        found = self.encoder(input_ids=characters, attention_mask=(characters != PADDING).long())
        vectors: Tensor = self.dropout(found.last_hidden_state)
        return vectors


class Answers(NamedTuple):
    """What the heads say of some windows, and why."""

    log_odds: Tensor
    """Shape (windows, heads)."""
    given: Tensor
    """Shape (windows, characters, heads): how much each character gave to an answer."""
    attention: Tensor
    """Shape (windows, characters, heads): where a head looked; sums to one over the characters."""


class Reader(nn.Module):
    """An encoder and one attention per head, so that every answer says which characters it comes from."""

    def __init__(self, encoder: Encoder, heads: int) -> None:
        """Heads look at the encoder's vectors (label attention, Mullenbach and others 2018) and at their maximum."""
        super().__init__()
        width = encoder.width
        self.encoder = encoder
        self.look = nn.Sequential(nn.Linear(width, width // 2), nn.Tanh(), nn.Linear(width // 2, heads, bias=False))
        self.say = nn.Linear(width, heads)
        self.most = nn.Linear(width, heads, bias=False)

    def forward(self, characters: Tensor) -> Answers:
        """What the heads say of windows of characters (windows, characters)."""
        vectors = self.encoder(characters)
        empty = (characters == PADDING).unsqueeze(-1)
        attention = self.look(vectors).masked_fill(empty, -1e4).softmax(dim=1)
        given = attention * self.say(vectors)
        most = vectors.masked_fill(empty, -1e4).amax(dim=1)
        return Answers(given.sum(dim=1) + self.most(most), given, attention)
