"""The acts of the audit log and the words of their details, as people read them; what is stored stays the slug."""

from collections.abc import Mapping
from functools import cache

from domain.accounts.api_key import KeyScope
from domain.counting.report import ReportKind
from domain.deliveries.receipt import Way
from domain.deliveries.submission import SubmissionState
from domain.labelled import Labelled
from domain.leads.disclosure import RevealField
from domain.leads.lead import LeadStatus
from domain.leads.step import Step
from domain.links.household_judgement import HouseholdVerdict
from domain.sending.outgoing import OutcomeKind
from domain.texts.judgement import Verdict
from domain.texts.second_reading import RequestStep
from domain.words.vocabulary import Role


class AuditAct(Labelled):
    """What somebody did; also what earlier versions wrote, for the log is kept."""

    SIGN_IN = "sign_in", "登录"
    SIGN_IN_REFUSED = "sign_in_refused", "登录被拒"
    SIGN_IN_LOCKED = "sign_in_locked", "登录暂停"
    SIGN_OUT = "sign_out", "退出登录"
    CODE_REFUSED = "code_refused", "动态码被拒"
    PASSWORD_REFUSED = "password_refused", "再次核对密码被拒"
    END_SESSION = "end_session", "结束登录状态"
    CHANGE_PASSWORD = "change_password", "修改密码"
    ENROL_SECOND_FACTOR = "enrol_second_factor", "启用两步验证"
    RENEW_RECOVERY_CODES = "renew_recovery_codes", "更换备用码"
    OFFER_SET_UP = "offer_set_up", "给出首次启用码"
    SET_UP_REFUSED = "set-up_refused", "首次启用被拒"
    ACCEPT_INVITATION = "accept_invitation", "启用账号"
    CREATE_ACCOUNT = "create_account", "新建账号"
    RESET_PASSWORD = "reset_password", "重置密码"
    RESET_SECOND_FACTOR = "reset_second_factor", "重置两步验证"
    UNLOCK_ACCOUNT = "unlock_account", "解除登录暂停"
    DISABLE_ACCOUNT = "disable_account", "停用账号"
    ENABLE_ACCOUNT = "enable_account", "恢复账号"
    CHANGE_ROLE = "change_role", "改角色或辖区"
    GIVE_OWN_NAME = "give_own_name", "登记姓名"
    RENAME_ACCOUNT = "rename_account", "更改姓名"
    DATABASE_RESTORED = "database_restored", "处理恢复的备份"
    CREATE_KEY = "create_key", "新建接口密钥"
    REVOKE_KEY = "revoke_key", "撤销接口密钥"
    CREATE_READER = "create_reader", "新建订阅地址"
    REVOKE_READER = "revoke_reader", "撤销订阅地址"
    READ_BY_READER = "read_by_reader", "通过订阅地址读取"
    READ_FEED = "read_feed", "接口读取线索"
    READ_LEAD = "read_lead", "接口读取一条线索"
    API_REFUSED = "api_refused", "接口拒绝"
    ROTATE_KEY = "rotate_key", "更换加密密钥"
    FINISH_KEY_ROTATION = "finish_key_rotation", "完成更换加密密钥"
    RETIRE_KEY = "retire_key", "停用加密密钥"
    VIEW_LEAD = "view_lead", "查看线索"
    PRINT_LEAD = "print_lead", "打印入户单"
    DECIDE = "decide", "处理线索"
    UNDO_DECISION = "undo_decision", "撤销处理"
    SPLIT_LEAD = "split_lead", "分出材料"
    PLAN_LEAD = "plan_lead", "登记其他渠道的线索"
    SETTLE_PLANNED_LEAD = "settle_planned_lead", "登记的线索不能确定是哪一户, 已另行处理"
    REVEAL = "reveal", "查看隐去的内容"
    JUDGE_HOUSEHOLD = "judge_household", "判断户的对应"
    UNDO_HOUSEHOLD_JUDGEMENT = "undo_household_judgement", "撤销户的判断"
    LIST_DISAGREEMENTS = "list_disagreements", "查看分歧列表"
    VIEW_DISAGREEMENT = "view_disagreement", "查看分歧"
    JUDGE_READING = "judge_reading", "裁定判读分歧"
    WITHDRAW_JUDGEMENT = "withdraw_judgement", "撤回裁定"
    JUDGE = "judge", "裁定判读分歧(旧)"
    WITHDRAW = "withdraw", "撤回裁定(旧)"
    SECOND_READ = "second_read", "第二判读"
    LIST_RESTRICTED = "list_restricted", "查看限制件列表"
    VIEW_RESTRICTED = "view_restricted", "查看限制件"
    ACCUSATION_FORWARD = "accusation_forward", "限制件: 转纪检监察机关"
    ACCUSATION_RELEASE = "accusation_release", "限制件: 退回流转"
    ACCUSATION_AGREE = "accusation_agree", "限制件: 同意"
    ACCUSATION_OBJECT = "accusation_object", "限制件: 不同意"
    ENTER_TEXT = "enter_text", "录入报道"
    ENTER_TEXT_REFUSED = "enter_text_refused", "录入被拒"
    SUBMIT = "submit", "提交文件"
    CONFIRM_SUBMISSION = "confirm_submission", "确认导入"
    DISCARD_SUBMISSION = "discard_submission", "放弃导入"
    EXPIRE_SUBMISSION = "expire_submission", "待确认文件过期"
    IMPORT_SUBMISSION = "import_submission", "导入文件"
    CONFIRM_HEADER = "confirm_header", "确认表头"
    FORGET_HEADER = "forget_header", "撤销表头"
    REFUSE_FILE = "refuse_file", "文件没有收下"
    REFUSE_MAIL = "refuse_mail", "邮件没有收下"
    VIEW_RECEIPT = "view_receipt", "查看回执"
    DOWNLOAD_RECEIPT = "download_receipt", "下载回执"
    EXPORT_RECEIPT = "export_receipt", "导出回执"
    EXPORT_REGISTER_REPORT = "export_register_report", "导出台账检查结果"
    EXPORT_PETITIONS = "export_petitions", "导出信访件去向"
    EXPORT_LEDGER = "export_ledger", "下载台账"
    EXPORT_REPORT = "export_report", "下载报表"
    EXPORT_AUDIT = "export_audit", "导出审计"
    REPORT_OUTCOME = "report_outcome", "反馈线索结果"
    SEND_AGAIN = "send_again", "重新推送"
    SETTLE_SET_ASIDE = "settle_set_aside", "了结隔离记录"
    SEARCH_PETITIONER = "search_petitioner", "按信访人查信访件"
    SEARCH_HOUSEHOLD = "search_household", "按姓名查户"
    PURGE = "purge", "到期清理"


