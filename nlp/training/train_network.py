"""Trains the network on labelled texts and writes its folder."""

import hashlib
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch

from nlp.clause_model import NAMES
from nlp.manifests import MANIFEST
from nlp.network.folder import HEAD, SUMS, TRUNK, NetworkManifest, load_network
from nlp.network.reader import NetworkReader
from nlp.network.vocabulary import Vocabulary, make_vocabulary, read_vocabulary
from nlp.network.words import Words
from nlp.training.heads import ANY_RISK, targets_of
from nlp.training.labelled_texts import LabelledText, weights_of
from nlp.training.manifest_text import manifest_text, sha256_of
from nlp.training.network.batches import encode_texts
from nlp.training.network.convolution import WordConvolution
from nlp.training.network.export import head_content, trunk_content
from nlp.training.network.loop import Plan, train_reader
from nlp.training.network.model import Encoder, Reader
from nlp.training.pretraining.words import read_word_vectors
from nlp.training.train_clauses import MarkedClauses

SHIPPED_WORDS = Path(__file__).parent / "words"
"""Word vectors that a county's own training begins with."""
_COMMENT = "The network: which files belong together."
_EXAMPLES = 150
"""Texts on which the ranges of an encoder's 8-bit numbers are fixed."""
_FEWEST = 3
"""A character in the labelled texts less often than this is unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What a network is made of."""

    plan: Plan = field(default_factory=Plan)
    words: Path = SHIPPED_WORDS
    encoder: Path | None = None
    """A pretrained encoder as the trunk, in place of the convolution over words."""

    def fit(self, texts: Sequence[LabelledText], names: Sequence[str], marked: MarkedClauses) -> "Trained":
        """A network of these texts; `marked` are their clauses.

        Its heads are those of `names`, the ones that clauses speak for first.
        """
        names = heads_in_order(names)
        torch.manual_seed(self.plan.seed)
        contents = [text.content for text in texts]
        vocabulary = read_vocabulary(self.encoder) if self.encoder else make_vocabulary(contents, least=_FEWEST)
        words, reader = self._untrained(vocabulary, len(names))
        encoded = encode_texts(contents, marked, vocabulary, words)
        targets = targets_of(texts, names).astype(np.float32)
        trained = train_reader(reader, encoded, targets, self.plan, mask=vocabulary.mask, weights=weights_of(texts))
        examples = [window for one in encoded[:: max(1, len(encoded) // _EXAMPLES)] for window in one.windows]
        with tempfile.TemporaryDirectory() as folder:
            return Trained(trunk_content(trained, Path(folder), examples), head_content(trained), vocabulary, words)

    def _untrained(self, vocabulary: Vocabulary, heads: int) -> tuple[Words, Reader]:
        if self.encoder:
            return Words(()), Reader(Encoder(self.encoder), heads)
        words, vectors = read_word_vectors(self.words)
        return words, Reader(WordConvolution(len(vocabulary), torch.from_numpy(vectors)), heads)


def heads_in_order(names: Sequence[str]) -> tuple[str, ...]:
    """The heads as a network has them: those that clauses speak for, any risk, the rest."""
    first = (*NAMES, ANY_RISK)
    return (*first, *(name for name in names if name not in first))


@dataclass(frozen=True, slots=True)
class Trained:
    """A trained network's files."""

    trunk: bytes
    head: bytes
    vocabulary: Vocabulary
    words: Words

    @property
    def version(self) -> str:
        """Name of the weights."""
        return f"network-{hashlib.sha256(self.trunk + self.head).hexdigest()[:8]}"

    def reader(self) -> NetworkReader:
        """The network as it is served."""
        with tempfile.TemporaryDirectory() as folder:
            self.write(Path(folder))
            return load_network(Path(folder))[1]

    def write(self, folder: Path) -> None:
        """Write the folder that `load_network` reads."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / TRUNK).write_bytes(self.trunk)
        (folder / HEAD).write_bytes(self.head)
        self.words.write(folder)
        self.vocabulary.write(folder)
        sums = {field: sha256_of(folder / name) for name, field in SUMS.items()}
        manifest = NetworkManifest(version=self.version, **sums)
        (folder / MANIFEST).write_text(manifest_text(_COMMENT, manifest), encoding="utf-8")
