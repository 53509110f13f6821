"""Trains the whole reader: the panel, the network on a pretrained encoder, and their combination."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from nlp.ensemble import NETWORK, CombinedManifest
from nlp.manifests import MANIFEST
from nlp.network.reader import FILE_NAME, NetworkReader, make_network_reader
from nlp.network.vocabulary import FILE_NAME as VOCABULARY
from nlp.network.vocabulary import read_vocabulary
from nlp.training.combination import fit_combination
from nlp.training.heads import heads_for, targets_of
from nlp.training.labelled_texts import LabelledText, fold_of, groups, read_labelled_texts
from nlp.training.manifest_text import manifest_text, sha256_of
from nlp.training.marking import marks_of, with_marks
from nlp.training.network.batches import encode_texts
from nlp.training.network.export import export
from nlp.training.network.loop import Plan, train_reader
from nlp.training.network.model import Encoder, Reader
from nlp.training.train_panel import fit_panel, write
from nlp.weighing import log_odds

_COMMENT = "How panel (first) and network (second) are weighed. Thresholds and ask_from may be reviewed and changed."
SHIPPED_ENCODER = Path(__file__).parent / "encoder"
"""The pretrained encoder that a county's own training begins with."""
_EXAMPLES = 150
"""Texts on which the ranges of the 8-bit numbers are fixed."""
_FOLDS = 8
_ASK_FROM = 0.02
"""Hardly a text that deserves a lead lies below it (benchmarks/classifier, table Speed)."""


def train(
    data: Sequence[Path], texts: Sequence[Path], marks: Sequence[Path], encoder: Path, out: Path, plan: Plan
) -> None:
    """Write `linear`, `panel` and `network` into `out`.

    `data` are labelled texts, `texts` files in which lines that only have an id are looked up, `marks` say where
    evidence stands, `encoder` is the folder of a pretrained encoder. The network and the combination never see the
    same text.
    """
    fingerprints = tuple(map(sha256_of, (*data, *marks)))
    read = with_marks(read_labelled_texts(data, texts=texts), marks)
    fit_all(read, encoder, out, plan, fingerprints=fingerprints)


def fit_all(
    texts: Sequence[LabelledText], encoder: Path, out: Path, plan: Plan, *, fingerprints: tuple[str, ...] = ()
) -> None:
    """As `train`, for texts already read."""
    names = heads_for(texts)
    held = held_out(texts)
    rest = [text for text, out_of_it in zip(texts, held, strict=True) if not out_of_it]
    calibrating = [text for text, out_of_it in zip(texts, held, strict=True) if out_of_it]
    contents = [text.content for text in calibrating]
    panel = log_odds(fit_panel(rest, names=names).probabilities(contents))
    network = fine_tune(rest, names, encoder, out / NETWORK, plan).read(contents).log_odds
    heads = fit_combination(names, panel, network, targets_of(calibrating, names), own_weights=False)
    whole = fit_panel(texts, names=names, fingerprints=fingerprints)
    write(whole, out)
    manifest = CombinedManifest(
        version=f"network-{sha256_of(out / NETWORK / FILE_NAME)[:8]}",
        panel=whole.manifest.version,
        network_sha256=sha256_of(out / NETWORK / FILE_NAME),
        vocabulary_sha256=sha256_of(out / NETWORK / VOCABULARY),
        ask_from=_ASK_FROM,
        head=heads,
    )
    (out / NETWORK / MANIFEST).write_text(manifest_text(_COMMENT, manifest), encoding="utf-8")


def held_out(texts: Sequence[LabelledText]) -> NDArray[np.bool_]:
    """Shape (texts,): the eighth that the network is not trained on; near-duplicates stay together."""
    return np.array([fold_of(group, _FOLDS) == 0 for group in groups(texts)])


def fine_tune(
    texts: Sequence[LabelledText], names: Sequence[str], encoder: Path, out: Path, plan: Plan
) -> NetworkReader:
    """Train a network on the encoder of a folder, write it with its alphabet, and read with what was written."""
    torch.manual_seed(plan.seed)
    vocabulary = read_vocabulary(encoder)
    marks = [marks_of(text, names) for text in texts]
    encoded = encode_texts([text.content for text in texts], vocabulary, marks)
    targets = targets_of(texts, names).astype(np.float32)
    reader = train_reader(Reader(Encoder(encoder), len(names)), encoded, targets, plan, mask=vocabulary.mask)
    export(
        reader,
        out,
        [window.characters for one in encoded[:: max(1, len(encoded) // _EXAMPLES)] for window in one.windows],
    )
    vocabulary.write(out)
    return make_network_reader((out / FILE_NAME).read_bytes(), out)
