"""What cadres said of texts and households, and what they took back."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import At, Base, Key, Sequence, Slug


class HouseholdJudgementRow(Base):
    """One verdict; never changed."""

    __tablename__ = "household_judgements"
    sequence: Mapped[Sequence]
    document_id: Mapped[Key]
    cluster_id: Mapped[Key]
    household_id: Mapped[Slug]
    verdict: Mapped[Slug]
    judged_by: Mapped[Slug]
    division: Mapped[Slug]
    register_version: Mapped[int]
    judged_at: Mapped[At]


class HouseholdJudgementUndoingRow(Base):
    """A verdict taken back; of two who take it back at once the first one counts."""

    __tablename__ = "household_judgement_undoings"
    judgement: Mapped[int] = mapped_column(
        ForeignKey("household_judgements.sequence"), primary_key=True, autoincrement=False
    )
    undone_by: Mapped[Slug]
    at: Mapped[At]
