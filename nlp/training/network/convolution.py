"""The trunk that needs no pretraining but word vectors: convolutions over characters and the words they stand in."""

import torch
from torch import Tensor, nn

from nlp.network.vocabulary import PADDING
from nlp.training.network.dropout import ByteDropout

_CHARACTER = 96
"""Width of a character's own vector."""


class WordConvolution(nn.Module):
    """Characters and words in, a vector for each character out."""

    def __init__(self, characters: int, vectors: Tensor, *, width: int = 192, dropout: float = 0.3) -> None:
        """`characters` is the size of the alphabet; `vectors`, one for each word, stay as they are."""
        super().__init__()
        self.width = width
        self.character = nn.Embedding(characters, _CHARACTER, padding_idx=PADDING)
        with torch.no_grad():
            self.character.weight[PADDING + 1 :].normal_(0, 0.3)
        scale = vectors.abs().amax(dim=1, keepdim=True).clamp(min=1e-6) / 127
        self.register_buffer("vectors", torch.round(vectors / scale).to(torch.int8))
        self.register_buffer("scale", scale.float())
        self.word = nn.Linear(vectors.shape[1], width)
        self.first = nn.Conv1d(_CHARACTER, width, 3, padding=1)
        self.more = nn.ModuleList(nn.Conv1d(width, width, 3, padding=reach, dilation=reach) for reach in (1, 2))
        self.norms = nn.ModuleList(nn.BatchNorm1d(width) for _ in range(3))
        self.dropout = ByteDropout(dropout)

    def forward(self, characters: Tensor, words: Tensor) -> Tensor:
        """Shape (windows, characters, width) of two tables (windows, characters).

        Padding is nothing: a text is read alike whatever longer text stands beside it.
        """
        empty = (characters == PADDING).unsqueeze(1)
        known = self.get_buffer("vectors")[words].float() * self.get_buffer("scale")[words]
        both = self.first(self.character(characters).transpose(1, 2)) + self.word(self.dropout(known)).transpose(1, 2)
        found: Tensor = torch.relu(self.norms[0](both)).masked_fill(empty, 0)
        for convolution, norm in zip(self.more, self.norms[1:], strict=True):
            found = (found + torch.relu(norm(convolution(self.dropout(found))))).masked_fill(empty, 0)
        return found.transpose(1, 2)
