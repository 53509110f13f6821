"""How a declared source may be fetched beyond its politeness: hosts, mirrors, second visits, how often it is polled."""

import re
from itertools import pairwise

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

_STRICT = ConfigDict(extra="forbid", frozen=True, strict=True)


class Mirror(BaseModel):
    """Addresses that show the same page as others: what `match` finds is replaced to get the name of the page."""

    model_config = _STRICT

    match: str
    """Regular expression over the whole address, such as `/BIG5/`."""
    to: str
    """What stands there in the page's name, such as `/GB/`."""

    @model_validator(mode="after")
    def _can_be_used(self) -> "Mirror":
        try:
            re.sub(self.match, self.to, "")
        except (re.error, IndexError) as exc:
            raise ValueError("match或to不是合格的正则表达式") from exc
        return self


class FetchRules(BaseModel):
    """The rules of one source; the defaults suit a county's news site."""

    model_config = _STRICT

    hosts: tuple[str, ...] = Field(default=(), strict=False)
    """Further hosts of the medium; addresses and redirects may lead there, and to the hosts of the start pages."""
    mirrors: tuple[Mirror, ...] = Field(default=(), strict=False)
    drop_parameters: tuple[str, ...] = Field(default=(), strict=False)
    """Parameters of addresses that do not change the page, beside those known everywhere."""
    recheck_days: tuple[int, ...] = Field(default=(1, 3, 7), strict=False)
    """Days after its publication on which an article is asked for again, conditionally: corrections."""
    reply_days: tuple[int, ...] = Field(default=(1, 3, 7, 12, 18, 25, 33, 42, 52, 63, 76, 90), strict=False)
    """Days after a message was put to an office on which its page is asked for again while it shows no reply.

    The last one is the limit. One with a reply is visited like any article."""
    retry_hours: tuple[int, ...] = Field(default=(1, 6, 24, 72), strict=False)
    """Hours until a page that did not come is tried again, by the number of tries; then it is given up."""
    max_list_pages: int = Field(default=200, ge=1)
    """List pages read in one run at most: calendars lead on without end."""
    max_links: int = Field(default=5000, ge=1)
    """Links of one list page that are looked at, in its order: a page of countless links would delay all others."""
    max_parts: int = Field(default=20, ge=1)
    """Pages of one article at most."""
    slowest_minutes: int | None = Field(default=None, ge=10)
    """How seldom a source is polled that brings nothing; when not given, eight times `every_minutes`, a day at most."""
    fastest_minutes: int | None = Field(default=None, ge=10)
    """How often a source is polled that brings much; when not given, at half of `every_minutes`."""

    @field_validator("recheck_days", "reply_days", "retry_hours")
    @classmethod
    def _rises(cls, value: tuple[int, ...]) -> tuple[int, ...]:
        if any(step < 1 for step in value) or any(later <= earlier for earlier, later in pairwise(value)):
            raise ValueError("要从小到大, 且都大于0")
        return value

    @model_validator(mode="after")
    def _is_a_range(self) -> "FetchRules":
        if self.slowest_minutes and self.fastest_minutes and self.slowest_minutes < self.fastest_minutes:
            raise ValueError(f"slowest_minutes({self.slowest_minutes})小于fastest_minutes({self.fastest_minutes})")
        return self
