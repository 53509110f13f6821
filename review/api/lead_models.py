"""Leads as the interface gives them out, and what receivers say back."""

from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue, WithJsonSchema

from domain.leads.lead import LeadStatus
from domain.risk import Risk
from domain.sending.outgoing import EventKind, LeadOutcome, OutcomeKind
from domain.words.vocabulary import Scope
from importers.petitions.record_table import is_writable

CURSOR = "^[A-Za-z0-9_-]{1,40}$"
_LINE = r"^[^\u0000-\u0008\u000b-\u001f\ufffe\uffff]*$"
_LEAD: dict[str, JsonValue] = {
    "id": "5c1f0e7a9b3d",
    "status": "confirmed",
    "region": "141124104202",
    "household_id": "1411241042020001",
    "household_basis": "model",
    "household_probability": 0.96,
    "scope": "household",
    "categories": [{"slug": "illness", "label": "因病", "national_code": "01", "probability": 0.93}],
    "opened_at": "2026-11-20T01:30:00+00:00",
    "visit_due": "2026-11-25",
    "decide_due": "2026-12-05",
    "superseded_by": None,
}
_EVENT: dict[str, JsonValue] = {
    "id": "0f8fad5bd9cb469fa16570867728950e",
    "type": "lead.decided",
    "cursor": "djE6NDI",
    "decided_at": "2026-11-24T04:00:00+00:00",
    "status": "confirmed",
    "visited_on": "2026-11-23",
    "lead": _LEAD,
}


def _writable(text: str) -> str:
    if not is_writable(text):
        raise ValueError("有不能识别的控制字符")
    return text


Line = Annotated[str, AfterValidator(_writable), WithJsonSchema({"type": "string", "pattern": _LINE})]


class _Out(BaseModel):
    model_config = ConfigDict(frozen=True)


def _labels(kind: Any) -> str:
    return ", ".join(f"{member.value} {member.label}" for member in kind)


class FeedQuery(BaseModel):
    """Where a reader goes on; an unknown word is refused, or a misspelt cursor would read from somewhere else."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    cursor: str = Field(
        "", pattern=f"^$|{CURSOR}", description="上一页的 next_cursor; start 从头读; 不写从上次确认处读"
    )
    limit: int = Field(100, ge=1, le=500, description="一页最多多少条")


class CategoryOut(_Out):
    """A category of a lead."""

    slug: Risk = Field(description=_labels(Risk))
    label: str = Field(description="中文名称")
    national_code: str | None = Field(description="国家风险码; 住房和饮水安全是标志, 没有码")
    probability: float | None = Field(description="材料给出的最高把握, 0到1")


class LeadOut(_Out):
    """A verified lead: no name, no text, not who petitioned."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [_LEAD]})

    id: str = Field(description="线索编号")
    status: LeadStatus = Field(description="现在的状态: " + _labels(LeadStatus))
    region: str = Field(description="村的区划代码; 不能确定到村时是乡镇或县")
    household_id: str | None = Field(description="台账户编号; 没有关联到户或不在密钥的区划内为空")
    household_basis: str | None = Field(description="关联的依据: person 由人选定, model 由程序推断")
    household_probability: float | None = Field(description="程序推断的把握, 0到1; 由人选定的为空")
    scope: Scope = Field(description=_labels(Scope))
    categories: list[CategoryOut] = Field(description="风险类型")
    opened_at: str | None = Field(description="线索产生的时间; 部门的密钥为空")
    visit_due: date | None = Field(description="入户期限; 部门的密钥为空")
    decide_due: date | None = Field(description="认定期限; 部门的密钥为空")
    superseded_by: str | None = Field(
        None,
        description="按重复或并案办结的, 由哪条线索继续办理; 不是这样办结的、那条线索还没有核实或不属于这个密钥的为空",
    )


class EventOut(_Out):
    """One event of the feed."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [_EVENT]})

    id: str = Field(description="事件编号, 与推送(webhook)的 webhook-id 相同; 同一编号只办一次")
    type: EventKind = Field(description=_labels(EventKind))
    cursor: str = Field(description="读到这一条为止的游标")
    decided_at: str = Field(description="作出处理的时间")
    status: LeadStatus = Field(description="处理结果; 改户时是现在的状态")
    visited_on: date | None = Field(description="入户日期")
    lead: LeadOut


class FeedOut(_Out):
    """A page of the feed, the oldest event first."""

    model_config = ConfigDict(
        frozen=True, json_schema_extra={"examples": [{"items": [_EVENT], "next_cursor": "djE6NDI", "more": False}]}
    )

    items: list[EventOut]
    next_cursor: str = Field(description="下一页从这里读; 没有新内容时与上次相同或更靠后")
    more: bool = Field(description="后面还有, 请马上接着读")


class AcknowledgementIn(BaseModel):
    """What was taken over."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, json_schema_extra={"examples": [{"cursor": "djE6NDI"}]}
    )

    cursor: str = Field(pattern=CURSOR, description="已经办妥的最后一条的 cursor, 或一页的 next_cursor")


class AcknowledgementOut(_Out):
    """Up to where the key has everything."""

    cursor: str = Field(description="下次不写 cursor 时从这里接着读")


class OutcomeIn(BaseModel):
    """What became of the lead."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra={
            "examples": [
                {
                    "reference": "JC-2026-0007",
                    "outcome": "taken_in",
                    "occurred_on": "2026-11-24",
                    "remark": "县审定通过",
                }
            ]
        },
    )

    reference: Annotated[Line, Field(strict=True, min_length=1, max_length=100)] = Field(
        description="贵方对这次反馈的编号; 断线后用同一编号再交, 不会重复登记",
        json_schema_extra={"minLength": 1, "maxLength": 100},
    )
    outcome: OutcomeKind = Field(description=_labels(OutcomeKind))
    occurred_on: date = Field(description="办理日期, 不晚于今天")
    remark: Annotated[Line, Field(strict=True, max_length=200)] = Field(
        "",
        description="办理说明, 显示在线索的办理经过里; 请不要写姓名、证件号和电话",
        json_schema_extra={"maxLength": 200},
    )


class OutcomeOut(_Out):
    """The report as it stands."""

    id: str
    lead_id: str
    reference: str
    outcome: OutcomeKind
    occurred_on: date
    received_at: str
    remark: str

    @classmethod
    def of(cls, report: LeadOutcome) -> "OutcomeOut":
        """The report as it goes out."""
        return cls(
            id=report.id,
            lead_id=report.lead_id,
            reference=report.reference,
            outcome=report.outcome,
            occurred_on=report.occurred_on,
            received_at=report.received_at.isoformat(timespec="seconds"),
            remark=report.remark,
        )
