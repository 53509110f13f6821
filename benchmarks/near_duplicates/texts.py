"""Generates a stream of texts: originals, what other media make of them, and texts that only look alike."""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from opencc import OpenCC

from domain.risk import Risk
from domain.words.vocabulary import Channel

_SLOT = re.compile(r"\{(\w+)\}")
_SENTENCES = re.compile("[^。！？；!?;\n]+[。！？；!?;\n]*")
_SHORTEST_OF_A_REPRINT = 60
"""Characters; what is shorter no medium cuts."""
_LEAST_KEPT = 0.6
"""Share of a text that a reprint keeps; of less it is a quotation."""

_PETITIONERS_KNOWN = 0.75
"""Share of letters of which the register names the petitioner; a scan or a mailbox may leave the field empty."""
_PHONES_KNOWN = 2 / 3
"""Share of petitions with a phone."""
UNSIGNED = ", petitioner unknown"
"""Ending of the forms of letters of which the register knows nobody."""


@dataclass(frozen=True, slots=True)
class Text:
    """One generated text; texts of one `matter` are one text, whatever was done to them."""

    matter: str
    form: str
    title: str
    text: str
    channel: Channel = Channel.NEWS
    name: str = ""
    """Who petitioned."""
    phone: str = ""
    village: int = 0
    """Its place in the list of villages."""
    risk: Risk = Risk.OTHER_HARDSHIP
    """What a classifier would find, where it is asked."""
    medium: str = ""
    """Who printed it; empty where any may have."""
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Original:
    """A text to be reprinted."""

    title: str
    text: str


