"""What a command says of a lead names nobody: whoever runs the system reads no letters."""

from dataclasses import replace

from domain.leads.lead import Decision, LeadEvidence, LeadStatus
from domain.links.mention import DocumentMentions, Mentions, PersonMention, PersonRole
from domain.register.household import HouseholdId
from domain.risk import Risk
from domain.texts.analysis import Analysis, Evidence
from domain.texts.document import Petitioner
from pipeline.leads.explanation import explain
from storage.store import Store
from tests.factories import document, household, lead, person, raw
from tests.fakes import NOON, reading

TEXT = "张六六说侄子薛改改照看，庞五五病倒，药费负担不起"
NAMES = ("张六六", "薛改改", "庞五五")


def test_evidence_and_what_was_written_show_no_name_and_no_number(sqlite_store: Store):
    text = document("A", TEXT, petitioner=Petitioner(name="张六六"))
    label = reading(Risk.ILLNESS).labels[0]
    label = replace(label, evidence=(Evidence(start=0, end=len(TEXT), text=TEXT),))
    household_id = HouseholdId("1411241042020001")
    opened = lead("a", household_id=household_id)
    mention = PersonMention(name="薛改改", role=PersonRole.RELATIVE, start=6, end=9)
    with sqlite_store.unit_of_work() as work:
        work.registry.import_households([household(household_id, person("庞五五"))], file="a", file_sha256="0", at=NOON)
        work.raw.add(raw("A", TEXT))
        work.documents.add(text)
        work.analyses.add(Analysis(document_id=text.id, reading=replace(reading(Risk.ILLNESS), labels=(label,))), NOON)
        found = DocumentMentions(document_id=text.id, mentions=Mentions(persons=(mention,)), version="1")
        work.mentions.add(found, NOON)
        work.leads.add(opened)
        work.leads.add_evidence(
            LeadEvidence(lead_id=opened.id, document_id=text.id, risks=opened.risks, urgent=False, added_at=NOON)
        )
        work.decisions.append(
            Decision(
                lead_id=opened.id,
                status=LeadStatus.CONFIRMED,
                decided_by="wang",
                decided_at=NOON,
                reason=f"见到{'、'.join(NAMES)}, 电话13800000000",
            )
        )
        work.commit()
        view = work.leads.get(opened.id)
    assert view is not None

    said = "\n".join(explain(sqlite_store, view, with_reasons=True))

    assert [one for one in (*NAMES, "13800000000") if one in said] == []
    assert "张**说侄子薛**照看，庞**病倒" in said
    assert "见到张**、薛**、庞**, 电话138****0000" in said
