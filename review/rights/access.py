"""What an account may do and see: every question has one function, all answers come from the permission matrix."""

from domain.accounts.account import Account
from domain.failures.errors import NotAllowed
from domain.leads.lead import LeadView
from domain.words.vocabulary import Channel
from review.rights.permissions import PERMISSIONS, Right


def may(account: Account, right: Right) -> bool:
    """True when the matrix gives the account's role this right."""
    return account.role in PERMISSIONS.get(right, frozenset())


def may_read_leads(account: Account) -> bool:
    """Administrators and auditors see no leads: they run the system and check it."""
    return may(account, Right.READ_LEADS)


def may_decide(account: Account) -> bool:
    """True for roles that may make at least one step of the workflow; which ones its table says."""
    return may(account, Right.DECIDE)


def may_visit(account: Account) -> bool:
    """True for who goes to the door: the sheet and the form are for the visit."""
    return may(account, Right.VISIT)


def may_know_sources(account: Account) -> bool:
    """A village and a department are not told by which door a matter came in, nor when, nor how often."""
    return may(account, Right.KNOW_SOURCES)


def may_read_texts(account: Account) -> bool:
    """True for who reads whole petitions; a town asks for each with a reason, a village sees the evidence alone."""
    return may(account, Right.READ_TEXTS)


def may_read_text(account: Account, channel: Channel) -> bool:
    """True for who reads whole texts of this channel; what a medium published the town reads as it stands."""
    return may_read_texts(account) or (channel is Channel.NEWS and may(account, Right.READ_NEWS))


def may_read_petitioners(account: Account) -> bool:
    """Who petitioned is known to the petition office only."""
    return may(account, Right.READ_PETITIONERS)


def may_learn_petitioners(account: Account) -> bool:
    """Who knows who petitioned, and a town, which may ask with a reason; the county never learns it here."""
    return may_read_petitioners(account) or may(account, Right.REVEAL_PETITIONER_NAME)


def may_read_restricted(account: Account) -> bool:
    """Accusations are read by the petition office only (信访工作条例 article 30)."""
    return may(account, Right.READ_RESTRICTED)


def may_enter_texts(account: Account) -> bool:
    """The petition office and the operator bring in what nobody crawls; what they bring in they have read already."""
    return may(account, Right.ENTER_TEXTS)


def may_submit_petitions(account: Account) -> bool:
    """The petition office hands in its registers and reads what came of them; nobody else may learn who petitioned."""
    return may(account, Right.SUBMIT_PETITIONS)


def may_submit_registers(account: Account) -> bool:
    """The petition office and the towns keep the register; each changes households of its own division alone."""
    return may(account, Right.SUBMIT_REGISTERS)


def may_judge_readings(account: Account) -> bool:
    """Where two readers disagree the petition office decides, which may read the whole text and knows accusations."""
    return may(account, Right.JUDGE_READINGS)


def may_judge_households(account: Account) -> bool:
    """Cadres know who lives where; the petition office has the whole text and knows who brought it in."""
    return may(account, Right.JUDGE_HOUSEHOLDS)


def may_write_reports(account: Account) -> bool:
    """True for who answers for a whole place: ledgers and reports leave the house with households in them."""
    return may(account, Right.WRITE_REPORTS)


def may_run_system(account: Account) -> bool:
    """Who runs the system sees counts, accounts and what leaves; never a text."""
    return may(account, Right.RUN_SYSTEM)


def may_read_audit(account: Account) -> bool:
    """Who checks the system reads the log of who did what, and nothing else."""
    return may(account, Right.READ_AUDIT)


def may_watch_sources(account: Account) -> bool:
    """Who runs the system sees how the media are: addresses and counts, never a text."""
    return may(account, Right.WATCH_SOURCES)


def may_see_risk_points(account: Account) -> bool:
    """True for who reads all leads of a place; a department does not, so the counts are not for it."""
    return may(account, Right.SEE_RISK_POINTS)


def may_see_lead_board(account: Account) -> bool:
    """Counts of the leads of a place, for who reads all of them."""
    return may(account, Right.SEE_LEAD_BOARD)


def may_see_coverage(account: Account) -> bool:
    """Counts of texts by village, for whoever has to tell "no leads" from "no data"."""
    return may(account, Right.SEE_COVERAGE)


def may_count_petitions(account: Account) -> bool:
    """Everybody but villages, who must not learn from a number that somebody petitioned."""
    return may(account, Right.COUNT_PETITIONS)


def coverage_channels(account: Account) -> tuple[Channel, ...]:
    """Whose texts are counted."""
    return tuple(Channel) if may_count_petitions(account) else (Channel.NEWS,)


def may_see(account: Account, view: LeadView) -> bool:
    """True when the lead lies inside the account's region; whether it lies inside its scope the query has said."""
    return may_read_leads(account) and account.region.contains(view.lead.region)


def require(allowed: bool) -> None:
    """Raise NotAllowed unless `allowed`."""
    if not allowed:
        raise NotAllowed("这个账号没有权限")
