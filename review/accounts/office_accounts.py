"""Accounts of the petition office: nobody opens the way to petitions and accusations alone on a page.

Whoever runs the system reads no text (DESIGN section 7, rule 3), and must not get at them by an account made, reset or
moved for the purpose. Such a step is made on the server, where whoever makes it has the keys anyway.
"""

from domain.accounts.account import Account
from domain.failures.errors import NotAllowed
from domain.places.region import RegionCode
from review.rights.permissions import PERMISSIONS, Right
from storage.unit_of_work import UnitOfWork

ON_THE_SERVER = (
    "信访办的账号能看信访件和检举控告件, 不能在网页上由管理员一人打开: "
    "新建、重设、恢复、更改请在服务器上用 qianshao account 命令办理"
)
_OFFICE = PERMISSIONS[Right.READ_RESTRICTED]


def require_not_of_the_office(account: Account) -> None:
    """NotAllowed for a step that would let an administrator sign in as the petition office."""
    if account.role in _OFFICE:
        raise NotAllowed(ON_THE_SERVER)


def require_first_of_the_office(work: UnitOfWork, account: Account) -> None:
    """NotAllowed for an account of the petition office where any account can read there already, disabled or not.

    The first one of a division that has none above and none below is made on the page: there is nothing to read yet
    that somebody guards.
    """
    if account.role not in _OFFICE:
        return
    # Held, or two made at once would each be the first.
    work.accounts.hold_all()
    others = [one.region for one in work.accounts.all() if one.role in _OFFICE and one.username != account.username]
    if any(_overlap(account.region, other) for other in others):
        raise NotAllowed(ON_THE_SERVER)


def _overlap(one: RegionCode, other: RegionCode) -> bool:
    return one.contains(other) or other.contains(one)
