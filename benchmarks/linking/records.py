"""What linkers get to see of a text: the mentions that our finder finds, or those that the gold says."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from benchmarks.linking.composition import YEAR
from benchmarks.linking.gold import Text
from benchmarks.linking.linker import LinkText, MentionRecord
from domain.links.mention import Mentions, PersonMention, PersonRole, PlaceMention, ValueMention
from domain.places.region import Level, RegionCode
from domain.texts.document import Document, DocumentId, Petitioner
from domain.words.vocabulary import Channel
from nlp.mentions import MentionFinder
from nlp.values.values import find_id_numbers, find_phones
from pipeline.linking.blocking import id_numbers, phones
from pipeline.linking.facts import Facts, Named
from pipeline.linking.names import is_full

_RECEIVED_AT = datetime(YEAR, 6, 1, 4, tzinfo=UTC)


def found(text: Text, finder: MentionFinder, county: RegionCode) -> LinkText:
    """The text with what the finder finds in it, told as the pipeline tells it that the text came to the county."""
    document = _document(text, county)
    mentions = finder.find(text.title, text.text, known_places=(county,))
    facts = Facts(document=document, mentions=mentions, reading=None)
    return LinkText(document, mentions, tuple(_records(facts, facts.persons)))


def told(text: Text, county: RegionCode) -> LinkText:
    """The text with the persons and places that are really in it, written as they are."""
    document = _document(text, county)
    content = text.content
    mentions = Mentions(
        persons=tuple(
            PersonMention(
                name=one.name, role=one.role, start=one.start, end=one.end, sex=one.sex, birth_year=one.birth_year
            )
            for one in text.persons
        ),
        places=tuple(
            PlaceMention(code=RegionCode(one.code), level=one.level, name=one.name, start=one.start, end=one.end)
            for one in text.places
        ),
        phones=_only(find_phones(content), {one.start for one in text.phones}),
        id_numbers=_only(find_id_numbers(content), {one.start for one in text.id_numbers}),
    )
    facts = Facts(document=document, mentions=mentions, reading=None)
    persons = [
        Named(name=one.name, role=one.role, birth_year=one.birth_year, sex=one.sex)
        for one in text.persons
        if one.role is not PersonRole.OFFICIAL
    ]
    return LinkText(document, mentions, tuple(_records(facts, persons)))


def _document(text: Text, county: RegionCode) -> Document:
    """The text as a document without any field of a petition register: all that is known stands in the text."""
    return Document(
        id=DocumentId(text.id),
        channel=Channel.PETITION,
        source="benchmark",
        title=text.title,
        text=text.text,
        published_at=None,
        received_at=_RECEIVED_AT,
        url="",
        origin="",
        petitioner=Petitioner(),
        category="",
        purpose="",
        region=county,
    )


def _only(values: Sequence[ValueMention], starts: set[int]) -> tuple[ValueMention, ...]:
    return tuple(one for one in values if one.start in starts)


def _records(facts: Facts, persons: Sequence[Named]) -> Iterator[MentionRecord]:
    """One record for each person who may be meant; one without a name where only a number is given."""
    about_others = any(one.role is PersonRole.SUFFERER for one in persons)
    meant = [one for one in persons if not (about_others and one.role is PersonRole.PETITIONER)]
    village, town = _home(facts)
    phone = next(iter(sorted(phones(facts.document, facts.mentions))), "")
    id_number = next(iter(sorted(id_numbers(facts.document, facts.mentions))), "")
    nobody = [Named(name="", role=PersonRole.OTHER)] if (phone or id_number) and not meant else []
    for one in (*meant, *nobody):
        yield MentionRecord(
            name=one.name if is_full(one.name) else "",
            surname=_surname(one.name),
            village=village,
            town=town,
            birth_year=one.birth_year,
            sex=one.sex,
            phone=phone,
            id_number=id_number,
        )


def _surname(name: str) -> str:
    shown = name.removeprefix("老").removeprefix("小") if len(name) == 2 else name
    return shown[:1] if "\u4e00" <= shown[:1] <= "\u9fff" and shown[:1] != "某" else ""


def _home(facts: Facts) -> tuple[str, str]:
    """The codes of the village and of the town; empty where the text does not tell just one."""
    named = [place.code for place in facts.mentions.places if place.code.level is Level.VILLAGE]
    village = facts.village or (named[0] if named else None)
    if village is not None:
        return village.digits, village.ancestor(Level.TOWN).digits
    towns = facts.towns
    return "", next(iter(towns)).digits if len(towns) == 1 else ""
