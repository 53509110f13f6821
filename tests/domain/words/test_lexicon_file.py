"""The word lists that the program ships are read alike by the fast loader, and no YAML makes objects."""

from pathlib import Path

import pytest
import yaml

from domain.words.lexicon_file import read_lexicon

_ROOT = Path(__file__).parents[3]
_SHIPPED = sorted(path for room in ("crawlers", "importers", "nlp") for path in (_ROOT / room).rglob("*.yml"))


@pytest.mark.parametrize("path", _SHIPPED, ids=lambda path: path.name)
def test_what_is_read_fast_is_what_is_written(path: Path):
    text = path.read_text(encoding="utf-8")

    assert read_lexicon(text) == yaml.safe_load(text)


def test_a_tag_that_makes_objects_is_refused():
    with pytest.raises(yaml.YAMLError):
        read_lexicon("!!python/object/apply:os.getcwd []")