class AuditWord(Labelled):
    """Words of details that stand in no other vocabulary."""

    PASSWORD = "password", "密码"
    AUTHENTICATOR = "authenticator", "动态码"
    RECOVERY_CODE = "recovery_code", "备用码"
    SINGLE_SIGN_ON = "single_sign_on", "统一登录"
    SET_UP = "set_up", "首次启用"
    ACCOUNT = "account", "账号"
    ADDRESS = "address", "地址"
    XLSX = "xlsx", "工作簿"
    SEALED = "sealed", "重新加密"
    INDEXED = "indexed", "重建索引"
    NO_RISK_TEXTS = "no_risk_texts", "没有困难的文本"
    NO_LEAD_TEXTS = "no_lead_texts", "不支持线索的其他文本"
    RECEIPTS = "receipts", "回执内容"
    NOTICES = "notices", "已发通知"
    WEBHOOK_DELIVERIES = "webhook_deliveries", "已了结的推送"
    RAW_PAGES = "raw_pages", "网页存档"
    SPOOL_FILES = "spool_files", "抓取暂存"
    DELIVERED_FILES = "delivered_files", "已导入的登记表"
    BACKUPS = "backups", "数据库备份"
    OLD_HOUSEHOLDS = "old_households", "台账旧版本的户"
    PERSON_CHANGES = "person_changes", "台账旧版本的人员变动"


_DECIDED = (Step, LeadStatus)
_WORDS: Mapping[str, tuple[type[Labelled], ...]] = {
    AuditAct.DECIDE: _DECIDED,
    AuditAct.UNDO_DECISION: _DECIDED,
    AuditAct.CREATE_ACCOUNT: (Role,),
    AuditAct.CHANGE_ROLE: (Role,),
    AuditAct.CREATE_KEY: (KeyScope,),
    AuditAct.REVEAL: (RevealField,),
    AuditAct.JUDGE_HOUSEHOLD: (HouseholdVerdict,),
    AuditAct.UNDO_HOUSEHOLD_JUDGEMENT: (HouseholdVerdict,),
    AuditAct.JUDGE_READING: (Verdict,),
    AuditAct.WITHDRAW_JUDGEMENT: (Verdict,),
    AuditAct.SECOND_READ: (RequestStep,),
    AuditAct.SUBMIT: (Way,),
    AuditAct.IMPORT_SUBMISSION: (SubmissionState,),
    AuditAct.EXPORT_REPORT: (ReportKind,),
    AuditAct.REPORT_OUTCOME: (OutcomeKind,),
}
"""Which vocabularies the words of an act's detail are from, beside those of `AuditWord`."""
_FREE_TEXT = frozenset({AuditAct.REVEAL, AuditAct.REFUSE_MAIL, AuditAct.REFUSE_FILE, AuditAct.CONFIRM_HEADER})
"""Their details hold what people wrote; of these the first word alone may be a slug."""


def act_label(action: str) -> str:
    """The act in Chinese; the slug itself for one that another version of the program wrote."""
    return _labels(AuditAct).get(action, action)


def said_detail(action: str, detail: str) -> str:
    """The detail with every slug in it in Chinese; numbers, codes and what people wrote stay."""
    labels = _labels(AuditWord, *_WORDS.get(action, ()))
    words = detail.split(" ")
    told = len(words) if action not in _FREE_TEXT else 1
    return " ".join([*(_said(word, labels) for word in words[:told]), *words[told:]])


@cache
def _labels(*vocabularies: type[Labelled]) -> Mapping[str, str]:
    """The labels of these vocabularies by slug; made once, for an export of the log asks twice for every entry."""
    return {one.value: one.label for vocabulary in vocabularies for one in vocabulary}


def _said(word: str, labels: Mapping[str, str]) -> str:
    name, equals, number = word.partition("=")
    return f"{labels[name]}{equals}{number}" if name in labels else word
