"""Which texts support a lead no more: they support another one now."""

from sqlalchemy import ColumnElement, false, func, select

from storage.tables.leads import EvidenceMoveRow, LeadEvidenceRow


def has_departed() -> ColumnElement[bool]:
    """True for evidence whose latest move took it out of its lead, as a condition on `lead_evidence`."""
    latest = (
        select(EvidenceMoveRow.departed)
        .where(
            EvidenceMoveRow.lead_id == LeadEvidenceRow.lead_id,
            EvidenceMoveRow.document_id == LeadEvidenceRow.document_id,
        )
        .order_by(EvidenceMoveRow.sequence.desc())
        .limit(1)
        .scalar_subquery()
    )
    return func.coalesce(latest, false())
