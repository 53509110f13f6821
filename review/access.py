"""What an account may do and see; every question has one function, every region limit goes into the query."""

from domain.account import Account
from domain.errors import NotAllowed
from domain.lead import LeadView
from domain.vocabulary import Channel, Role

_READ_LEADS = frozenset({Role.CLERK, Role.TOWN, Role.VILLAGE, Role.LEADER})
_DECIDE = frozenset({Role.TOWN, Role.VILLAGE})
_READ_TEXTS = frozenset({Role.CLERK, Role.TOWN, Role.LEADER})


def may_read_leads(account: Account) -> bool:
    """Administrators and auditors see no leads: they run the system and check it."""
    return account.role in _READ_LEADS


def may_decide(account: Account) -> bool:
    """Cadres record what they found at the door."""
    return account.role in _DECIDE


def may_read_texts(account: Account) -> bool:
    """A village sees the evidence, never the letter."""
    return account.role in _READ_TEXTS


def may_read_petitioners(account: Account) -> bool:
    """Who petitioned is known to the petition office only."""
    return account.role is Role.CLERK


def may_read_restricted(account: Account) -> bool:
    """Accusations are read by the petition office only (信访工作条例 article 30)."""
    return account.role is Role.CLERK


def may_enter_texts(account: Account) -> bool:
    """The petition office and the operator bring in what nobody crawls; what they bring in they have read already."""
    return account.role in (Role.CLERK, Role.ADMIN)


def may_submit_petitions(account: Account) -> bool:
    """The petition office hands in its registers and reads what came of them; nobody else may learn who petitioned."""
    return account.role is Role.CLERK


def may_submit_registers(account: Account) -> bool:
    """The petition office and the towns keep the register; each changes households of its own division alone."""
    return account.role in (Role.CLERK, Role.TOWN)


def may_judge_readings(account: Account) -> bool:
    """Where two readers disagree the petition office decides, which may read the whole text and knows accusations."""
    return account.role is Role.CLERK


def may_judge_households(account: Account) -> bool:
    """Cadres know who lives where; the petition office has the whole text and knows who brought it in."""
    return may_decide(account) or account.role is Role.CLERK


def may_watch_sources(account: Account) -> bool:
    """Who runs the system sees how the media are: addresses and counts, never a text."""
    return account.role is Role.ADMIN


def may_see_coverage(account: Account) -> bool:
    """Counts of texts by village, for whoever has to tell "no leads" from "no data"."""
    return may_read_leads(account) or account.role is Role.ADMIN


def may_count_petitions(account: Account) -> bool:
    """Everybody but villages, who must not learn from a number that somebody petitioned."""
    return account.role is not Role.VILLAGE


def coverage_channels(account: Account) -> tuple[Channel, ...]:
    """Whose texts are counted."""
    return tuple(Channel) if may_count_petitions(account) else (Channel.NEWS,)


def may_see(account: Account, view: LeadView) -> bool:
    """True when the lead lies inside the account's region."""
    return may_read_leads(account) and account.region.contains(view.lead.region)


def require(allowed: bool) -> None:
    """Raise NotAllowed unless `allowed`."""
    if not allowed:
        raise NotAllowed("这个账号没有权限")
