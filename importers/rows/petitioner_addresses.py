"""Where a petitioner lives: by columns of town, village, group and address, or by the sheet named after a village."""

import re
from collections.abc import Mapping

from importers.words.table_words import table_words
from importers.words.word_patterns import any_of

_ENDS_OF_OFFICES = ("民委员会", "委员会", "委会")
_VILLAGES = ("村", "村委会", "社区", "居委会", "村民委员会", "居民委员会")
_FLAT = (("building", "号楼"), ("entrance", "单元"), ("room", "室"))
"""Columns of a flat, and what stands behind a bare number in each."""
_ENDS_IN_A_FLAT = re.compile(r"[\dA-Za-z][室号户]?$")
"""某小区1-2-301"""
_BARE = re.compile(r"[\dA-Za-z一二三四五六七八九十]{1,5}")
_GROUP = re.compile(r"第?(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?P<unit>(?:村民)?小?组|[队社])?")


def whole_address(texts: Mapping[str, str], sheet: str) -> str:
    """The address with the village and the town before it where it does not name them itself."""
    address, village, flat = texts.get("address", ""), texts.get("village", ""), flat_of(texts)
    if village in table_words().kinds_of_village:
        village = ""
    within = _within_village(texts)
    if within and not address and table_words().says_no_number(village):
        above = _of_sheet(sheet)
        # There is a second group in every village.
        address = "" if _GROUP.fullmatch(within) and not above and not texts.get("town") else above + within
    elif within:
        address = _joined(address, within)
    for part in (village, texts.get("town", "")):
        if not table_words().says_no_number(part) and _core(part) not in address:
            address = part + address
    address = address or _of_sheet(sheet)
    # There is a first building in every settlement.
    named = flat in address or _ENDS_IN_A_FLAT.search(address)
    return address + flat if address and not named else address


def flat_of(texts: Mapping[str, str]) -> str:
    """1号楼2单元301室 of three columns; "" without the room, which tells the household."""
    parts = [(texts.get(field, ""), unit) for field, unit in _FLAT]
    if table_words().says_no_number(texts.get("room", "")):
        return ""
    kept = ((part, unit) for part, unit in parts if not table_words().says_no_number(part))
    return "".join(part + unit if _BARE.fullmatch(part) else part for part, unit in kept)


def _of_sheet(sheet: str) -> str:
    return sheet if is_of_village(sheet) else ""


def is_of_village(sheet: str) -> bool:
    """True for a sheet's name that is a village's: not 分村."""
    return sheet.endswith(_VILLAGES) and sheet not in table_words().no_village_sheets


def _within_village(texts: Mapping[str, str]) -> str:
    """Natural village and group as their columns say them; what is neither a number nor a group is left out."""
    natural, group = texts.get("natural_village", ""), "".join(texts.get("group", "").split())
    found = _GROUP.fullmatch(group)
    if table_words().says_no_number(natural) or _bare(natural) == _bare(_core(texts.get("village", ""))):
        natural = ""
    return natural + (group if found["unit"] else f"{group}组") if found else natural


def _joined(address: str, within: str) -> str:
    """The address with the group behind its village, or before its house; as it is where it names another place."""
    if within in address:
        return address
    if not re.search(any_of(table_words().places), address):
        return within + address
    return address + within if address.endswith(_VILLAGES) else address


def _bare(village: str) -> str:
    """东庄 for 东庄村."""
    return village.removesuffix("村")


def _core(place: str) -> str:
    """克虎村 for 克虎村委会."""
    return next((place.removesuffix(end) for end in _ENDS_OF_OFFICES if place.endswith(end)), place)
