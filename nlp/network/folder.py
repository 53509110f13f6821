"""The folder of a network: its trunk, its head, its alphabet and its words, and which files belong together."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from nlp.manifests import read_manifest
from nlp.network.clause_head import load_clause_head
from nlp.network.reader import NetworkReader, open_session
from nlp.network.vocabulary import FILE_NAME as VOCABULARY
from nlp.network.vocabulary import read_vocabulary
from nlp.network.words import FILE_NAME as WORDS
from nlp.network.words import words_of_file

TRUNK, HEAD = "trunk.onnx", "head.npz"
SUMS = {
    TRUNK: "trunk_sha256",
    HEAD: "head_sha256",
    VOCABULARY: "vocabulary_sha256",
    WORDS: "words_sha256",
}
"""Of every file the field of the manifest that holds its checksum."""


class NetworkManifest(BaseModel):
    """What a network is called, and its files' checksums."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: str
    trunk_sha256: str
    head_sha256: str
    vocabulary_sha256: str
    words_sha256: str


def load_network(folder: Path) -> tuple[NetworkManifest, NetworkReader]:
    """The network of a folder.

    Raises:
        ModelError: when a file is missing, or is not the one that the manifest names.
    """
    manifest, contents = read_manifest(folder, NetworkManifest, SUMS)
    return manifest, NetworkReader(
        session=open_session(contents[TRUNK]),
        vocabulary=read_vocabulary(folder),
        words=words_of_file(contents[WORDS]),
        head=load_clause_head(contents[HEAD]),
    )
