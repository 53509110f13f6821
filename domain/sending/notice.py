"""What is sent to an operator or a team: that something began, ended or is due; never a word of a text or a name."""

from dataclasses import dataclass
from datetime import datetime

from domain.labelled import Labelled


class NoticeKind(Labelled):
    """Why a notice is sent."""

    BEGAN = "began", "告警"
    ENDED = "ended", "解除"
    DIGEST = "digest", "日报"
    LEADS = "leads", "线索提醒"


class NoticeWay(Labelled):
    """By which way a notice leaves."""

    WEBHOOK = "webhook", "推送"
    MAIL = "mail", "邮件"
    WECOM = "wecom", "企业微信"
    DINGTALK = "dingtalk", "钉钉"
    FEISHU = "feishu", "飞书"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One message to people; `key` names the event, so that no event is told twice."""

    key: str
    kind: NoticeKind
    subject: str
    body: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedNotice:
    """A notice that waits for one of its ways."""

    number: int
    way: NoticeWay
    notice: Notice
    attempts: int
