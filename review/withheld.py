"""What a village page must not show: who brought a matter in, and by which door.

Authority: Regulations on Petition Work (信访工作条例) article 30; data protection by the least that is needed.
"""

import re
from collections.abc import Sequence

from domain.document import Document
from domain.masking import mask_name
from review.highlight import Segment

_OPENING = re.compile(r"^[^，。,]{0,30}?(来访|来信|来电|网上|电话)?(反映|投诉|诉称|来电人称|人称)[，,:\uff1a]?")
_DOOR = re.compile(
    "来电|来访|来信|上访|走访人|信访|举报|控告|检举|投诉|反映|催问|催办|诉求|留言|热线|工单|网友|发帖|记者|答复|回音"
)


def hide_petitioner(text: str, document: Document) -> str:
    """The text with the petitioner's name masked; its length stays the same."""
    name = document.petitioner.name
    return text.replace(name, mask_name(name)) if len(name) > 1 else text


def without_door(text: str) -> str:
    """The clause without the words that say who reported; empty when the rest still tells of a petition or a post."""
    rest = _OPENING.sub("", text).strip("，,。\n ")
    return "" if _DOOR.search(rest) else rest


def evidence_only(cut: Sequence[Segment]) -> list[Segment]:
    """The marked stretches, neighbours joined, that do not say how the matter came in."""
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
    return [one for one in cleaned if one.text]
