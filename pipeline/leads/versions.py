"""Leads follow the newest version of a text: where it speaks of another household, the older one leaves its lead.

What an older version said stays stored, and the page of the new lead shows what changed. A lead that people have begun
to work on loses nothing behind their back: it gets a remark, and they decide.
"""

from collections.abc import Iterator
from datetime import datetime

from domain.leads.lead import OPEN_STATUSES, SYSTEM, LeadNote, LeadView
from domain.texts.document import DocumentId
from storage.unit_of_work import UnitOfWork

NEWER_VERSION = "原文有更正, 新的版本说的是另一户或另一处, 材料已转到另一条线索"
_TO_BE_CHECKED = "原文有更正, 新的版本说的是另一户或另一处, 请核对这条线索"


def left_by_newer_version(
    work: UnitOfWork, document_id: DocumentId, matter: str, at: datetime
) -> Iterator[tuple[LeadView, DocumentId]]:
    """The untouched leads of other matters with the older version in each; those under way get a remark instead."""
    versions = work.versions.all_of(document_id)
    for older in versions[: versions.index(document_id)]:
        for lead_id in work.leads.of_document(older):
            view = work.leads.get(lead_id)
            if view is None or view.lead.matter == matter or view.status not in OPEN_STATUSES:
                continue
            if view.untouched:
                yield view, older
            else:
                note = LeadNote(
                    lead_id=lead_id, document_id=older, written_by=SYSTEM, written_at=at, text=_TO_BE_CHECKED
                )
                work.leads.add_note(note)
