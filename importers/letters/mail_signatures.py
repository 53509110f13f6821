"""The block that a mail program puts below a mail: whose it is, where the letter above is somebody else's."""

import re
from collections.abc import Sequence
from dataclasses import replace

from importers.letters.mail_threads import MailWords, name_in, says_something
from importers.letters.signatures import is_salutation, signed_by
from importers.words.letter_words import letter_words

SIGNED_BY_SENDER = (
    "邮件末尾的签名档是发件人的, 不是写信人的, 其中的姓名、电话和地址没有采用; "
    "是写信人的请在回执Excel的「信访人」「联系电话」两栏补填后再交"
)
_DELIMITER = re.compile(r"\s*(?:[-\u2010-\u2015\u2500_=*\uff0d]{2,}|[\u2014\u2015])\s*")
"""The standard's -- , and the strokes that programs draw instead."""
_MOST_LINES = 10
_LONGEST_LINE = 60
_SENTENCE = re.compile(r"[\u3002!\uff01?\uff1f]")


def without_senders_block(mail: MailWords) -> MailWords:
    """The mail without the block at its end that names an office, or the sender where another wrote; said, kept below.

    Unchanged where the block may be the writer's own: it names him, or nobody.
    """
    # Not more lines than a block has, blank ones besides.
    start = max(0, len(mail.lines) - 3 * _MOST_LINES)
    places = (at for at in range(start, len(mail.lines)) if _DELIMITER.fullmatch(mail.lines[at])) if mail.heads else ()
    place = next((at for at in places if _is_senders(mail.lines[:at], mail.lines[at + 1 :], mail.heads)), None)
    if place is None:
        return mail
    remark = "; ".join(filter(None, (mail.remark, SIGNED_BY_SENDER)))
    return replace(mail, lines=mail.lines[:place], below=[*mail.lines[place:], *mail.below], remark=remark)


def _is_senders(own: Sequence[str], rest: Sequence[str], heads: Sequence[str]) -> bool:
    block = [line.strip() for line in rest if line.strip()]
    return _is_block(block) and says_something(own) and _is_of_another(block, name_in(own), heads)


def _is_block(lines: Sequence[str]) -> bool:
    """True for a few lines that tell nothing, and sign and greet as no letter does."""
    if not 0 < len(lines) <= _MOST_LINES or any(line.startswith(letter_words().own) for line in lines):
        return False
    return not any(len(line) > _LONGEST_LINE or _SENTENCE.search(line) or is_salutation(line) for line in lines)


def _is_of_another(block: Sequence[str], writer: str, heads: Sequence[str]) -> bool:
    """True where the block names an office, or the mail's sender while the letter names another; never the writer."""
    names = [name for line in block if (name := signed_by(line))]
    if (writer and any(writer in line for line in block)) or any(name in writer for name in names):
        return False
    if any(line.startswith(letter_words().no_block) for line in block):
        return False
    is_office = any(letter_words().signing_office.fullmatch(line) for line in block)
    return is_office or bool(writer and any(name in head for name in names for head in heads))
