"""Dropout that draws eight places with one random number: torch's own draws took a third of the training time."""

import torch
from torch import Tensor, nn

_STEPS = 256
_PLACES = 8
"""Bytes of one 64-bit number."""


class ByteDropout(nn.Module):
    """Drops a share of what it reads while training, in steps of 1/256, and makes the rest as much stronger."""

    def __init__(self, share: float) -> None:
        """`share` is that of the values dropped, at least 0 and below 1."""
        super().__init__()
        self.least = round(share * _STEPS)

    def forward(self, given: Tensor) -> Tensor:
        """The same shape; while reading, the same values."""
        if not self.training or not self.least:
            return given
        drawn = torch.empty(-(-given.numel() // _PLACES), dtype=torch.int64, device=given.device)
        drawn.random_(torch.iinfo(torch.int64).min, None)
        kept = drawn.view(torch.uint8)[: given.numel()].view(given.shape) >= self.least
        return given * kept.to(given.dtype).mul_(_STEPS / (_STEPS - self.least))
