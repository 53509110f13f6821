"""Replaced-token detection (Clark and others 2020): a small generator lies, the encoder finds out where.

Every position teaches, not only the hidden ones: the most that little text and little time can buy.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoConfig, ElectraConfig, ElectraForMaskedLM
from transformers.models.electra.modeling_electra import ElectraDiscriminatorPredictions

from domain.failures.errors import ConfigError
from nlp.network.vocabulary import MASK, PADDING
from nlp.training.network.encoder import NearElectra

_ENCODER = "encoder."
_HIDDEN_SHARE = 0.18
_DETECTION_WEIGHT = 50.0
"""Of the paper: finding replacements is a far easier loss than guessing characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderSize:
    """How large an encoder is."""

    layers: int = 4
    width: int = 256
    heads: int = 4
    positions: int = 512


def size_of(folder: Path) -> EncoderSize:
    """How large the encoder of a folder is.

    Raises:
        ConfigError: when there is none, or none of ours, which alone can be pretrained further.
    """
    try:
        config = AutoConfig.from_pretrained(folder, local_files_only=True)
    except (OSError, ValueError) as exc:
        raise ConfigError(f"{folder} 里没有编码器: {exc}") from exc
    if config.architectures != [NearElectra.__name__]:
        raise ConfigError(f"{folder} 不是本项目的编码器, 不能接着预训练")
    return EncoderSize(
        layers=config.num_hidden_layers,
        width=config.hidden_size,
        heads=config.num_attention_heads,
        positions=config.max_position_embeddings,
    )


class ReplacedTokenDetection(nn.Module):
    """Generator and encoder with shared character vectors."""

    def __init__(self, vocabulary: int, size: EncoderSize) -> None:
        """Initialise both at random."""
        super().__init__()
        self.encoder = NearElectra(_config(vocabulary, size))
        self.detector = ElectraDiscriminatorPredictions(self.encoder.config)
        small = EncoderSize(layers=2, width=size.width // 2, heads=max(1, size.heads // 2), positions=size.positions)
        self.generator = ElectraForMaskedLM(_config(vocabulary, small, embedding=size.width))
        self.generator.electra.embeddings = self.encoder.electra.embeddings
        self.generator.tie_weights()

    def compile_layers(self) -> None:
        """Let torch make kernels of both stacks of layers: on a GPU twice as fast, after a minute of compiling."""
        self.encoder.electra.encoder.compile()
        self.generator.electra.encoder.compile()

    def forward(self, tokens: Tensor, hidden: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """The generator's loss, the encoder's loss, and the share of replaced characters it found.

        `tokens` and `hidden` have shape (windows, characters); `hidden` says which to hide.
        """
        scores = self._guesses(tokens, hidden)
        guessing = nn.functional.cross_entropy(scores, tokens[hidden])
        shown = tokens.clone()
        with torch.no_grad():
            shown[hidden] = _drawn(scores)
        replaced = shown != tokens
        found = self.detector(self.encoder(shown).last_hidden_state).float()
        detecting = nn.functional.binary_cross_entropy_with_logits(found, replaced.float())
        caught = ((found > 0) & replaced).sum() / replaced.sum().clamp(min=1)
        return guessing, _DETECTION_WEIGHT * detecting, caught

    def guessing(self, tokens: Tensor, hidden: Tensor) -> Tensor:
        """The generator's loss alone, at less than a third of the cost."""
        return nn.functional.cross_entropy(self._guesses(tokens, hidden), tokens[hidden])

    def beside(self) -> dict[str, Tensor]:
        """What only pretraining needs: the weights of generator and detector, without what the encoder shares."""
        return {name: value.detach() for name, value in self.named_parameters() if not name.startswith(_ENCODER)}

    def go_on_from(self, encoder: Mapping[str, Tensor], beside: Mapping[str, Tensor]) -> None:
        """Take the weights of an encoder, and of what stood beside it where that was kept."""
        self.encoder.load_state_dict(encoder)
        if beside:
            self.load_state_dict(beside, strict=False)

    def _guesses(self, tokens: Tensor, hidden: Tensor) -> Tensor:
        """Shape (hidden characters, vocabulary)."""
        seen = self.encoder.composed(tokens.masked_fill(hidden, MASK))
        asked = self.generator.electra(inputs_embeds=seen).last_hidden_state[hidden]
        scores: Tensor = self.generator.generator_lm_head(self.generator.generator_predictions(asked))
        return scores.float()


def _drawn(scores: Tensor) -> Tensor:
    """One character for each row of scores, by its probability."""
    reached = scores.softmax(-1).cumsum(-1)
    drawn = torch.rand(len(scores), 1, device=scores.device) * reached[:, -1:]
    return torch.searchsorted(reached, drawn).squeeze(1).clamp(max=scores.shape[1] - 1)


def hide_words(starts: Tensor, generator: torch.Generator) -> Tensor:
    """True for every character of the words drawn; `starts` (windows, characters) says where words begin."""
    words = starts.cumsum(1)
    drawn = torch.rand(starts.shape[0], starts.shape[1] + 1, generator=generator, device=starts.device) < _HIDDEN_SHARE
    return drawn.gather(1, words)


def _config(vocabulary: int, size: EncoderSize, *, embedding: int | None = None) -> ElectraConfig:
    config = ElectraConfig(
        vocab_size=vocabulary,
        embedding_size=embedding or size.width,
        hidden_size=size.width,
        num_hidden_layers=size.layers,
        num_attention_heads=size.heads,
        intermediate_size=size.width * 4,
        max_position_embeddings=size.positions,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        pad_token_id=PADDING,
    )
    # Half again as fast as the fused kernel at 128 characters on a CPU; a GPU is the other way round.
    config._attn_implementation = "sdpa" if torch.cuda.is_available() else "eager"
    return config
