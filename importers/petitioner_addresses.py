"""Where a petitioner lives: by columns of town, village and address, or by the sheet named after a village."""

from collections.abc import Mapping

from importers.table_words import table_words

_ENDS_OF_OFFICES = ("民委员会", "委员会", "委会")
_VILLAGES = ("村", "村委会", "社区", "居委会", "村民委员会", "居民委员会")


def whole_address(texts: Mapping[str, str], sheet: str) -> str:
    """The address with the village and the town before it where it does not name them itself."""
    address = texts.get("address", "")
    for field in ("village", "town"):
        part = texts.get(field, "")
        if not table_words().says_no_number(part) and _core(part) not in address:
            address = part + address
    return address or (sheet if sheet.endswith(_VILLAGES) else "")


def _core(place: str) -> str:
    """克虎村 for 克虎村委会."""
    return next((place.removesuffix(end) for end in _ENDS_OF_OFFICES if place.endswith(end)), place)
