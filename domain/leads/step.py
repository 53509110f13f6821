"""What somebody does with a lead; `domain/leads/workflow.py` says from where to where each step leads."""

from domain.labelled import Labelled


class Step(Labelled):
    """What somebody does with a lead."""

    ASSIGN = "assign", "派办"
    VISIT = "visit", "开始入户"
    VISIT_IN_VAIN = "visit_in_vain", "上门未果"
    VERIFY = "verify", "核查结论"
    MEASURE = "measure", "处置"
    CARRY_OUT = "carry_out", "落实措施"
    HAND_UP = "hand_up", "提级办理"
    REPORT_BACK = "report_back", "反馈来源"
    CLOSE = "close", "销号"
    REOPEN = "reopen", "重新核查"
    MERGE = "merge", "并案"
    UNDO = "undo", "撤销"
