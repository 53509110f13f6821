"""What a second reader, a language model inside the intranet, said of a text, and how asking it went."""

from dataclasses import dataclass
from datetime import datetime

from domain.labelled import Labelled
from domain.texts.analysis import Reading, RiskLabel
from domain.texts.document import DocumentId
from domain.words.vocabulary import Factuality, Scope


class RequestStep(Labelled):
    """What is noted of a request: first that it is sent, then how it ended."""

    SENT = "sent", "已发出"
    ANSWERED = "answered", "已作答"
    REFUSED = "refused", "作答不合规则"
    FAILED = "failed", "服务报错"
    UNREACHABLE = "unreachable", "没有应答"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """An answer that kept the rules; evidence counts characters of the document's content."""

    labels: tuple[RiskLabel, ...]
    """The second reader says yes or no: every probability is 1."""
    scope: Scope
    relocation: bool
    accusation: bool
    urgent: bool
    factuality: Factuality


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondReading:
    """An opinion beside the first reading of the same text; it changes no lead, no route and no label."""

    document_id: DocumentId
    first_model: str
    """Version of the first reading."""
    version: str
    """The second reader's model with its guide."""
    opinion: Opinion
    agrees: bool
    at: datetime


def agree(first: Reading, second: Opinion) -> bool:
    """True when both see a lead or neither does, and both see an accusation or neither does."""
    return bool(first.labels) == bool(second.labels) and first.accusation == second.accusation
