"""The permission matrix: what each role may. `access` decides from it, docs/permissions.md is printed from it.

Sources: 信访工作条例 art. 30; 个人信息保护法 art. 6, 28 and 51. How far a role sees is not in the table but in its
scope (`domain.accounts.access_scope`): a division, and for a department what was transferred to it.
"""

from collections.abc import Mapping

from domain.labelled import Labelled
from domain.leads.step import Step
from domain.leads.workflow import TRANSITIONS
from domain.words.vocabulary import Role

_CLERK, _TOWN, _VILLAGE, _DEPARTMENT = Role.CLERK, Role.TOWN, Role.VILLAGE, Role.DEPARTMENT
_LEADER, _ADMIN, _AUDITOR = Role.LEADER, Role.ADMIN, Role.AUDITOR


class Right(Labelled):
    """Something that an account may be allowed to do or to see."""

    READ_LEADS = "read_leads", "看线索、依据语句、办理经过、台账中的户(姓名隐去)"
    KNOW_SOURCES = "know_sources", "知道材料从哪里来、哪天来、来过几次"
    READ_NEWS = "read_news", "看媒体报道全文"
    READ_TEXTS = "read_texts", "看信访件全文(号码隐去)"
    READ_PETITIONERS = "read_petitioners", "知道信访人是谁"
    READ_RESTRICTED = "read_restricted", "看检举控告件并处理"
    READ_OUTCOME_REMARKS = "read_outcome_remarks", "看其他系统反馈时写的说明(姓名、号码隐去)"
    REGISTER_LEADS = "register_leads", "登记来自其他渠道的线索"
    REVEAL_TEXT = "reveal_text", "写明理由后看信访件全文(信访人、号码隐去)"
    REVEAL_PETITIONER_NAME = "reveal_petitioner_name", "写明理由后看信访人姓名"
    REVEAL_PETITIONER_PHONE = "reveal_petitioner_phone", "写明理由后看信访人电话"
    REVEAL_PETITIONER_ID_NUMBER = "reveal_petitioner_id_number", "写明理由后看信访人证件号码"
    REVEAL_HOUSEHOLD_NAMES = "reveal_household_names", "写明理由后看户内姓名"
    REVEAL_HOUSEHOLD_PHONES = "reveal_household_phones", "写明理由后看户内电话"
    REVEAL_HOUSEHOLD_ID_NUMBERS = "reveal_household_id_numbers", "写明理由后看户内证件号码"
    READ_REVEALS = "read_reveals", "看谁查看过本辖区隐去的内容"
    DECIDE = "decide", "记录核查和处置(各步见办理流程表)"
    VISIT = "visit", "打印入户单、填入户记录"
    JUDGE_HOUSEHOLDS = "judge_households", "判断说的是哪一户"
    JUDGE_READINGS = "judge_readings", "判断两种判读的分歧"
    ENTER_TEXTS = "enter_texts", "录入报道"
    SUBMIT_PETITIONS = "submit_petitions", "导入信访件、看回执"
    SUBMIT_REGISTERS = "submit_registers", "导入本辖区户籍台账"
    SEE_RISK_POINTS = "see_risk_points", "看风险点"
    SEE_LEAD_BOARD = "see_lead_board", "看线索看板(村级只看本村几个数)"
    SEE_COVERAGE = "see_coverage", "看覆盖"
    COUNT_PETITIONS = "count_petitions", "看各村信访件数"
    WRITE_REPORTS = "write_reports", "下载台账和报表"
    WATCH_SOURCES = "watch_sources", "看媒体来源运行情况"
    RUN_SYSTEM = "run_system", "看系统页"
    READ_AUDIT = "read_audit", "看审计记录"


