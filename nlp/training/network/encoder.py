"""The encoder of our own: ELECTRA's, with a look at the neighbouring characters before the first layer.

A Chinese character alone says little, its neighbours make the word. Attention needs tens of millions of characters to
find that out; a convolution has it after a few hundred thousand (docs/performance.md).
"""

from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel, ElectraConfig, ElectraModel, ElectraPreTrainedModel, PreTrainedModel

from nlp.network.vocabulary import PADDING

_REACH = 3
"""Characters that the convolution sees at once."""


class NearElectra(ElectraPreTrainedModel):
    """Characters in, a vector for each out; saved and loaded in Hugging Face's form."""

    config_class = ElectraConfig

    def __init__(self, config: ElectraConfig) -> None:
        """Initialise at random."""
        super().__init__(config)
        self.electra = ElectraModel(config)
        self.near = nn.Conv1d(config.embedding_size, config.embedding_size, _REACH, padding=_REACH // 2)
        self.post_init()  # type: ignore[no-untyped-call]

    def composed(self, characters: Tensor) -> Tensor:
        """Shape (windows, characters, width): every character's vector with what its neighbours make of it.

        Padding is nothing: a text is read alike whatever longer text stands beside it.
        """
        there = (characters != PADDING).unsqueeze(-1)
        alone = self.electra.embeddings.word_embeddings(characters) * there
        together: Tensor = nn.functional.gelu(self.near(alone.transpose(1, 2))).transpose(1, 2)
        return torch.add(alone, together)

    def forward(self, input_ids: Tensor, attention_mask: Tensor | None = None) -> Any:
        """As any of Hugging Face's encoders: `last_hidden_state` has shape (windows, characters, width)."""
        return self.electra(inputs_embeds=self.composed(input_ids), attention_mask=attention_mask)


def load_encoder(folder: Path) -> PreTrainedModel:
    """The encoder of a folder: one of ours, or any of Hugging Face's; nothing is fetched.

    Without dropout inside: hiding characters does its work in half the time.
    """
    config = AutoConfig.from_pretrained(folder, local_files_only=True)
    config.hidden_dropout_prob = config.attention_probs_dropout_prob = 0.0
    ours = config.architectures == [NearElectra.__name__]
    loader = NearElectra if ours else AutoModel
    # The plain attention trains twice as fast as the fused one on a CPU; on a GPU the fused one does.
    attention = "sdpa" if torch.cuda.is_available() else "eager"
    loaded: PreTrainedModel = loader.from_pretrained(
        folder, config=config, local_files_only=True, attn_implementation=attention
    )
    nn.Module.float(loaded)
    return loaded
