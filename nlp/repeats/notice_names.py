"""Names of places and of persons that two notices of one form have differently."""

from itertools import product

from domain.texts.document import Document
from domain.words.similar_characters import similar_in_names_of_persons
from nlp.persons.lexicon import load_person_lexicon
from nlp.repeats.differences import Difference, Passage
from nlp.repeats.notice_lexicon import load_notice_lexicon
from nlp.repeats.signed_names import signed_text
from nlp.segmentation import load_segmenter

_LONGEST_NAME = 4
_REACH = 3


def names_of_two(difference: Difference, document: Document, earlier: Document) -> bool:
    """True when each of the two texts names a place or a person there that the other does not."""
    one, other = difference
    both = one.says, other.says
    if not all(both) or not load_notice_lexicon().deictic.isdisjoint(both):
        return False
    if min(map(len, both)) > 1 and _are_words(*both) and not _before_what_is_named(one):
        return False
    return _are_places(one, other) or _are_persons(one, other, (document, earlier))


def _are_places(one: Passage, other: Passage) -> bool:
    """True when both say a name, or what is told apart of one, before one word for what is called by it.

    The endings of villages may stand in the place itself (庞家洼, 苗家沟) or right behind it; a surname before 家 is a
    village's or a family's (高家塔, 庞家塔).
    """
    lexicon, both = load_notice_lexicon(), (one.says, other.says)
    behind = one.text[one.end : one.end + 1]
    if all(said in lexicon.telling_characters or said in load_person_lexicon().surnames for said in both):
        return behind in lexicon.village_endings or behind in lexicon.family
    if all(said[-1] in lexicon.village_endings for said in both):
        return True
    if min(map(len, both)) == 1:
        return False
    return (
        behind in lexicon.village_endings
        or _before_what_is_named(one)
        or all(lexicon.named_things.search(said) for said in both)
    )


def _before_what_is_named(passage: Passage) -> bool:
    return load_notice_lexicon().named_things.match(passage.text, passage.end) is not None


def _are_persons(one: Passage, other: Passage, documents: tuple[Document, Document]) -> bool:
    """True when names of persons stand there, read in one of the texts at least, that are not two writings of one."""
    for before, behind in product(range(_REACH), repeat=2):
        names = [passage.text[passage.start - before : passage.end + behind] for passage in (one, other)]
        if all(map(_may_be_name, names)) and not _are_words(*names):
            read = [signed_text(document).names for document in documents]
            if any(name in found for name in names for found in read) and not _sound_alike(*names):
                return True
    return False


def _may_be_name(name: str) -> bool:
    lexicon = load_person_lexicon()
    if not (1 < len(name) <= _LONGEST_NAME and name[0] in lexicon.surnames and name.isalpha()):
        return False
    leads = len(name) > 2 and name[1] in lexicon.leading_given
    return lexicon.never_given.isdisjoint(name[2:] if leads else name[1:])


def _sound_alike(name: str, other: str) -> bool:
    from pypinyin import lazy_pinyin  # its dictionaries take a sixth of a second to read

    if len(name) != len(other):
        return False
    similar = similar_in_names_of_persons()
    apart = [(one, two) for one, two in zip(name, other, strict=True) if one != two]
    return all(two in similar.get(one, "") or lazy_pinyin(one) == lazy_pinyin(two) for one, two in apart)


def _are_words(one: str, other: str) -> bool:
    """True when both stand in the dictionary as words of everyday language."""
    segmenter = load_segmenter()
    return all(segmenter.frequency(word) and not segmenter.is_person_name(word) for word in (one, other))
