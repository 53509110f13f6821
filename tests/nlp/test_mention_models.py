from pathlib import Path

import pytest

from domain.failures.errors import ModelError
from domain.links.mention import PersonRole
from nlp.manifests import MANIFEST
from nlp.mention_models import SHIPPED, WEIGHTS, load_mention_models

_MOST_BYTES = 1_000_000


def _copy(folder: Path) -> Path:
    for name in (MANIFEST, WEIGHTS):
        (folder / name).write_bytes((SHIPPED / name).read_bytes())
    return folder


def test_the_shipped_file_is_small_and_answers_for_every_role():
    models = load_mention_models()

    assert (SHIPPED / WEIGHTS).stat().st_size < _MOST_BYTES
    assert models.roles.weights.shape[1] == len(PersonRole)
    assert models.names.weights.shape[1] == 1


def test_weights_that_are_not_those_of_the_manifest_are_refused(tmp_path: Path):
    folder = _copy(tmp_path)
    (folder / WEIGHTS).write_bytes((folder / WEIGHTS).read_bytes() + b"\0")

    with pytest.raises(ModelError, match="校验值不符"):
        load_mention_models(folder)


def test_a_reviewed_decision_changes_the_version_so_that_texts_are_read_again(tmp_path: Path):
    folder = _copy(tmp_path)
    manifest = (folder / MANIFEST).read_text(encoding="utf-8")
    threshold = f"name_threshold = {load_mention_models().manifest.name_threshold}"
    (folder / MANIFEST).write_text(manifest.replace(threshold, "name_threshold = 0.5"), encoding="utf-8")

    reviewed = load_mention_models(folder)

    assert reviewed.manifest.name_threshold == 0.5
    assert reviewed.version != load_mention_models().version


def test_hardship_is_told_from_what_is_none():
    clauses, odds = load_mention_models().hardship.read("他得了尿毒症，欠下一身债。明天下午开会，请带身份证")
    told = {clause.text: float(odd) for clause, odd in zip(clauses, odds, strict=True)}

    assert min(told["他得了尿毒症"], told["欠下一身债"]) > max(told["明天下午开会"], told["请带身份证"])


def test_a_text_without_clauses_tells_of_nothing():
    clauses, odds = load_mention_models().hardship.read("")

    assert list(clauses) == []
    assert odds.shape == (0,)
