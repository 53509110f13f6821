"""`make run`: the example county from nothing to the leads feed, by the same commands a person would type."""

import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

from commands.accounts import add_account
from commands.terminal import print_table, say
from domain.accounts.access_scope import AccessScope
from domain.places.region import RegionCode
from domain.texts.document import DocumentId
from domain.words.vocabulary import Channel, Role
from examples.kehu.build import PETITIONS, TICKETS
from examples.kehu.score import LeadOutcome, Score, read_gold, score
from examples.kehu.serve import serve_site
from examples.kehu.texts_format import HERE
from examples.kehu.transfer import MEDICAL_INSURANCE, transfer_leads
from pipeline.deployment import Deployment, make_deployment
from storage.leads.filter import LeadFilter
from storage.unit_of_work import UnitOfWork

_ACCOUNTS = (
    ("clerk", Role.CLERK, "141124104", "信访办录入员", ""),
    ("town", Role.TOWN, "141124104", "镇干部", ""),
    ("village", Role.VILLAGE, "141124104202", "庞家庄村干部", ""),
    ("department", Role.DEPARTMENT, "141124", "县医保局", MEDICAL_INSURANCE),
    ("leader", Role.LEADER, "141124", "县领导", ""),
    ("admin", Role.ADMIN, "141124", "系统管理员", ""),
    ("auditor", Role.AUDITOR, "141124", "审计员", ""),
)


def main() -> None:
    """Set up, take in, crawl, process, print, and serve unless SERVE=0."""
    started = time.perf_counter()
    _qianshao("init", "--example", "kehu")
    _qianshao("import", "petitions", str(HERE / PETITIONS), str(HERE / TICKETS))
    with serve_site(HERE / "site") as address:
        _qianshao("source", "crawl", site=address)
    _qianshao("run")
    _qianshao("lead", "list", "--limit", "30")
    deployment = make_deployment()
    _print_score(measure(deployment))
    say(f"用时 {time.perf_counter() - started:.1f} 秒")
    _show_accounts(deployment)
    moved = transfer_leads(deployment, by="town", department=MEDICAL_INSURANCE)
    if moved:
        say(f"演示: 镇干部已把{moved}条因病线索核实后转给县医保局, 用 department 登录可以看到")
    if os.environ.get("SERVE", "1") != "0":
        _qianshao("serve")


def measure(deployment: Deployment) -> Score:
    """The end-to-end score of what the database holds."""
    with deployment.store.reading() as work:
        views = work.leads.feed(
            LeadFilter(scope=AccessScope.everything_in(deployment.settings.county_code), limit=100_000)
        )
        outcomes = [
            LeadOutcome(
                lead_id=view.lead.id,
                household_id=view.lead.household_id,
                candidates=_candidates(work, [one.document_id for one in view.evidence]),
                locators=frozenset(_locator(work, one.document_id) for one in view.evidence),
            )
            for view in views
        ]
        ids = work.routes.restricted(limit=100_000, offset=0)
        restricted = frozenset(_locator(work, document_id) for document_id in ids)
    return score(read_gold(HERE / "gold.jsonl"), outcomes, restricted)


def _candidates(work: UnitOfWork, ids: list[DocumentId]) -> frozenset[str]:
    links = [work.links.latest(document_id) for document_id in ids]
    return frozenset(candidate.household_id for link in links if link for candidate in link.candidates)


def _locator(work: UnitOfWork, document_id: DocumentId) -> str:
    raw = work.raw.get(document_id)
    return urlsplit(raw.url).path if raw.channel is Channel.NEWS else raw.external_key


def _print_score(found: Score) -> None:
    rows = [
        ("线索召回率", f"{found.recall:.3f}", f"{found.matters_found}/{found.matters} 件事"),
        ("线索精确率", f"{found.precision:.3f}", f"{found.leads_right}/{found.leads} 条线索"),
        ("关联到户准确率", f"{found.household_accuracy:.3f}", f"{found.doors_right}/{found.doors}"),
        ("关联错户", str(found.doors_wrong), "条材料"),
        ("正确户在候选中", f"{found.doors_among_candidates / max(1, found.doors):.3f}", ""),
        ("限制件进入线索", str(found.restricted_in_feed), f"共{found.restricted}件限制件"),
        ("多限制的材料", str(found.restricted_needlessly), "件, 由信访办放行"),
    ]
    print_table("与标准答案比较", ("指标", "值", "说明"), rows)


def _show_accounts(deployment: Deployment) -> None:
    with deployment.store.reading() as work:
        known = {account.username for account in work.accounts.all()}
    rows = [
        (name, _add_account(deployment, name, role, region, label, department), label)
        for name, role, region, label, department in _ACCOUNTS
        if name not in known
    ]
    if rows:
        print_table("演示账号(密码刚刚生成, 只显示这一次)", ("用户名", "密码", "角色"), rows)
    else:
        say("演示账号已在上次建立; 忘了密码用 qianshao account reset 用户名 重设")


def _add_account(deployment: Deployment, name: str, role: Role, region: str, label: str, department: str) -> str:
    return add_account(deployment, name, role, RegionCode(region), label, department=department, must_change=False)


def _qianshao(*arguments: str, site: str = "") -> None:
    environment = dict(os.environ)
    if site:
        environment["QIANSHAO_SOURCE_VARIABLES"] = f'{{"site": "{site}"}}'
    command = [sys.executable, "-m", "commands", *arguments]
    try:
        code = subprocess.run(command, env=environment, check=False, cwd=Path.cwd()).returncode  # noqa: S603 - our own module
    except KeyboardInterrupt:
        sys.exit(0)
    if code:
        say(f"qianshao {' '.join(arguments)} 失败, 退出码 {code}")
        sys.exit(code)


if __name__ == "__main__":
    main()
