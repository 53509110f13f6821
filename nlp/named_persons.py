"""Masks whom a text names, however register and text write the names; the one way in which names are hidden."""

from domain.masking import mask_names
from domain.named_persons import NamedPersons
from nlp.petitioner_names import names_of


def hide_names(text: str, named: NamedPersons) -> str:
    """The text with every one of these names masked; its length stays the same, so offsets stay true."""
    petitioners = {name for field in named.petitioners for name in names_of(field)}
    return mask_names(text, named.persons | petitioners)
