"""What needs a person: silent sources, waiting work, quarantined records, keys, disk."""

import shutil
from dataclasses import dataclass
from datetime import timedelta

from domain.accounts.access_scope import AccessScope
from domain.clock import china_date
from domain.counting.stage_report import stage_label
from domain.failures.errors import ConfigError
from domain.leads.lead import LeadStatus
from domain.sending.delivery import DeliveryState
from domain.texts.document import Breadcrumb
from domain.texts.second_reading import RequestStep
from domain.texts.set_aside import set_aside_label, what_to_do
from pipeline.deliveries.drop_folder import REFUSED_FILE, shut_folders, waiting_since
from pipeline.deliveries.drop_places import REJECTED
from pipeline.deliveries.mailbox import REFUSED_MAIL
from pipeline.deployment import Deployment
from pipeline.policy.tables import FILE_NAMES
from pipeline.stages import second_read
from pipeline.stages.run import plan
from pipeline.upkeep.unread_accusations import accusations_without_reader
from storage.encryption.key_file import load_keyring, readable_by_others
from storage.joined.planned_households import unclear_plans
from storage.leads.filter import LeadFilter

_TROUBLES = (RequestStep.REFUSED, RequestStep.FAILED, RequestStep.UNREACHABLE)
_FREE_BYTES = 1 << 30
"""Below one gibibyte a day's crawl and its database pages may not fit."""
_REFUSED_LATELY = timedelta(days=7)
_WAITING = timedelta(hours=1)
"""The schedule looks every ten minutes."""
_RECORDS = 1000
"""More than these nobody reads one by one; the finding counts them all."""
_DEADLINES_REACH = timedelta(days=31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing examined."""

    check: str
    ok: bool
    message: str


def examine(deployment: Deployment) -> list[Finding]:
    """Every check with its finding, in a fixed order."""
    return [
        Finding(check="数据库", ok=True, message=_database(deployment)),
        Finding(check="模型", ok=True, message=deployment.classifier.version),
        Finding(check="初筛", ok=deployment.news_gate.ok, message=deployment.news_gate.message),
        _sources(deployment),
        _policy(deployment),
        _holidays(deployment),
        _unassigned(deployment),
        _accusations(deployment),
        _planned_leads(deployment),
        _notices(deployment),
        _outgoing(deployment),
        _queue(deployment),
        _quarantine(deployment),
        _deliveries(deployment),
        _second_reader(deployment),
        _disk(deployment),
        _audit(deployment),
        _keys(deployment),
    ]


def _database(deployment: Deployment) -> str:
    with deployment.store.reading() as work:
        households, persons = work.registry.count()
        return f"文本{work.raw.count()}条, 台账{households}户{persons}人"


def _sources(deployment: Deployment) -> Finding:
    wrong = [
        f"{health.source.name} {health.verdict.label}({health.reason})"
        for health in deployment.source_healths()
        if health.verdict.needs_a_person
    ]
    message = f"{'; '.join(wrong)}; 办法见 qianshao source health" if wrong else "启用的来源都正常"
    return Finding(check="来源", ok=not wrong, message=message)


def _policy(deployment: Deployment) -> Finding:
    """A table under a misspelt name would be in force by nobody's knowledge: as shipped."""
    folder = deployment.settings.policy
    if folder is None:
        return Finding(check="政策", ok=True, message="都用随程序的政策表")
    sign_in = deployment.settings.sign_in
    here = {path.name for path in folder.glob("*.toml") if sign_in is None or path.resolve() != sign_in.resolve()}
    own, unread = "、".join(sorted(here & FILE_NAMES)), "、".join(sorted(here - FILE_NAMES))
    wrong = f"; {unread} 没有读, 请核对文件名" if unread else ""
    message = f"本县自己的: {own or '没有'}; 没有写的都用随程序的{wrong}"
    return Finding(check="政策", ok=not unread, message=message)


def _holidays(deployment: Deployment) -> Finding:
    """Of this year, and of the next one from December on: deadlines reach into it."""
    today = china_date(deployment.clock.now())
    years = sorted({today.year, (today + _DEADLINES_REACH).year})
    missing = "、".join(f"{year}年" for year in years if not deployment.policy.calendar.knows(year))
    message = f"holidays.toml 没有{missing}的节假日, 期限只按周末顺延, 节日里会误报来源静默, 请补录"
    return Finding(check="节假日", ok=not missing, message=message if missing else f"已有{years[-1]}年的节假日")


def _unassigned(deployment: Deployment) -> Finding:
    wanted = LeadFilter(
        scope=AccessScope.everything_in(deployment.settings.county_code),
        status=frozenset({LeadStatus.NEW}),
        due_before=china_date(deployment.clock.now()),
    )
    with deployment.store.reading() as work:
        late = work.leads.count(wanted)
    message = f"{late}条新线索过了派办期限还没有人办理, 请看各村镇有没有能办理的账号" if late else "新线索都有人办理"
    return Finding(check="派办", ok=not late, message=message)


def _accusations(deployment: Deployment) -> Finding:
    settings = deployment.settings
    with deployment.store.reading() as work:
        left = accusations_without_reader(work, settings.county_code, settings.known_offices.house)
    advice = "请为信访办另建账号(qianshao account), 或由上级信访办办理"
    message = (
        f"{left}份限制件没有信访办的账号可以办理, 没有账号或都要回避; {advice}" if left else "都有信访办的账号可以办理"
    )
    return Finding(check="限制件", ok=not left, message=message)


def _planned_leads(deployment: Deployment) -> Finding:
    with deployment.store.reading() as work:
        unclear = len(unclear_plans(work))
    advice = "没有开启; 请信访办打开网页「登记线索」, 重新查找并登记, 再点「已另行处理」"
    message = f"{unclear}条登记的线索在台账更新后不能确定是哪一户, {advice}" if unclear else "都能确定是哪一户"
    return Finding(check="登记线索", ok=not unclear, message=message)


def _notices(deployment: Deployment) -> Finding:
    settings = deployment.settings.notices
    if settings is None:
        return Finding(check="通知", ok=True, message="没有配置, 告警只在这里和网页上看得到")
    clock = deployment.clock
    every = [settings.ways(clock), *(settings.team_ways(team, clock) for team in settings.teams)]
    with deployment.store.reading() as work:
        stuck, problem = work.notices.stuck()
    said = [one for ways in every for one in ways.problems]
    said += [f"{stuck}条通知还没有送出: {problem}"] if stuck else []
    return Finding(check="通知", ok=not said, message="; ".join(said) or "没有滞留的通知")


def _outgoing(deployment: Deployment) -> Finding:
    """Receivers that are not told, and events that no receiver was queued for."""
    try:
        endpoints = deployment.webhook_endpoints()
    except ConfigError as exc:
        return Finding(check="外送", ok=False, message=str(exc))
    with deployment.store.reading() as work:
        counts, waiting = work.webhook_deliveries.counts(), work.outgoing.is_waiting()
        late = work.webhook_deliveries.waiting_since(deployment.clock.now() - _WAITING)
    given_up = sum(count for (_, state), count in counts.items() if state is DeliveryState.GIVEN_UP)
    said = [
        f"{given_up}条推送停止重试, 请在网页「外送」或用 qianshao outgoing list 处理" if given_up else "",
        f"{late}条推送一小时以上没有送出, 请看定时任务和对方的服务" if late else "",
    ]
    message = "; ".join(filter(None, said))
    idle = f"声明了{len(endpoints)}个接收方" if endpoints else "没有声明接收方"
    queued = ", 有新结果待排队" if waiting and endpoints else ""
    return Finding(check="外送", ok=not message, message=message or f"{idle}, 没有滞留的推送{queued}")


def _queue(deployment: Deployment) -> Finding:
    waiting = []
    with deployment.store.reading() as work:
        for planned in plan(deployment.stages()):
            pending = work.breadcrumbs.pending(planned.stage.name, planned.version, after=planned.after, limit=1000)
            if pending:
                waiting.append(f"{stage_label(planned.stage.name)} {len(pending)}")
    message = f"待处理: {'; '.join(waiting)}, 请运行 qianshao run" if waiting else "没有积压"
    return Finding(check="积压", ok=not waiting, message=message)


def _quarantine(deployment: Deployment) -> Finding:
    with deployment.store.reading() as work:
        found = work.set_aside.counts()
    said = [
        f"{stage_label(stage)} {set_aside_label(detail)} {count}条({what_to_do(detail) or '请看原因'})"
        for stage, detail, count in found
    ]
    message = f"{'; '.join(said)}; 逐条见 qianshao doctor --records" if found else "没有隔离的记录"
    return Finding(check="隔离", ok=not found, message=message)


def records_set_aside(deployment: Deployment) -> list[Breadcrumb]:
    """The latest records that stages set aside, with why, the latest first."""
    with deployment.store.reading() as work:
        return work.set_aside.latest(limit=_RECORDS)


def _deliveries(deployment: Deployment) -> Finding:
    """Files and mails of which nothing was taken in, and files that nobody takes in."""
    now, folder = deployment.clock.now(), deployment.settings.drop_folder
    with deployment.store.reading() as work:
        files = work.audit.count_since([REFUSED_FILE], now - _REFUSED_LATELY)
        mails = work.audit.count_since([REFUSED_MAIL], now - _REFUSED_LATELY)
    waiting, shut = waiting_since(folder, now - _WAITING), shut_folders(folder)
    said = [
        f"收件箱里的文件夹 {'、'.join(shut)} 打不开, 里面的文件没有人收, 请改好权限" if shut else "",
        f"近{_REFUSED_LATELY.days}天收件箱有{files}个文件没有收下, 在 {folder / REJECTED}, 原因在旁边的回执里"
        if files
        else "",
        f"近{_REFUSED_LATELY.days}天有{mails}封邮件没有收下, 在邮箱里标了旗" if mails else "",
        f"收件箱里有{waiting}个文件放了一小时以上没有人收, 请看定时任务和文件夹的权限" if waiting else "",
    ]
    message = "; ".join(filter(None, said))
    return Finding(check="收件", ok=not message, message=message or "没有收不下的文件和邮件")


def _second_reader(deployment: Deployment) -> Finding:
    settings = deployment.settings.second_reader
    if settings is None:
        return Finding(check="第二判读", ok=True, message="没有配置, 不影响其他环节")
    with deployment.store.reading() as work:
        last = work.stage_runs.last(second_read.NAME)
    if last is None:
        return Finding(check="第二判读", ok=True, message=f"已配置 {settings.model}, 还没有运行过")
    started_at, report = last
    details = report.details
    counts = f"一致{details.get('agrees', 0)}, 分歧{details.get('disagrees', 0)}"
    troubles = [f"{step.label}{details[step]}" for step in _TROUBLES if details.get(step)]
    stopped = ["提前停止"] if details.get(second_read.STOPPED) else []
    message = f"{settings.model}, 上次运行 {china_date(started_at)}: {', '.join([counts, *troubles, *stopped])}"
    failing = stopped or details.get(RequestStep.FAILED) or details.get(RequestStep.UNREACHABLE)
    return Finding(check="第二判读", ok=not failing, message=message)


def _disk(deployment: Deployment) -> Finding:
    free = shutil.disk_usage(deployment.settings.home).free
    return Finding(check="磁盘", ok=free >= _FREE_BYTES, message=f"剩余{free / (1 << 30):.1f} GiB")


def _audit(deployment: Deployment) -> Finding:
    with deployment.store.reading() as work:
        broken, guarded = work.audit.verify(), work.audit.refuses_changes()
    if broken is not None:
        return Finding(check="审计", ok=False, message=f"审计记录第{broken}条被改动")
    if not guarded:
        return Finding(
            check="审计", ok=False, message="审计链完整, 但数据库里防止修改审计的触发器被去掉了, 请查是谁做的"
        )
    return Finding(check="审计", ok=True, message="审计链完整")


def _keys(deployment: Deployment) -> Finding:
    path = deployment.settings.key_path
    if readable_by_others(path):
        return Finding(check="密钥", ok=False, message=f"密钥文件 {path} 别人也能读, 请运行 chmod 600 {path}")
    ring = load_keyring(path)
    if ring.indexed_from != ring.current.number:
        return Finding(check="密钥", ok=False, message="更换密钥没有完成, 请运行 qianshao key rotate")
    return Finding(check="密钥", ok=True, message=f"使用第{ring.current.number}个密钥({ring.current.algorithm.label})")
