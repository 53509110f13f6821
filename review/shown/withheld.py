"""What a village page must not show: who brought a matter in, by which door, and what was said of whom in office.

Authority: Regulations on Petition Work (信访工作条例) article 30; data protection by the least that is needed.
"""

import re
from collections.abc import Sequence

from domain.leads.named_persons import NamedPersons
from domain.texts.document import Document
from nlp.hiding.named_persons import hide_names
from review.shown.highlight import Segment

_OPENING = re.compile(
    r"^[^，。,]{0,30}?((来访|来信|来电|网上|电话)(反映|投诉)?|反映(?!迟钝|慢|能力)|投诉|诉称|人称)[，,:\uff1a]?"
)
_DOOR = re.compile(
    "来电|来访|来信|上访|走访人|信访|举报|控告|检举|投诉|反映(?!迟钝|慢|能力)|反应情况|催问|催办|诉求|留言|热线|12345|工单|信箱|写信|上告|"
    "求助|请求|恳请|申请|网友|发帖|采访|曝光|记者|答复|回音|我叫"
)
_IN_OFFICE = re.compile("书记|支书|村长|镇长|乡长|主任|会计|村委|村里不|两委|干部|领导|政府|民政所|派出所")
_CLAUSE_END = re.compile("[，。；！？,;!?\n]+")
_FIRST_PERSON = (
    (re.compile("(我|俺|咱)们?(家|屋里|屋头)"), "该户"),
    (re.compile("(我|俺|咱)们?(村|组|庄|社区|安置点)"), r"本\2"),
    (re.compile("(我|俺|咱)们"), "大家"),
    (re.compile("本人|我自己|我|俺|咱"), "其"),
)
NOTHING_TO_SHOW = "依据不宜公开, 请入户了解"


def hide_petitioner(text: str, document: Document) -> str:
    """The text with the petitioners' names masked, however the register writes them; its length stays the same."""
    return hide_names(text, NamedPersons(petitioners=frozenset({document.petitioner.name})))


def tells_of_office(text: str) -> bool:
    """True for words by which a clause is known to speak of somebody in office."""
    return bool(_IN_OFFICE.search("".join(text.split())))


def without_door(text: str) -> str:
    """The clauses that tell of the difficulty alone, in the third person.

    Clauses that tell of a petition, a call or a post, or of somebody in office, are left out; empty when none remains.
    """
    clauses = (part.strip() for part in _CLAUSE_END.split(_OPENING.sub("", text)))
    kept = [part for part in clauses if part and not _tells_of_door_or_office("".join(part.split()))]
    told = "，".join(kept)
    for person, other in _FIRST_PERSON:
        told = person.sub(other, told)
    return told


def _tells_of_door_or_office(clause: str) -> bool:
    """For a clause without the spaces that a scan puts between its words."""
    return bool(_DOOR.search(clause) or _IN_OFFICE.search(clause))


def evidence_only(cut: Sequence[Segment]) -> list[Segment]:
    """The marked stretches, neighbours joined, that do not say how the matter came in; one remark when none is left."""
    joined: list[Segment] = []
    touching = False
    for segment in cut:
        if segment.marked and touching:
            labels = tuple(dict.fromkeys((*joined[-1].labels, *segment.labels)))
            joined[-1] = Segment(joined[-1].text + segment.text, labels)
        elif segment.marked:
            joined.append(segment)
        touching = segment.marked
    cleaned = (Segment(without_door(one.text), one.labels) for one in joined)
    return [one for one in cleaned if one.text] or [Segment(NOTHING_TO_SHOW, ())]
