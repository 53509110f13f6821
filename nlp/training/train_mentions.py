"""`python -m nlp.training.train_mentions`: learns names and roles from marked texts, writes `nlp/models/mentions`."""

import argparse
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from domain.links.mention import PersonRole
from nlp.feature_weights import FeatureWeights
from nlp.hardship import HardshipReader
from nlp.manifests import MANIFEST
from nlp.mention_models import SHIPPED, WEIGHTS, MentionManifest, MentionModels, arrays_of
from nlp.persons.lexicon import load_person_lexicon
from nlp.persons.names import NameFinder, NameReader
from nlp.persons.written_name import Name
from nlp.roles.features import features_of
from nlp.roles.roles import RoleReader
from nlp.roles.told import WORDS, text_features
from nlp.segmentation import load_segmenter
from nlp.training.feature_fit import fit_features, strongest, without
from nlp.training.labelled_texts import read_labelled_texts
from nlp.training.manifest_text import manifest_text, packed, sha256_of
from nlp.training.marked_texts import (
    FOLDER,
    FURTHER_READINGS,
    READINGS,
    ReadMessage,
    TrainingText,
    read_readings,
    read_training_texts,
    training_texts,
)
from nlp.training.train_hardship import fit_hardship

_COMMENT = "Weights that tell names and roles. Both decisions may be reviewed; the checksum guards the weights."
_ROLES = tuple(PersonRole)
# All by cross-validation over texts and over writers: benchmarks/mentions/cross_validation.md.
NAME_THRESHOLD, OFFICIAL_WEIGHT = -1.3, 1.0
_NAME_STRENGTH, _ROLE_STRENGTH = 1.0, 0.08
_ROLE_RATIO = 3.0
_NAME_FEWEST, _ROLE_FEWEST = 2, 3
_WHOLE = 3
"""Characters from which on a name may tell who somebody is."""
_NAME_FEATURES, _ROLE_FEATURES = 40_000, 20_000


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the arguments, train, and write the two files."""
    given = _arguments().parse_args(arguments)
    authored = Path(str(files("nlp.training").joinpath("authored")))
    labelled = sorted(authored.glob("*.jsonl"))
    readings = (READINGS, FURTHER_READINGS) if given.texts else ()
    messages = [message for path in readings for message in read_readings(path, given.texts)]
    texts = [*read_training_texts(given.marked), *training_texts(messages)]
    models = without_names(fit_mentions(texts, fit_hardship(read_labelled_texts(labelled))), messages)
    sources = (*sorted(given.marked.glob("*.txt")), *labelled, *readings)
    write(models, tuple(map(sha256_of, sources)), given.out)


def fit_mentions(texts: Sequence[TrainingText], hardship: HardshipReader) -> MentionModels:
    """The models of names and roles of these texts."""
    names = _fit_names(texts)
    roles = _fit_roles(texts, NameFinder(_name_reader(), names, threshold=NAME_THRESHOLD), hardship)
    manifest = MentionManifest(
        version="",
        trained_on=f"{len(texts)} texts",
        data_sha256=(),
        weights_sha256="",
        name_threshold=NAME_THRESHOLD,
        official_weight=OFFICIAL_WEIGHT,
    )
    return MentionModels(manifest, names, roles, hardship)


def without_names(models: MentionModels, messages: Sequence[ReadMessage]) -> MentionModels:
    """The models without features that hold a whole name of somebody in the messages: weights are handed on."""
    spans = ((one.content, start, end) for one in messages for start, end in one.persons)
    names = {content[start:end] for content, start, end in spans if end - start >= _WHOLE}
    return replace(models, names=without(models.names, names), roles=without(models.roles, names))


def write(models: MentionModels, sources: tuple[str, ...], out: Path) -> None:
    """Write weights and manifest; `sources` are the checksums of what they were learned from."""
    out.mkdir(parents=True, exist_ok=True)
    (out / WEIGHTS).write_bytes(packed(arrays_of(models)))
    material = hashlib.sha256("".join(sources).encode()).hexdigest()[:8]
    update = {"version": f"mentions-{material}", "data_sha256": sources, "weights_sha256": sha256_of(out / WEIGHTS)}
    text = manifest_text(_COMMENT, models.manifest.model_copy(update=update))
    (out / MANIFEST).write_text(text, encoding="utf-8")


def _name_reader() -> NameReader:
    return NameReader(load_person_lexicon(), load_segmenter())


def _fit_names(texts: Sequence[TrainingText]) -> FeatureWeights:
    reader, segmenter = _name_reader(), load_segmenter()
    examples: list[Sequence[str]] = []
    answers: list[int] = []
    for text in texts:
        candidates, features = reader.read(text.content, text.places, segmenter.cut(text.content))
        examples += features
        answers += [int(span in text.persons) for span in candidates]
    fitted = fit_features(examples, answers, count=2, fewest=_NAME_FEWEST, strength=_NAME_STRENGTH)
    return strongest(fitted, _NAME_FEATURES)


def _fit_roles(texts: Sequence[TrainingText], finder: NameFinder, hardship: HardshipReader) -> FeatureWeights:
    """Each text is read twice: with the names that are marked, and with those that are found."""
    reader, segmenter = RoleReader(load_person_lexicon(), hardship), load_segmenter()
    examples: list[set[str]] = []
    answers: list[int] = []
    ours: list[bool] = []
    for text in texts:
        cut = segmenter.cut(text.content)
        marked = [Name(text.content[start:end], start, end) for start, end in sorted(text.persons)]
        for names in (marked, finder.find(text.content, cut, text.places)):
            reading = reader.read(text.content, names, cut, text.places)
            features, told = features_of(reading), text_features(reading)
            for person, role in _roles_of(text, names, reading.persons).items():
                examples.append(features[person] | told)
                answers.append(_ROLES.index(role))
                ours.append(text.file != READINGS.stem)
    fitted = fit_features(
        in_our_words(examples, ours),
        answers,
        count=len(_ROLES),
        fewest=_ROLE_FEWEST,
        strength=_ROLE_STRENGTH,
        by_ratio=_ROLE_RATIO,
    )
    return strongest(fitted, _ROLE_FEATURES)


def in_our_words(examples: Sequence[set[str]], ours: Sequence[bool]) -> list[set[str]]:
    """The examples, those of real messages without words that no text of ours holds: weights are handed on."""
    known = {one for own, mine in zip(examples, ours, strict=True) if mine for one in own if one.startswith(WORDS)}
    return [
        own if mine else {one for one in own if one in known or not one.startswith(WORDS)}
        for own, mine in zip(examples, ours, strict=True)
    ]


def _roles_of(text: TrainingText, names: Sequence[Name], persons: Mapping[str, str]) -> dict[str, PersonRole]:
    found: dict[str, PersonRole] = {}
    for name in names:
        role = text.persons.get((name.start, name.end))
        if role is not None:
            found.setdefault(persons[name.text], role)
    return found


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--marked", type=Path, default=FOLDER, help="folder of marked texts")
    parser.add_argument(
        "--texts", type=Path, nargs="*", default=(), help="files of the real messages that the readings tell by id"
    )
    parser.add_argument("--out", type=Path, default=SHIPPED, help="folder of the models")
    return parser


if __name__ == "__main__":
    main()
