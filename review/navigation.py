"""The navigation: what an account may open, what it does every day first, the rest folded on small screens."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.accounts.account import Account
from domain.words.vocabulary import Role
from review.rights import access

_ALL_FIT = 4
"""So many links stand in one line of a phone; with more, all but the first ones are folded."""
_FIRST = {
    Role.CLERK: ("/", "/imports", "/restricted"),
    Role.TOWN: ("/", "/board", "/risk-points"),
    Role.LEADER: ("/", "/board", "/risk-points"),
    Role.ADMIN: ("/board/system", "/accounts", "/sources"),
}
"""What each role opens every day (DESIGN 1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NavigationLink:
    """One page; `count` is what waits there."""

    label: str
    href: str
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Navigation:
    """Links that always show, and those that are folded where the screen is small."""

    first: Sequence[NavigationLink]
    folded: Sequence[NavigationLink]

    @property
    def folded_count(self) -> int:
        """What waits behind the folded links."""
        return sum(one.count for one in self.folded)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """Which pages the installation has, and what waits on them."""

    reports: bool
    reception: bool
    exports: bool
    operation: bool
    accusations: int
    disagreements: int | None
    """None where nobody compares two readings."""


def navigation(account: Account, offered: Offered) -> Navigation:
    """What the account may open, in the order of the table below."""
    links = [
        NavigationLink(label=label, href=href, count=count)
        for allowed, label, href, count in _table(account, offered)
        if allowed
    ]
    if len(links) <= _ALL_FIT:
        return Navigation(first=links, folded=())
    first = _FIRST.get(account.role) or tuple(one.href for one in links[: _ALL_FIT - 1])
    shown = {one.href: one for one in links}
    return Navigation(
        first=[shown[href] for href in first if href in shown],
        folded=[one for one in links if one.href not in first],
    )


def _table(account: Account, offered: Offered) -> Sequence[tuple[bool, str, str, int]]:
    petitions, restricted = access.may_submit_petitions(account), access.may_read_restricted(account)
    return (
        (access.may_read_leads(account), "线索", "/", 0),
        (offered.operation and access.may_run_system(account), "运行看板", "/board/system", 0),
        (access.may_see_lead_board(account), "看板", "/board", 0),
        (access.may_see_risk_points(account), "风险点", "/risk-points", 0),
        (offered.reception and petitions, "导入", "/imports", 0),
        (petitions, "信访件去向", "/board/petitions", 0),
        (restricted, "限制件", "/restricted", offered.accusations),
        (restricted, "登记线索", "/other-leads/new", 0),
        (restricted, "查看记录", "/reveals", 0),
        (
            offered.disagreements is not None and access.may_judge_readings(account),
            "判读分歧",
            "/disagreements",
            offered.disagreements or 0,
        ),
        (offered.reception and access.may_submit_registers(account), "台账", "/registers", 0),
        (access.may_enter_texts(account), "录入报道", "/texts/new", 0),
        (offered.reports and access.may_see_coverage(account), "覆盖", "/coverage", 0),
        (offered.exports and access.may_write_reports(account), "报表", "/reports", 0),
        (account.role is Role.ADMIN, "账号", "/accounts", 0),
        (offered.reports and access.may_watch_sources(account), "来源", "/sources", 0),
        (access.may_run_system(account), "系统", "/system", 0),
        (access.may_run_system(account), "外送", "/outgoing", 0),
        (account.role is Role.AUDITOR, "审计", "/audit", 0),
    )
