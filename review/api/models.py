"""What goes in and comes out of the interface; unknown keys are refused, so that no misspelt one is lost silently."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, JsonValue, field_validator

from domain.deliveries.receipt import Receipt, RowOutcome, RowProblem
from importers.petitions.record_table import KEYS, is_writable

_CONTROL = "有不能识别的控制字符"
WRITABLE = r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]*$"
"""The texts that a cell can hold, for the description; the message of the check itself is Chinese."""

_COUNTS: dict[str, JsonValue] = {"accepted": 1, "corrected": 0, "duplicates": 0, "rejected": 0, "warned": 0}
_RESULT: dict[str, JsonValue] = {
    "index": 0,
    "outcome": "accepted",
    "document_id": "9b1d0c",
    "corrects": None,
    "problems": [],
}
_BATCH: JsonValue = {"import_id": "4f6a", "receipt_id": "77ce", "counts": _COUNTS, "results": [_RESULT]}
_IMPORT: JsonValue = {"id": "4f6a", "state": "queued", "rows": 0, "message": "", "receipt": None}


def _describe_texts(schema: dict[str, Any]) -> None:
    for field in schema["properties"].values():
        field["pattern"] = WRITABLE


class PetitionIn(BaseModel):
    """One petition. Values are checked like those of a file: what is wrong is said in the record's result."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, json_schema_extra=_describe_texts)

    number: str = Field("", max_length=64, description="信访件编号; 同一编号再次提交, 内容相同算重复, 不同算更正")
    matter: str = Field("", max_length=20_000, description="信访事项, 必填")
    title: str = Field("", max_length=300, description="标题")
    name: str = Field("", max_length=60, description="信访人姓名")
    sex: str = Field("", max_length=10, description="性别")
    age: str = Field("", max_length=10, description="年龄")
    phone: str = Field("", max_length=40, description="联系电话")
    id_number: str = Field("", max_length=40, description="证件号码")
    address: str = Field("", max_length=300, description="住址")
    date: str = Field("", max_length=40, description="信访日期, 如 2026-09-03")
    form: str = Field("", max_length=40, description="信访形式, 如 来访")
    purpose: str = Field("", max_length=40, description="信访目的, 如 求决; 揭发控告不会进入镇村线索")
    category: str = Field("", max_length=100, description="内容分类")
    persons: str = Field("", max_length=10, description="涉及人数")

    @field_validator("*")
    @classmethod
    def _is_text(cls, value: str) -> str:
        plain = value.replace("\r\n", "\n").replace("\r", "\n")
        if not is_writable(plain):
            raise ValueError(_CONTROL)
        return plain


class ProblemOut(BaseModel):
    """What is wrong with a row or a cell, and what to do."""

    sheet: str
    row: int
    column: str | None
    reason: str
    value: str

    @classmethod
    def of(cls, problem: RowProblem) -> "ProblemOut":
        """The problem as it goes out."""
        return cls(
            sheet=problem.sheet, row=problem.row, column=problem.column, reason=problem.reason, value=problem.value
        )


class RecordProblemOut(ProblemOut):
    """The same of a record of a batch, with the name that its sender knows."""

    key: str | None = Field(description="记录里的键名, 与 column 是同一项; 说的是整条记录时为空")

    @classmethod
    def of(cls, problem: RowProblem) -> "RecordProblemOut":
        """The problem as it goes out."""
        said = ProblemOut.of(problem).model_dump()
        return cls(**said, key=KEYS.get(problem.column or ""))


class CorrectionOut(BaseModel):
    """A row that is a new version of an earlier record."""

    sheet: str
    row: int
    document_id: str | None = Field(description="收下的新版本")
    corrects: str | None = Field(description="它更正的记录")


class RecordResult(BaseModel):
    """What became of one record."""

    index: int = Field(description="在这次提交里的序号, 从0起")
    outcome: RowOutcome = Field(description="accepted 已接收, corrected 按更正接收, duplicate 重复, rejected 退回")
    document_id: str | None = Field(description="收下的记录, 或它所重复的记录; 重复的是别的单位提交的, 则为空")
    corrects: str | None = Field(description="按更正接收的, 是哪个记录的新版本; 其他结果为空")
    problems: list[RecordProblemOut] = Field(description="退回的原因和提示")


class Counts(BaseModel):
    """How many rows had which outcome."""

    accepted: int = Field(description="已接收, 含更正")
    corrected: int
    duplicates: int
    rejected: int
    warned: int = Field(description="提示的条数, 含接收、更正和重复的记录带的提示")

    @classmethod
    def of(cls, receipt: Receipt) -> "Counts":
        """The receipt's counts."""
        return cls(
            accepted=receipt.accepted,
            corrected=receipt.count(RowOutcome.CORRECTED),
            duplicates=receipt.count(RowOutcome.DUPLICATE),
            rejected=receipt.count(RowOutcome.REJECTED),
            warned=receipt.count(RowOutcome.WARNED),
        )


class BatchOut(BaseModel):
    """What became of a batch, record by record."""

    model_config = ConfigDict(json_schema_extra={"examples": [_BATCH]})

    import_id: str
    receipt_id: str
    counts: Counts
    results: list[RecordResult]


class ReceiptOut(BaseModel):
    """A file's receipt; rejected rows, warnings and corrections page by page."""

    id: str
    file: str
    accepted: int
    duplicates: int
    rejected: list[ProblemOut]
    warnings: list[ProblemOut]
    corrects: list[CorrectionOut] = Field(description="按更正接收的行, 各是哪个记录的新版本")
    counts: Counts
    next_after: int | None = Field(description="还有下一页时, 放进 after 参数")


class ImportOut(BaseModel):
    """How far a file is."""

    model_config = ConfigDict(json_schema_extra={"examples": [_IMPORT]})

    id: str
    state: str = Field(description="queued 排队, running 正在导入, done 已导入, failed 没有导入")
    rows: int = Field(description="已读的行数")
    message: str = Field(description="没有导入的原因和怎么办")
    receipt: ReceiptOut | None = Field(description="导入以后才有")


class ReceiptQuery(BaseModel):
    """Which page of a receipt is asked for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    after: int = Field(-1, ge=-1, le=2**31 - 1, description="上一页的 next_after")
