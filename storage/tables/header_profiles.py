"""What people confirmed about the columns of delivered tables."""

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import At, Base, Id, Slug


class HeaderProfileRow(Base):
    """The columns below one header."""

    __tablename__ = "header_profiles"
    office: Mapped[str] = mapped_column(String(160), primary_key=True)
    """Whose tables it is for; empty for the deployment's own, which serve every office that has none itself."""
    fingerprint: Mapped[Id]
    layout: Mapped[Slug]
    columns: Mapped[dict[str, str]] = mapped_column(JSON)
    confirmed_by: Mapped[str] = mapped_column(String(128))
    confirmed_at: Mapped[At]
