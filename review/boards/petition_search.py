"""Which petitions somebody of the office looks for: by number, by who petitioned, by day and by the way they came."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from domain.clock import CHINA
from domain.deliveries.receipt import Way
from domain.texts.document import Petitioner
from importers.values.identifiers import id_number_of, phone_of
from storage.deliveries.petition_outcomes import PetitionFilter
from storage.texts.accusations import OfficeScope

EARLIEST = date(2000, 1, 1)
_LONGEST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionSearch:
    """What was asked for; without anything but a month and a way it is the board of that month."""

    month: date
    """Its first day."""
    way: Way | None
    number: str
    petitioner: str
    first: date | None
    last: date | None

    @property
    def active(self) -> bool:
        """True where more is asked for than a month."""
        return bool(self.number or self.petitioner or self.first or self.last)

    @property
    def address(self) -> str:
        """The search as the query of an address; who petitioned stands in no address, for those are written down."""
        asked = {
            "month": "" if self.active else self.month.strftime("%Y-%m"),
            "number": self.number,
            "first": self.first.isoformat() if self.first else "",
            "last": self.last.isoformat() if self.last else "",
            "way": self.way.value if self.way else "",
        }
        return urlencode({name: value for name, value in asked.items() if value})

    def filter(self, office: OfficeScope, today: date) -> PetitionFilter:
        """The search among the petitions of an office; a search without days goes through all of them."""
        end_of_month = (self.month + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        return PetitionFilter(
            office=office,
            first=self.first or (EARLIEST if self.active else self.month),
            last=self.last or (today if self.active else end_of_month),
            way=self.way,
            number=self.number,
            petitioner=_petitioner(self.petitioner) if self.petitioner else None,
        )


def search_of(asked: Mapping[str, str], today: date) -> PetitionSearch:
    """The search of an address or a form; what cannot be read is left out, as the feed does."""
    way = asked.get("way", "")
    return PetitionSearch(
        month=_month(asked.get("month", ""), today),
        way=next((one for one in Way if one.value == way), None),
        number=_text(asked.get("number", "")),
        petitioner=_text(asked.get("petitioner", "")),
        first=_day(asked.get("first", "")),
        last=_day(asked.get("last", "")),
    )


def _petitioner(text: str) -> Petitioner:
    """A phone and an ID number are known by their digits, anything else is a name."""
    phone, number = phone_of(text)[0], id_number_of(text)[0]
    return Petitioner(phone=phone, id_number=number, name="" if phone or number else text.replace(" ", ""))


def _text(text: str) -> str:
    shown = "".join(one for one in unicodedata.normalize("NFKC", text) if one.isprintable())
    return " ".join(shown.split())[:_LONGEST]


def _month(text: str, today: date) -> date:
    """The first day of the month asked for; of this month where the address names none that has begun."""
    try:
        asked = datetime.strptime(text, "%Y-%m").replace(tzinfo=CHINA).date()
    except ValueError:
        asked = today
    return min(max(asked, EARLIEST), today).replace(day=1)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST <= day <= date(2999, 12, 31) else None
