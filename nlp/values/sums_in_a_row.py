"""Three sums set beside each other, such as 130 1200 1500元, look like a phone set apart in groups of 3-4-4 digits.

What is hidden wrongly costs a reader three sums; what is shown wrongly exposes somebody. So they count as sums only
where they are round and the words around them leave no doubt, and never near a word that speaks of a phone.
"""

import re

_REACH = 16
"""Signs of the same clause that are looked at on each side."""
_GROUPS = re.compile(r"1[3-9]\d([ \u3000]+)([1-9]\d{3})\1([1-9]\d{3})")
_OF_A_PHONE = re.compile(r"电话|手机|号码|联系|拨打|座机|热线|微信|短信|致电|来电|[打找拨]$|[Tt][Ee][Ll]|☎")
_UNIT_BEHIND = re.compile(r"\s?(?:多|余)?(?:元(?![素旦月件板首状宵])|块|万元?|斤|公斤|亩|人民币)")
_SUMS_BEFORE = re.compile(r"(?:分别|依次|各)(?:[是为有花交付借欠要缴]|需要)?[了:： ]{0,2}$")
_END_OF_CLAUSE = re.compile(r"[，。；！？,;!?\n]")


def reads_as_sums(content: str, start: int, end: int) -> bool:
    """True where what stands before and behind these digits says that they are three sums and no phone."""
    groups = _GROUPS.fullmatch(content, start, end)
    if groups is None or not (groups[2].endswith("0") and groups[3].endswith("0")):
        return False
    before = _END_OF_CLAUSE.split(content[max(start - _REACH, 0) : start])[-1]
    behind = _END_OF_CLAUSE.split(content[end : end + _REACH])[0]
    if _OF_A_PHONE.search(before) or _OF_A_PHONE.search(behind):
        return False
    return _UNIT_BEHIND.match(behind) is not None or _SUMS_BEFORE.search(before) is not None