PERMISSIONS: Mapping[Right, frozenset[Role]] = {
    Right.READ_LEADS: frozenset({_CLERK, _TOWN, _VILLAGE, _DEPARTMENT, _LEADER}),
    Right.KNOW_SOURCES: frozenset({_CLERK, _TOWN, _LEADER}),
    Right.READ_NEWS: frozenset({_CLERK, _TOWN, _LEADER}),
    Right.READ_TEXTS: frozenset({_CLERK}),
    Right.READ_PETITIONERS: frozenset({_CLERK}),
    Right.READ_RESTRICTED: frozenset({_CLERK}),
    Right.READ_OUTCOME_REMARKS: frozenset({_CLERK, _TOWN, _DEPARTMENT, _LEADER}),
    Right.REGISTER_LEADS: frozenset({_CLERK}),
    Right.REVEAL_TEXT: frozenset({_TOWN, _LEADER}),
    Right.REVEAL_PETITIONER_NAME: frozenset({_TOWN}),
    Right.REVEAL_PETITIONER_PHONE: frozenset({_CLERK, _TOWN}),
    Right.REVEAL_PETITIONER_ID_NUMBER: frozenset({_CLERK}),
    Right.REVEAL_HOUSEHOLD_NAMES: frozenset({_CLERK, _TOWN, _VILLAGE, _DEPARTMENT, _LEADER}),
    Right.REVEAL_HOUSEHOLD_PHONES: frozenset({_TOWN, _VILLAGE, _DEPARTMENT}),
    Right.REVEAL_HOUSEHOLD_ID_NUMBERS: frozenset({_TOWN, _DEPARTMENT}),
    Right.READ_REVEALS: frozenset({_CLERK}),
    Right.DECIDE: frozenset(role for row in TRANSITIONS for role in row.roles),
    Right.VISIT: frozenset(role for row in TRANSITIONS if row.step is Step.VISIT for role in row.roles),
    Right.JUDGE_HOUSEHOLDS: frozenset({_CLERK, _TOWN, _VILLAGE}),
    Right.JUDGE_READINGS: frozenset({_CLERK}),
    Right.ENTER_TEXTS: frozenset({_CLERK, _ADMIN}),
    Right.SUBMIT_PETITIONS: frozenset({_CLERK}),
    Right.SUBMIT_REGISTERS: frozenset({_CLERK, _TOWN}),
    Right.SEE_RISK_POINTS: frozenset({_CLERK, _TOWN, _VILLAGE, _LEADER}),
    Right.SEE_LEAD_BOARD: frozenset({_CLERK, _TOWN, _VILLAGE, _LEADER}),
    Right.SEE_COVERAGE: frozenset({_CLERK, _TOWN, _VILLAGE, _LEADER, _ADMIN}),
    Right.COUNT_PETITIONS: frozenset({_CLERK, _TOWN, _LEADER, _ADMIN}),
    Right.WRITE_REPORTS: frozenset({_CLERK, _TOWN, _LEADER}),
    Right.WATCH_SOURCES: frozenset({_ADMIN}),
    Right.RUN_SYSTEM: frozenset({_ADMIN}),
    Right.READ_AUDIT: frozenset({_AUDITOR}),
}
"""A right that is not in the table nobody has; a role that is not in a row has it not."""

SEES: Mapping[Role, str] = {
    _CLERK: "本辖区",
    _TOWN: "本镇",
    _VILLAGE: "本村",
    _DEPARTMENT: "辖区内转给本部门的线索, 办理经过从转来那天起",
    _LEADER: "本县",
    _ADMIN: "不看业务内容",
    _AUDITOR: "只看审计记录",
}
"""How far each role sees."""


def permission_document() -> str:
    """docs/permissions.md as it has to read."""
    roles = list(SEES)
    head = f"| | {' | '.join(role.label for role in roles)} |"
    rows = [f"| 范围 | {' | '.join(SEES[role] for role in roles)} |"]
    rows += [
        f"| {right.label} | {' | '.join('是' if role in PERMISSIONS[right] else '' for role in roles)} |"
        for right in Right
    ]
    return "\n".join((_INTRODUCTION, head, "|---" * (len(roles) + 1) + "|", *rows)) + "\n"


_INTRODUCTION = """# Who may do and see what

Printed from `review/rights/permissions.py` by `python -m review.rights.permissions`; a test compares. Scope (范围) is
part of every query (`storage/visibility.py`), a right is asked for by every page (`review/rights/access.py`). What is
empty is refused.
"""

if __name__ == "__main__":
    print(permission_document(), end="")  # noqa: T201 - the document is the output
