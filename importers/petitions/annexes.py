"""What goes with a petition: the petitioner's letter below the form of an office, the names below a letter."""

import re

from importers.formats.parts import Form, Letter
from importers.letters.kinds import asks, is_covering_note, is_head_of_a_form, words_of
from importers.letters.parting import letters_in
from importers.letters.postscripts import signature_above
from importers.letters.signatures import introduced_in, is_salutation, signature_of
from importers.petitions.tables import Stranger
from importers.values.cells import text_of
from importers.words.letter_words import letter_words

_HEADING = re.compile(
    r"附(?:件|后)?\s*[\d一二三]?\s*[:\uff1a]?\s*(?P<what>(?:群众|信访人|来信人)?(?:来信|信件|原信|信访信)(?:的)?(?:原文|全文|内容)?|原文)?"
    r"\s*[:\uff1a]?"
)
_NAMES = re.compile(
    r"\s*附(?:件|表|后)?\s*[\d一二三]?\s*[:\uff1a]?.{0,20}(?:名单|名册|签名|签字|签名表|签字表)\s*[:\uff1a]?\s*"
)
_SIGN_HERE = re.compile(
    r"(?:附?(?:全体|各户)?(?:村民|群众|住户|业主|职工|联名人|代表)?)?(?:签名|签字|联名人|手印|按手印|名单)+(?:表|如下)?"
    r"\s*(?:[(\uff08].{0,8}[)\uff09])?\s*[:\uff1a]?"
)
"""The last line above the names of all who sign."""
_WAGES = re.compile("工资|欠薪|工钱|讨薪|欠款|劳务费")
_BETWEEN = re.compile("[、,\uff0c]")
_GREETING = 3
"""Lines below a bare 附件 among which its letter greets."""


def announces_names(letter: Letter) -> bool:
    """True where somebody signed who asks for something, and says that names follow: 附：村民签名名单.

    Or where the letter is dated, perhaps signed by a group, and ends with where all sign: 签名（手印）：.
    """
    lines = [line.strip() for line in letter.text.split("\n") if line.strip()]
    signature = signature_above(lines)
    is_listed = any(map(_NAMES.fullmatch, lines)) and bool(signature.name)
    is_listed = is_listed or (bool(lines and signature.day) and _SIGN_HERE.fullmatch(lines[-1]) is not None)
    return is_listed and asks(" ".join(lines))


def lists_wages_of(signers: str, table: Stranger) -> bool:
    """True for a list of what each is owed (姓名、电话、欠薪（元）) with one of them in it; an office is in none."""
    if not signers or not any(map(_WAGES.search, table.found)):
        return False
    listed = {"".join(text_of(cell).split()) for row in table.rows for cell in row.cells}
    return not listed.isdisjoint(_BETWEEN.split(signers))


def signers_for_wages(letter: Letter) -> str:
    """Who signs where workers ask for their wages; "" for any other letter."""
    words = words_of(letter)
    is_own = any(word in words for word in letter_words().first_person) and not is_covering_note(words)
    return signature_above(letter.text.split("\n")).name if is_own and _WAGES.search(words) else ""


def annex_of(letter: Letter, form: Form, petitioner: str) -> str:
    """What of the words beside the form is its petitioner's letter; "" where they may be anything else.

    It is headed 附件：来信原文, or 附件 above a salutation, or signed by the form's petitioner; and by nobody else.
    """
    lines = [line.strip() for line in letter.text.split("\n") if line.strip()]
    while lines and is_head_of_a_form(Letter(letter.part, "", lines[0])):
        del lines[0]
    if not lines or len(letters_in(lines)) > 1 or form.part != letter.part:
        return ""
    signed = signature_of(lines).name
    if (signed or introduced_in("\n".join(lines))) not in petitioner:
        return ""
    heading = _HEADING.fullmatch(lines[0])
    if heading is not None and (heading["what"] or any(map(is_salutation, lines[1 : 1 + _GREETING]))):
        return "\n".join(lines[1:])
    return "\n".join(lines) if petitioner and signed == petitioner else ""
