"""Whether two petitions in different words came from one person about one household.

The wording says nothing here, so more is asked than in a series of one matter: a name alone may be a namesake's, and
who petitions for several households, as a village cadre does, must not make one of them.
"""

from domain.texts.document import Document, Petitioner
from domain.words.vocabulary import Channel
from nlp.persons.petitioner_names import names_of
from nlp.persons.written_name import is_written_out
from nlp.repeats.series import same_person
from nlp.repeats.signed_names import signed_text


def one_writer(one: Document, other: Document) -> bool:
    """True when nothing in the register or in the texts speaks for two people or for two households.

    The person is known by ID number or phone, or else by a name that is written out, where no phone and no address
    contradicts it. Texts that are not about the registered petitioner have to name the same people.
    """
    if Channel.NEWS in (one.channel, other.channel) or not same_person(one.petitioner, other.petitioner):
        return False
    return _is_known(one.petitioner, other.petitioner) and _of_one_household(one, other)


def _is_known(one: Petitioner, other: Petitioner) -> bool:
    if one.id_number and other.id_number:
        return True
    if one.phone and other.phone:
        return one.phone == other.phone
    here, there = "".join(one.address.split()), "".join(other.address.split())
    return bool(written_names(one) & written_names(other)) and (here in there or there in here)


def _of_one_household(one: Document, other: Document) -> bool:
    first, second = _about(one), _about(other)
    return (
        bool(first & second & (written_names(one.petitioner) | written_names(other.petitioner)))
        or first <= second
        or second <= first
    )


def _about(document: Document) -> frozenset[str]:
    """Who speaks: whom the text introduces, else the petitioner, else everybody in a text that leaves them out."""
    own, signed = written_names(document.petitioner), signed_text(document)
    if signed.introduced:
        return signed.introduced
    return own if own & signed.names or not signed.names else signed.names


def written_names(petitioner: Petitioner) -> frozenset[str]:
    """The names that the register gives, without masked ones: 庞某某 may be anybody."""
    return frozenset(name for name in names_of(petitioner.name) if is_written_out(name))
