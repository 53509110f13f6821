"""Small closed vocabularies that several rooms share, each with the Chinese word for it."""

from domain.labelled import Labelled


class Channel(Labelled):
    """Through which door a text came in."""

    PETITION = "petition", "信访"
    HOTLINE = "hotline", "12345热线"
    NEWS = "news", "媒体"


class Scope(Labelled):
    """Whom a difficulty touches."""

    HOUSEHOLD = "household", "户"
    AREA = "area", "片区"
    NONE = "none", "无"


class Factuality(Labelled):
    """Whether a text tells of a difficulty that exists, and if not, what it tells of instead."""

    CURRENT = "current", "当前存在"
    RESOLVED = "resolved", "已经解决"
    HISTORICAL = "historical", "过去的事"
    HYPOTHETICAL = "hypothetical", "假设或虚构"
    PUBLICITY = "publicity", "宣传报道"
    NONE = "none", "与困难无关"


NO_LEAD = (Factuality.RESOLVED, Factuality.HISTORICAL, Factuality.HYPOTHETICAL, Factuality.PUBLICITY)
"""What a text may tell of instead of a current difficulty."""


class Route(Labelled):
    """Who may read a text. Restricted texts never reach the cadres they may name.

    Authority: Regulations on Petition Work (信访工作条例) article 30.
    """

    OPEN = "open", "可流转"
    RESTRICTED = "restricted", "限制(检举控告)"


class Role(Labelled):
    """What an account is for; with its region it decides what the account may read."""

    ADMIN = "admin", "系统管理员"
    CLERK = "clerk", "信访办录入员"
    TOWN = "town", "镇干部"
    VILLAGE = "village", "村干部"
    DEPARTMENT = "department", "部门"
    LEADER = "leader", "领导"
    AUDITOR = "auditor", "审计员"


class MonitoringCategory(Labelled):
    """The three kinds of monitored household (三类监测对象) of 中农组发〔2021〕7号."""

    UNSTABLE = "unstable", "脱贫不稳定户"
    MARGINAL = "marginal", "边缘易致贫户"
    SUDDEN = "sudden", "突发严重困难户"


class VulnerableGroup(Labelled):
    """The groups the town plan asks to watch most closely (种子 三)."""

    SEVERE_ILLNESS = "severe_illness", "大病"
    CHRONIC_ILLNESS = "chronic_illness", "慢病"
    SEVERE_DISABILITY = "severe_disability", "重残"
    SEVERAL_DISABLED = "several_disabled", "一户多残"
    OLD_SUPPORTING_DISABLED = "old_supporting_disabled", "以老养残"
    ORPHAN = "orphan", "孤儿"
    DISABLED_ELDER = "disabled_elder", "失能老人"
