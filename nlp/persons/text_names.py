"""The full names that a text gives, read without a gazetteer: enough to tell two like letters apart."""

from functools import cache

from nlp.mention_models import load_mention_models
from nlp.persons.lexicon import load_person_lexicon
from nlp.persons.names import NameFinder, NameReader
from nlp.persons.written_name import Name, is_written_out
from nlp.segmentation import load_segmenter


def full_names(content: str) -> list[Name]:
    """The names that are written out, in the order of the text; 庞某某 and 李*华 may be anybody and are left out."""
    names = _finder().find(content, load_segmenter().cut(content))
    return [name for name in names if is_written_out(name.text)]


@cache
def _finder() -> NameFinder:
    """Made when the first two letters have to be told apart: the models take about half a second."""
    models = load_mention_models()
    reader = NameReader(load_person_lexicon(), load_segmenter())
    return NameFinder(reader, models.names, threshold=models.manifest.name_threshold)
