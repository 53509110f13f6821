"""What a medium's page said beside a text, for whoever reads the text whole: who wrote it, its captions, its files."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from domain.accounts.account import Account
from domain.texts.beside_text import BesideText, LinkedFile
from domain.texts.document import Document, DocumentId
from domain.words.vocabulary import Channel
from review.rights import access
from review.shown.shown_text import ShownTexts
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file on the site of a medium."""

    name: str
    address: str
    """Empty where it cannot be shown: there is a phone or an ID number in it, or no site is told by it."""
    site: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownBeside:
    """What is shown of one text; one part at least is not empty."""

    author: str
    captions: tuple[str, ...]
    files: tuple[ShownFile, ...]

    @property
    def summary(self) -> str:
        """What unfolding it will show."""
        counted = ((f"附件{len(self.files)}个", self.files), (f"图片说明{len(self.captions)}条", self.captions))
        return "、".join(label for label, part in (*counted, ("作者", self.author)) if part)


def beside_texts(
    work: UnitOfWork, ids: Sequence[DocumentId], account: Account, texts: ShownTexts
) -> dict[DocumentId, ShownBeside]:
    """Of the texts that media published and the account reads whole, what their pages said beside them.

    Of a petition the same headings may be columns of its register, which nobody is shown here.
    """
    published = {one.id: one for one in work.documents.many(ids) if one.channel is Channel.NEWS}
    if not published or not access.may_read_text(account, Channel.NEWS):
        return {}
    found = work.raw.found(list(published))
    shown = {key: _shown(BesideText.from_fields(raw.fields), published[key], texts) for key, raw in found.items()}
    return {key: beside for key, beside in shown.items() if beside.summary}


def _shown(beside: BesideText, document: Document, texts: ShownTexts) -> ShownBeside:
    return ShownBeside(
        author=texts.of_text(beside.author, document),
        captions=tuple(texts.of_text(one, document) for one in beside.captions),
        files=tuple(_file(one, document, texts) for one in beside.files),
    )


def _file(file: LinkedFile, document: Document, texts: ShownTexts) -> ShownFile:
    name, plain = texts.of_text(file.name, document), unquote(file.address)
    site = _site(file.address)
    if not site or texts.of_text(plain, document) != plain:
        return ShownFile(name, address="", site="")
    return ShownFile(name, file.address, site)


def _site(address: str) -> str:
    """Empty where the address is none: a foreign page wrote it, and no page of a lead may break by it."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
