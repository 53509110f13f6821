"""Who wrote a letter: by labels, signature, introduction or contact, and whose the phones in it are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from importers.letters.labels import Contact, LabelledFields, contact_in, labelled_fields
from importers.letters.listed_signers import signers_in
from importers.letters.office_letters import OfficeLetter, office_letter_in
from importers.letters.phone_at_end import home_phone, is_named_for_another, phone_at_end
from importers.letters.phones_beside_names import is_among_others
from importers.letters.postscripts import before_another, signature_above
from importers.letters.signatures import introduced_in
from importers.letters.village_opinions import opinion_below
from importers.rows.petitioner_names import is_group, sole_name
from importers.words.letter_words import is_name, letter_words
from importers.words.table_words import table_words

_BY_CONTACT = "信里没有署名, 写的联系人已当作写信人; 不是他的请在回执Excel的「信访人」一栏改正后再交"
_OF_OFFICE = "这是机关的文书, 姓名、日期和编号取自其中写到的信访人; 不对的请在回执Excel的「信访人」一栏改正后再交"
_OF_OFFICE_ALONE = "这是机关的文书, 日期是机关的, 没有找到信访人是谁; 知道的请在回执Excel的「信访人」一栏补填后再交"
_OF_VILLAGE = (
    "村委会意见的日期没有当作信的日期, 已按写信人的日期接收; "
    "写信人的日期不对的请在回执Excel的「信访日期」一栏改正后再交"
)
_OF_A_PERSON = ("phone", "id_number", "address")

Remark = tuple[str | None, str, str]
"""The column, what is said of it, and the value."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Who wrote a letter, as far as it tells; all as written."""

    name: str
    fields: Mapping[str, str]
    """What stands behind labels."""
    phone: str
    day: str
    of_others: tuple[tuple[str, str], ...]
    """Phones of other people with their labels; the writer's own may be among them."""
    remarks: tuple[Remark, ...]


def writer_of(lines: Sequence[str]) -> Writer:
    """Who wrote the letter of these lines, which are in simplified characters."""
    written = "\n".join(lines)
    labelled = labelled_fields(written)
    opinion = opinion_below(lines, labelled.fields.get("name", ""))
    own = opinion.own if opinion is not None else lines
    signed = signature_above(own, representatives=False)
    listed = signers_in(own, labelled.fields.get("name", ""))
    if listed is not None:
        signed = replace(signed, name=listed.names, phone=listed.phone_or(signed.phone))
    name = sole_name(labelled.fields.get("name") or signed.name or introduced_in(written))
    if not name:
        # 村民代表: may name anybody where another is known to write.
        signed = signature_above(own)
        name = sole_name(signed.name)
    by_contact = _by_contact(written, labelled, name)
    labelled, contact, name = by_contact.labelled, by_contact.contact, by_contact.name
    found, of_postscript = _without_phones_of_others(own, labelled.fields)
    left_out = [of_postscript, *(listed.other_phones if listed is not None else ())]
    remarks, day = by_contact.remarks, found.get("occurred_on") or signed.day
    if opinion is not None and opinion.day and day == signed.day:
        remarks += (("日期", _OF_VILLAGE, opinion.day),)
    if table_words().names_nobody(name) or is_group(name):
        name = ""
    if at_end := phone_at_end(lines, found.get("phone", ""), name):
        left_out, found = [*left_out, found["phone"]], {**found, "phone": at_end}
    if office := office_letter_in(lines):
        found = {**found, "number": found.get("number") or office.number}
        is_known = bool(found.get("name")) or (office.name != "" and signed.name == office.name)
        if is_known:
            # A label names the petitioner, or he wrote below the notice: what he says is his.
            day = found.get("occurred_on") or (office.day if found.get("name") else "") or day
        elif office.name:
            told = _told_by(office)
            left_out += [] if told["phone"] else [found.get("phone", "")]
            found = found | told
            name, contact, day = office.name, Contact(), office.day or day
        remarks += ((None, _OF_OFFICE if name else _OF_OFFICE_ALONE, name),)
    of_contact = contact.phone if contact.is_of(name) else ""
    others = [*labelled.of_others, *([("联系人", contact.phone)] if contact.phone else [])]
    others += [("电话", number) for number in left_out if number]
    if is_named_for_another(of_another := found.get("phone", ""), name):
        others.append(("联系电话", of_another))
        found = {**found, "phone": _phone_beside(own, of_another)}
    phone = found.get("phone", "") or signed.phone or of_contact or home_phone(own, name)
    if not name and is_among_others(own, phone):
        # Of several callers in one text nobody can tell whose petition it is.
        others.append(("电话", phone))
        phone = ""
    return Writer(name, found, phone, day, tuple(others), remarks)


@dataclass(frozen=True, slots=True)
class _Known:
    labelled: LabelledFields
    contact: Contact
    name: str
    remarks: tuple[Remark, ...] = ()


def _by_contact(written: str, labelled: LabelledFields, name: str) -> _Known:
    """The writer as the contact, where nobody else is named and somebody speaks of himself."""
    contact = contact_in(written)
    if not name and any(word in written for word in letter_words().first_person):
        labelled = labelled_fields(written, contact=True)
        if name := sole_name(contact.name if contact.phone else labelled.fields.get("name", "")):
            return _Known(labelled, contact, name, (("联系人", _BY_CONTACT, name),))
    elif contact.is_of(name):
        labelled = labelled_fields(written, contact=True)
    return _Known(labelled, contact, name)


def _without_phones_of_others(lines: Sequence[str], found: Mapping[str, str]) -> tuple[dict[str, str], str]:
    """The fields without a phone of somebody else in a postscript, and that phone."""
    fields, of_postscript = dict(found), ""
    if (own := before_another(lines)) is not lines:
        of_postscript = fields.get("phone", "")
        fields["phone"] = labelled_fields("\n".join(own)).fields.get("phone", "")
    return fields, of_postscript


def _phone_beside(lines: Sequence[str], of_another: str) -> str:
    """The phone with a label where the line of somebody else's is left aside; "" where that is another's too."""
    who, _, number = of_another.partition(" ")
    rest = (line for line in lines if not (who in line and number in line))
    phone = labelled_fields("\n".join(rest)).fields.get("phone", "")
    return "" if " " in phone and is_name(phone.partition(" ")[0]) else phone


def _told_by(office: OfficeLetter) -> dict[str, str]:
    fields = labelled_fields(office.told).fields
    return {field: fields.get(field, "") for field in _OF_A_PERSON}
