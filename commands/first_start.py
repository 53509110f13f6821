"""The first start of the web pages: a code on the terminal instead of a password that ships with the program."""

from commands.terminal import say
from domain.accounts.account import AuditEntry
from domain.accounts.sign_in import SignInPolicy
from domain.leads.lead import SYSTEM
from pipeline.deployment import Deployment
from review.sign_in.passwords import make_password


def offer_set_up(deployment: Deployment, policy: SignInPolicy) -> None:
    """Print a code for /setup while there is no account; earlier codes are good for nothing then."""
    now = deployment.clock.now()
    with deployment.store.unit_of_work() as work:
        if work.accounts.count():
            return
        code = make_password()
        work.set_up_codes.replace(code, deployment.settings.county_code, now + policy.set_up_within)
        work.audit.append(AuditEntry(at=now, actor=SYSTEM, action="offer_set_up", subject=""))
        work.commit()
    hours = policy.set_up_within.total_seconds() / 3600
    say(f"还没有账号。请打开网页的 /setup 建立系统管理员, 启动代码({hours:.0f}小时内有效, 只能用一次): {code}")
