"""What was learned about names and roles: one file of weights, with a manifest that people may review and change."""

from dataclasses import dataclass
from functools import cache, cached_property
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from nlp.feature_weights import FeatureWeights, packed_weights, unpacked_weights
from nlp.hardship import REACH, HardshipReader
from nlp.manifests import digest_of, read_manifest
from nlp.ngrams import NgramWeights, joined, parted

SHIPPED = Path(__file__).parent / "models" / "mentions"
WEIGHTS = "weights.npz"


class MentionManifest(BaseModel):
    """What the weights are, and where the decisions lie."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: str
    trained_on: str
    data_sha256: tuple[str, ...]
    weights_sha256: str
    name_threshold: float
    """Log-odds from which a candidate is a name."""
    official_weight: float
    """Multiplies the odds of the official: to offer somebody who serves is worse than another slip."""


@dataclass(frozen=True)
class MentionModels:
    """The models of names and roles."""

    manifest: MentionManifest
    names: FeatureWeights
    roles: FeatureWeights
    """Answers are the members of `PersonRole` in their order."""
    hardship: HardshipReader

    @cached_property
    def version(self) -> str:
        """Name of the weights, and of the decisions that may have been reviewed since."""
        return f"{self.manifest.version}-{digest_of(self.manifest)}"


@cache
def load_mention_models(folder: Path = SHIPPED) -> MentionModels:
    """The models of a folder, read once a process.

    Raises:
        ModelError: when a file is missing, or is not the one that the manifest names.
    """
    manifest, contents = read_manifest(folder, MentionManifest, {WEIGHTS: "weights_sha256"})
    with np.load(BytesIO(contents[WEIGHTS]), allow_pickle=False) as arrays:
        ngrams = NgramWeights(
            vocabulary=parted(arrays["hardship_vocabulary"].tobytes()),
            idf=arrays["hardship_idf"].astype(np.float32),
            weights=arrays["hardship_weights"].astype(np.float32),
            reach=REACH,
        )
        return MentionModels(
            manifest=manifest,
            names=unpacked_weights("names", arrays),
            roles=unpacked_weights("roles", arrays),
            hardship=HardshipReader(ngrams, float(arrays["hardship_bias"][0])),
        )


def arrays_of(models: MentionModels) -> dict[str, NDArray[np.generic]]:
    """The models as the arrays of their file."""
    ngrams = models.hardship.ngrams
    return {
        **packed_weights("names", models.names),
        **packed_weights("roles", models.roles),
        "hardship_vocabulary": np.frombuffer(joined(ngrams.vocabulary), dtype=np.uint8),
        "hardship_idf": ngrams.idf.astype(np.float16),
        "hardship_weights": ngrams.weights.astype(np.float16),
        "hardship_bias": np.array([models.hardship.bias], dtype=np.float32),
    }