class Writer:
    """Writes texts from the material with one source of chance."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._material: dict[str, Any] = material()
        self._edits: dict[str, Callable[[Original], Original]] = {
            "another headline": self._another_headline,
            "note and source": self._note_and_source,
            "paragraphs cut": self._cut,
            "other paragraphs": self._other_paragraphs,
            "traditional": self._traditional,
            "light editing": self._light_editing,
            "all together": self._all_together,
        }

    def reprints(self, number: int, original: Original, copies: int) -> Iterator[Text]:
        """The original and so many reprints, each edited in another way."""
        matter = f"original {number}"
        yield Text(matter, "original", original.title, original.text)
        for form in self._rng.sample(sorted(self._edits), copies):
            edited = self._edits[form](original)
            yield Text(matter, form, edited.title, edited.text)

    def quoting(self, number: int, quoted: Sequence[Original]) -> Text:
        """A page that quotes several originals whole; it is a text of its own."""
        before, between, after = (
            self._rng.choice(self._material[f"quote_{part}"]) for part in ("before", "between", "after")
        )
        inside = f"\n{between}\n".join(original.text for original in quoted)
        return Text(f"quoting {number}", "quoted in a longer text", "读者来信摘登", f"{before}\n{inside}\n{after}")

    def forms(self, number: int) -> Iterator[Text]:
        """One notice of every form for other people; each reprinted once by another medium."""
        for index, form in enumerate(self._material["forms"]):
            title, _, text = self._fill(form).partition("\n")
            matter = f"form {index} {number}"
            yield Text(matter, "notice", title, text)
            if self._rng.random() < 0.3:
                edited = self._note_and_source(Original(title, text))
                yield Text(matter, "notice reprinted", edited.title, edited.text)

    def events(self, number: int) -> Iterator[Text]:
        """Two reports of one event, in their own words."""
        for index, reports in enumerate(self._material["events"]):
            facts = self._facts()
            for report, text in enumerate(reports):
                yield Text(f"event {index} {number} {report}", "same event", "", self._fill(text, facts))

    def petitions(self, number: int) -> Iterator[Text]:
        """Petitions of several people of one village about one road, and one of them again with slips of the pen."""
        for index, letters in enumerate(self._material["petitions"]):
            village = self._rng.choice(self._material["villages"])
            for letter, text in enumerate(letters):
                facts = {**self._facts(), "village": village}
                own = self._fill(text, facts)
                matter = f"petition {index} {number} {letter}"
                yield Text(matter, "same road", "", own, Channel.PETITION, str(facts["name"]))
                if self._rng.random() < 0.3:
                    again = self._slips(own)
                    yield Text(matter, "petition again", "", again, Channel.PETITION, str(facts["name"]))

    def letters(self, number: int) -> Iterator[Text]:
        """Of every letter: the first household's, printed by a medium, brought in again, and copied by another one.

        The register knows who petitions in three quarters of the cases; elsewhere only the letter itself says it.
        """
        for index, letter in enumerate(self._material["letters"]):
            facts, known = {**self._facts(), "name": self._rare_name()}, self._rng.random() < _PETITIONERS_KNOWN
            matter = f"letter {index} {number}"
            own = self._fill(letter, facts)
            yield _letter(matter, "letter", own, facts, known=known)
            printed = self._note_and_source(Original("读者来信", own))
            yield Text(matter, _form("letter printed", known=known), printed.title, printed.text)
            later = {**facts, "day": self._rng.randrange(1, 29), "month": self._rng.randrange(1, 13)}
            yield _letter(matter, "letter again", self._slips(self._fill(letter, later)), facts, known=known)
            other = {**self._facts(), "name": self._rare_name()}
            other |= {one: facts[one] for one in ("town", "village", "month", "day")}
            yield _letter(f"{matter} copied", "letter copied", self._fill(letter, other), other, known=known)
            signed = {**facts, "name": self._rare_name()}
            yield _letter(
                f"{matter} signed", "letter signed by another", self._fill(letter, signed), signed, known=known
            )

    def returning(self, number: int) -> Iterator[Text]:
        """Of every letter: one person's, by the same person with slips of the pen, and told in other words.

        A neighbour of the same village with the same trouble copies the letter, and tells it in other words, too. The
        register has everybody's name, and in two thirds of the cases, each time anew, a phone.
        """
        for index, letter in enumerate(self._material["letters"]):
            told, risk = self._material["letters_told_again"][index], Risk(self._material["letters_risks"][index])
            person = {**self._facts(), "name": self._rare_name()}
            neighbour = {**self._facts(), "name": self._rare_name()}
            neighbour |= {one: person[one] for one in ("town", "village", "illness", "cause")}
            place = self._material["villages"].index(person["village"])
            written = (
                ("came first", person, self._fill(letter, person)),
                ("came again, with slips", person, self._slips(self._fill(letter, person))),
                ("came again, in other words", person, self._fill(told, person)),
                ("neighbour, the letter copied", neighbour, self._fill(letter, neighbour)),
                ("neighbour, in other words", neighbour, self._fill(told, neighbour)),
            )
            phones = {str(one["name"]): f"138{self._rng.randrange(10**8):08}" for one in (person, neighbour)}
            for form, facts, text in written:
                name = str(facts["name"])
                phone = phones[name] if self._rng.random() < _PHONES_KNOWN else ""
                matter = f"returning {index} {number} {name}"
                yield Text(matter, form, "", text, Channel.PETITION, name, phone, place, risk)

    def _rare_name(self) -> str:
        """One of thousands of names: two households of one name would look like one."""
        pick, given = self._rng.choice, self._material["given"]
        return f"{pick(self._material['surnames'])}{pick(given)[0]}{pick(given)[-1]}"

    def _another_headline(self, original: Original) -> Original:
        head = original.title[: self._rng.randrange(4, 9)] or "山村来信"
        return Original(self._rng.choice(self._material["headlines"]).format(head=head), original.text)

    def _note_and_source(self, original: Original) -> Original:
        lines = [self._rng.choice(self._material["notes"])] if self._rng.random() < 0.5 else []
        lines += [self._around("sources", original), original.text]
        lines += [self._around("editors", original) for _ in range(self._rng.randrange(1, 3))]
        return Original(original.title, "\n".join(lines))

    def _around(self, part: str, original: Original) -> str:
        line = self._rng.choice(self._material[part])
        medium = self._rng.choice(self._material["media"])
        return self._fill(line, {**self._facts(), "medium": medium, "title": original.title})

    def _cut(self, original: Original) -> Original:
        """One sentence or more is gone, at the end or in the middle; at least three fifths of the text remain."""
        sentences = _SENTENCES.findall(original.text)
        if len(original.text) < _SHORTEST_OF_A_REPRINT or len(sentences) < 3:
            return original
        keep, place = self._rng.uniform(0.6, 0.9), self._rng.choice(("end", "middle"))
        kept = _without_one(sentences, place)
        while sum(map(len, kept)) > keep * len(original.text):
            shorter = _without_one(kept, place)
            if sum(map(len, shorter)) < _LEAST_KEPT * len(original.text):
                break
            kept = shorter
        enough = sum(map(len, kept)) >= _LEAST_KEPT * len(original.text)
        return Original(original.title, "".join(kept)) if enough else original

    def _other_paragraphs(self, original: Original) -> Original:
        joined = original.text.replace("\n", "")
        parts = [part + ("\n  " if self._rng.random() < 0.4 else "") for part in _SENTENCES.findall(joined)]
        return Original(original.title, "".join(parts).translate({0xFF0C: ",", 0x2C: ",", 0x201C: "「", 0x201D: "」"}))

    def _traditional(self, original: Original) -> Original:
        return Original(_traditional().convert(original.title), _traditional().convert(original.text))

    def _light_editing(self, original: Original) -> Original:
        text, done = original.text, 0
        for one, other in self._rng.sample(self._material["light"], len(self._material["light"])):
            for old, new in ((one, other), (other, one)):
                if old in text and done < max(1, len(text) // 120):
                    text, done = text.replace(old, new, 1), done + 1
                    break
        return Original(original.title, text)

    def _all_together(self, original: Original) -> Original:
        return self._note_and_source(self._another_headline(self._cut(self._light_editing(original))))

    def _slips(self, text: str) -> str:
        characters = list(text)
        for _ in range(max(1, len(characters) // 25)):
            characters[self._rng.randrange(len(characters))] = self._rng.choice("的地得在再做作他她它")
        return "".join(characters)

    def _facts(self) -> dict[str, object]:
        pick, rng = self._rng.choice, self._rng
        return {
            "name": pick(self._material["surnames"]) + pick(self._material["given"]),
            "village": pick(self._material["villages"]),
            "town": pick(self._material["towns"]),
            "illness": pick(self._material["illnesses"]),
            "cause": pick(self._material["causes"]),
            "sum": rng.randrange(21, 999) * 10,
            "day": rng.randrange(1, 29),
            "month": rng.randrange(1, 13),
            "count": rng.randrange(2, 10),
            "age": rng.randrange(31, 89),
        }

    def _fill(self, template: str, facts: dict[str, object] | None = None) -> str:
        """Fill the slots: from `facts`, or each anew but town and month, which a notice keeps."""
        fixed = self._facts()

        def value(slot: re.Match[str]) -> str:
            if facts is not None:
                return str(facts[slot[1]])
            return str((fixed if slot[1] in ("town", "month") else self._facts())[slot[1]])

        return _SLOT.sub(value, template)


def _without_one(sentences: list[str], place: str) -> list[str]:
    at = len(sentences) - 1 if place == "end" else len(sentences) // 2
    return sentences[:at] + sentences[at + 1 :]


def _letter(matter: str, form: str, text: str, facts: dict[str, object], *, known: bool) -> Text:
    return Text(matter, _form(form, known=known), "", text, Channel.PETITION, str(facts["name"]) if known else "")


def _form(form: str, *, known: bool) -> str:
    return form if known else f"{form}{UNSIGNED}"


class Filler:
    """Any number of distinct texts with the statistics of real ones: a chain of characters learned from originals."""

    def __init__(self, originals: Sequence[Original], rng: random.Random) -> None:
        self._rng = rng
        self._next: dict[str, str] = {}
        gathered: dict[str, list[str]] = {}
        for original in originals:
            for one, other in zip(original.text, original.text[1:], strict=False):
                gathered.setdefault(one, []).append(other)
        self._next = {one: "".join(others) for one, others in gathered.items()}
        self._starts = [original.text[0] for original in originals if original.text]

    def text(self, length: int) -> str:
        """A text of about this length."""
        written = [self._rng.choice(self._starts)]
        while len(written) < length:
            following = self._next.get(written[-1])
            written.append(self._rng.choice(following) if following else self._rng.choice(self._starts))
        return "".join(written)


@cache
def material() -> dict[str, Any]:
    """The words of material.yml."""
    content: dict[str, Any] = yaml.safe_load(
        files("benchmarks.near_duplicates").joinpath("material.yml").read_text(encoding="utf-8")
    )
    return content


@cache
def _traditional() -> OpenCC:
    return OpenCC("s2t")
