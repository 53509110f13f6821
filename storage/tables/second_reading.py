"""What a second reader said, how asking it went, and what people decided where the readers disagree."""

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import At, Base, Key, Sequence, Slug


class SecondReadingRow(Base):
    """An opinion beside one first reading."""

    __tablename__ = "second_readings"
    __table_args__ = (UniqueConstraint("document_id", "first_model", "version"),)
    sequence: Mapped[Sequence]
    document_id: Mapped[Key]
    first_model: Mapped[str] = mapped_column(String(128))
    version: Mapped[str] = mapped_column(String(128))
    agrees: Mapped[bool]
    at: Mapped[At]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class SecondRequestRow(Base):
    """One step of one request: that it is sent, then how it ended."""

    __tablename__ = "second_requests"
    __table_args__ = (Index("second_requests_by_cluster", "cluster_id", "version"),)
    sequence: Mapped[Sequence]
    document_id: Mapped[Key]
    cluster_id: Mapped[Slug]
    version: Mapped[str] = mapped_column(String(128))
    step: Mapped[Slug]
    at: Mapped[At]


class JudgementRow(Base):
    """What a person decided about a text."""

    __tablename__ = "judgements"
    sequence: Mapped[Sequence]
    document_id: Mapped[Key]
    verdict: Mapped[Slug]
    judged_by: Mapped[Slug]
    judged_at: Mapped[At]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class JudgementEndingRow(Base):
    """A judgement applied or withdrawn; of the two the first one counts."""

    __tablename__ = "judgement_endings"
    judgement: Mapped[int] = mapped_column(ForeignKey("judgements.sequence"), primary_key=True, autoincrement=False)
    ending: Mapped[Slug]
    ended_by: Mapped[Slug]
    at: Mapped[At]
