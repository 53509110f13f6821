"""How the village of a household agrees with the places that a text names."""

import re

from domain.links.mention import PersonRole
from domain.places.region import Level, RegionCode
from domain.register.household import Household
from pipeline.linking.facts import Facts, Named
from pipeline.linking.place_agreement import PlaceAgreement

_VILLAGE_IN_ADDRESS = re.compile(r"(?:[镇乡]|^)([\u4e00-\u9fff]{2,5}?)(?:村|社区)")


def place_agreement(household: Household, facts: Facts, named: Named) -> PlaceAgreement:
    """How the places agree; of a text that plays in another county nobody here is near."""
    if facts.mentions.of_another_county:
        return PlaceAgreement.ELSEWHERE
    if household.village in facts.villages:
        return PlaceAgreement.VILLAGE
    if named.role is PersonRole.PETITIONER and _address_agrees(household, facts):
        return PlaceAgreement.VILLAGE
    if facts.villages:
        near = any(village.ancestor(Level.TOWN).contains(household.village) for village in facts.villages)
        return PlaceAgreement.NEIGHBOUR if near else PlaceAgreement.ELSEWHERE
    if facts.towns:
        inside = any(one.contains(household.village) for one in facts.towns)
        return PlaceAgreement.TOWN if inside else PlaceAgreement.ELSEWHERE
    return PlaceAgreement.UNSAID


def place_remark(village: RegionCode, facts: Facts) -> str:
    """How the text writes the household's village or town, where it is taken for another name; empty otherwise."""
    near = (place for place in facts.mentions.places if place.code.contains(village))
    odd = [place for place in near if place.meant or place.former]
    if not odd:
        return ""
    # The village itself says more than the town around it.
    place = max(odd, key=lambda one: (len(one.code.digits), bool(one.meant)))
    if place.meant:
        return f"；文中写“{place.name}”，疑为{place.meant}"
    where = "并入该户所在村" if place.code == village else "属该乡镇"
    return f"；文中写“{place.name}”，是已撤并的村，{where}"


def where_looked_for(household: Household, place: PlaceAgreement) -> RegionCode | None:
    """The division among whose people a name agrees so by chance; None for the whole register."""
    if place is PlaceAgreement.VILLAGE:
        return household.village
    if place in (PlaceAgreement.NEIGHBOUR, PlaceAgreement.TOWN):
        return household.village.ancestor(Level.TOWN)
    return None


def _address_agrees(household: Household, facts: Facts) -> bool:
    village = _VILLAGE_IN_ADDRESS.search(household.address)
    return village is not None and village[1] in facts.document.petitioner.address
