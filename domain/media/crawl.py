"""What is remembered of crawling: pages seen, why pages did not come, and how each run of a source went."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.labelled import Labelled


class PageKind(Labelled):
    """What a page is to the crawl."""

    ARTICLE = "article", "文章"
    QUESTION = "question", "待答复的留言"
    """An article, too: a message to an office that has no reply yet."""
    LIST = "list", "列表"


class Weight(Labelled):
    """How much a problem says about the source."""

    BLOCKED = "blocked", "被拦截"
    FAILED = "failed", "没有取到"
    PASSED_OVER = "passed_over", "按规则不取"


class StartPageState(Labelled):
    """What a declared start page gave in one run."""

    NAMES = "names", "有文章"
    """It names articles, or is unchanged since it did."""
    BARREN = "barren", "没有文章链接"
    """It answered and names no address that the declaration takes for an article's."""
    MISSING = "missing", "打不开"
    UNKNOWN = "unknown", "未知"
    """Not asked for, refused or put off: it says nothing of the list."""


class FetchProblem(Labelled):
    """Why a page did not come, one class each; `weight` says how it is counted.

    What the site does to keep readers out is BLOCKED and never read as "nothing new". What we decide ourselves, because
    the site or the declaration says so, is PASSED_OVER.
    """

    weight: Weight

    CAPTCHA = "captcha", "验证码页面", Weight.BLOCKED
    LOGIN = "login", "要求登录", Weight.BLOCKED
    SCRIPT_CHALLENGE = "script_challenge", "要求执行脚本才能看", Weight.BLOCKED
    FIREWALL = "firewall", "被网站防火墙拦截", Weight.BLOCKED
    FORBIDDEN = "forbidden", "拒绝访问", Weight.BLOCKED
    RATE_LIMITED = "rate_limited", "网站要求慢一些或稍后再来", Weight.BLOCKED
    REDIRECT_HOME = "redirect_home", "跳回首页", Weight.BLOCKED
    REDIRECT_ABROAD = "redirect_abroad", "跳到未声明的网站", Weight.BLOCKED
    SAME_BODY = "same_body", "许多地址返回同一内容", Weight.BLOCKED
    ROBOTS_UNAVAILABLE = "robots_unavailable", "robots.txt取不到, 按不允许处理", Weight.BLOCKED

    TIMEOUT = "timeout", "超时", Weight.FAILED
    REFUSED = "refused", "连接不上", Weight.FAILED
    NAME_UNKNOWN = "name_unknown", "域名解析不了", Weight.FAILED
    CONNECTION_LOST = "connection_lost", "连接中断", Weight.FAILED
    INCOMPLETE = "incomplete", "内容不完整", Weight.FAILED
    TOO_LARGE = "too_large", "超过大小上限", Weight.FAILED
    COMPRESSION_BOMB = "compression_bomb", "解压后超过大小上限", Weight.FAILED
    BAD_COMPRESSION = "bad_compression", "压缩内容损坏", Weight.FAILED
    REDIRECT_LOOP = "redirect_loop", "循环跳转", Weight.FAILED
    GONE = "gone", "页面不存在", Weight.FAILED
    CLIENT_ERROR = "client_error", "网站不接受请求", Weight.FAILED
    SERVER_ERROR = "server_error", "网站出错", Weight.FAILED
    ERROR_PAGE = "error_page", "返回的是错误提示页", Weight.FAILED
    BAD_ANSWER = "bad_answer", "网站的回答不合HTTP规范", Weight.FAILED
    NOT_A_PAGE = "not_a_page", "不是网页", Weight.FAILED
    NO_TITLE = "no_title", "页面上没有标题", Weight.FAILED
    NO_BODY = "no_body", "页面上没有正文", Weight.FAILED
    PART_MISSING = "part_missing", "分页文章缺页", Weight.FAILED
    UNREADABLE = "unreadable", "程序读不了这个页面", Weight.FAILED

    ROBOTS = "robots", "robots.txt不允许", Weight.PASSED_OVER
    PAGE_LIMIT = "page_limit", "达到每次页数上限, 其余下次再取", Weight.PASSED_OVER
    LINK_LIMIT = "link_limit", "列表页新链接过多, 其余下次再取", Weight.PASSED_OVER
    LIST_LIMIT = "list_limit", "列表页过多或没有新文章, 不再往下翻", Weight.PASSED_OVER
    POSTPONED = "postponed", "等网站允许后再取", Weight.PASSED_OVER

    def __new__(cls, value: str, label: str = "", weight: Weight = Weight.FAILED) -> "FetchProblem":
        """Make a member from its slug, its Chinese label and its weight."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.weight = weight
        return member


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenPage:
    """A page asked for before: what a conditional request needs, and what decides when it is asked for again."""

    url: str
    etag: str = ""
    last_modified: str = ""
    content_sha256: str = ""
    kind: PageKind = PageKind.ARTICLE
    published_at: datetime | None = None
    first_seen_at: datetime | None = None
    asked_at: datetime | None = None
    problem: FetchProblem | None = None
    """Why the last request brought nothing; None when it did."""
    failures: int = 0
    """Requests in a row that brought nothing."""
    inner: tuple[str, ...] = ()
    """Of a list page those inside it, such as the pages of an issue: one that is unchanged does not name them again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePause:
    """A site said that it does not want to be asked before a moment."""

    host: str
    until: datetime
    times: int = 1
    """How often in a row it had to say so."""


class CrawlOutcome(Labelled):
    """How a run of one source ended; PAUSED, BUSY and MISDECLARED are runs that did not begin."""

    FINISHED = "finished", "完成"
    BLOCKED = "blocked", "被拦截"
    UNREACHABLE = "unreachable", "无法访问"
    LAYOUT_CHANGED = "layout_changed", "页面改版"
    FAILED = "failed", "失败"
    PAUSED = "paused", "网站要求暂停"
    BUSY = "busy", "同一网站正在抓取"
    MISDECLARED = "misdeclared", "声明有误"

    @property
    def began(self) -> bool:
        """False when the site was not asked for anything."""
        return self not in {CrawlOutcome.PAUSED, CrawlOutcome.BUSY, CrawlOutcome.MISDECLARED}


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlReport:
    """One run of one source; fetched + unchanged + blocked + failed is every article that was asked for."""

    source: str
    started_at: datetime
    finished_at: datetime
    outcome: CrawlOutcome
    fetched: int
    unchanged: int
    blocked: int
    failed: int
    messages: tuple[str, ...] = ()
    lists: int = 0
    """List pages that came, unchanged ones included."""
    lists_unchanged: int = 0
    listed: int = 0
    """Addresses of articles found in lists."""
    known: int = 0
    """Those of them that were fetched before and were not due again: they were not asked for."""
    problems: Mapping[str, int] = field(default_factory=dict)
    """How often each class of FetchProblem came up, lists included."""
    read: int = 0
    """Article pages that were read; the base of `hits`."""
    hits: Mapping[str, int] = field(default_factory=dict)
    """Read pages on which a part was found (`title`, `text`, `published_at`, `origin`, `author`), and on which a
    declared selector hit (`select.title` …)."""
    start_pages: Mapping[str, StartPageState] = field(default_factory=dict)
    """What every declared start page gave; empty in runs of before this was kept."""
