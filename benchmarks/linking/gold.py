"""A text of the benchmark with everything that is true of it, and the forms its writer used."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from domain.failures.errors import ConfigError
from domain.labelled import Labelled
from domain.links.mention import PersonRole
from domain.places.region import Level
from domain.register.household import HouseholdId, Sex


class Genre(Labelled):
    """What kind of text it is."""

    LETTER = "letter", "来信"
    HOTLINE = "hotline", "热线工单"
    WECHAT = "wechat", "微信"
    NEWS = "news", "新闻"
    SUMMARY = "summary", "信访概况"


class NameForm(Labelled):
    """How the main person is written."""

    FULL = "full", "全名"
    HOMOPHONE = "homophone", "同音字"
    SIMILAR = "similar", "形近字"
    MASKED = "masked", "王某某"
    STARRED = "starred", "李*华"
    FAMILIAR = "familiar", "老张"
    ADDRESSED = "addressed", "王大爷"
    POLITE = "polite", "王女士"
    BY_RELATIVE = "by_relative", "张三家儿子"


class PlaceForm(Labelled):
    """How the household's place is written."""

    FULL = "full", "村全名"
    WITH_TOWN = "with_town", "镇加村"
    WITH_COUNTY = "with_county", "县镇村"
    SHORT = "short", "村简称"
    SITE = "site", "安置点"
    TOWN_ONLY = "town_only", "只有镇"
    GROUP_ONLY = "group_only", "只有组"
    NONE = "none", "没有地点"
    HOMOPHONE = "homophone", "村名同音字"
    SIMILAR = "similar", "村名形近字"
    NEIGHBOUR = "neighbour", "错写成邻村"
    OTHER_COUNTY = "other_county", "外县同名村"


class Case(Labelled):
    """Whether the household is in the register, and if not, whose it is."""

    REGISTERED = "registered", "在册"
    STRANGER = "stranger", "本村未登记户"
    NAMESAKE = "namesake", "未登记户，别村有同名人"
    OTHER_COUNTY = "other_county", "外县户"


class Trap(Labelled):
    """What else in the text may lead to a wrong door."""

    NAMESAKE_IN_TOWN = "namesake_in_town", "同镇有同名人"
    OUTSIDER = "outsider", "干部医生记者与在册人同名"
    REPORTER = "reporter", "邻居代为反映"


class _Gold(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class WrittenPerson(_Gold):
    """A person where the text names them; end is exclusive, offsets count characters of title, line break and text."""

    name: str
    role: PersonRole
    start: int
    end: int
    main: bool = False
    """True for the name by which the household is told."""
    birth_year: int | None = None
    """As the text says it, which may be a year off."""
    sex: Sex = Sex.UNKNOWN


class WrittenPlace(_Gold):
    """A place where the text names it, with the division that is written, right or wrong."""

    code: str
    level: Level
    name: str
    start: int
    end: int


class WrittenNumber(_Gold):
    """A phone or an ID number as written."""

    text: str
    start: int
    end: int


class Text(_Gold):
    """One invented text."""

    id: str
    genre: Genre
    title: str
    text: str
    case: Case
    name_form: NameForm
    place_form: PlaceForm
    traps: tuple[Trap, ...]
    household_id: HouseholdId | None
    """The registered household the text speaks of; None when it is not in the register."""
    village: str
    """Code of the village the household lives in; empty when it lies in another county."""
    fitting: int
    """How many registered households everything the writer meant to say fits; more than one: nobody could tell."""
    persons: tuple[WrittenPerson, ...]
    places: tuple[WrittenPlace, ...]
    phones: tuple[WrittenNumber, ...]
    id_numbers: tuple[WrittenNumber, ...]

    @property
    def content(self) -> str:
        """What offsets count in."""
        return f"{self.title}\n{self.text}" if self.title else self.text


def write_texts(path: Path, texts: Iterable[Text]) -> None:
    """The texts as JSON lines."""
    with path.open("w", encoding="utf-8") as lines:
        lines.writelines(text.model_dump_json() + "\n" for text in texts)


def read_texts(path: Path) -> Iterator[Text]:
    """The texts of the file; ConfigError when it is not there."""
    if not path.is_file():
        raise ConfigError(f"没有这个文件: {path.name}")
    with path.open(encoding="utf-8") as lines:
        yield from (Text.model_validate_json(line) for line in lines)
