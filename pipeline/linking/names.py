"""Names as keys: which ones can be looked up whole, which ones hide a part, and what a partial one agrees with."""

import re

_FULL = re.compile(r"[\u4e00-\u9fff]{2,4}(?:·[\u4e00-\u9fff]{1,8})*")
_HIDDEN = re.compile(r"[某*＊×○xXＸ]")
_HIDDEN_END = re.compile(r"([\u4e00-\u9fff]{1,2}?)[某*＊×○xXＸ]{1,2}")
_FAMILIAR = re.compile(r"^[老小]([\u4e00-\u9fff])$")
_ADDRESSED = re.compile(
    r"(?:大爷|大娘|大妈|大伯|大叔|大婶|大嫂|大姐|大哥|老汉|老太太?|老人|老伯|老爹|师傅|爷爷|奶奶|婆婆|阿姨|叔叔"
    r"|阿婆|阿公|婶子?|嫂|姨|老爷子|女士|先生|同志)$"
)


def is_full(name: str) -> bool:
    """True when the name can be looked up as it stands."""
    return bool(_FULL.fullmatch(name)) and not is_partial(name)


def is_partial(name: str) -> bool:
    """True when the name hides a part: 庞某某, 李*华, 薛大爷, 老张."""
    return bool(_HIDDEN.search(name) or _FAMILIAR.match(name) or _ADDRESSED.search(name[1:]))


def agrees(partial: str, full: str) -> bool:
    """True when the partial name may be the full one: the characters it shows stand where they should."""
    familiar = _FAMILIAR.match(partial)
    if familiar:
        return full.startswith(familiar[1])
    shown = _ADDRESSED.sub("", partial) if _ADDRESSED.search(partial[1:]) else ""
    if shown and not _HIDDEN.search(shown):
        return full.startswith(shown)
    return _pattern(partial).fullmatch(full) is not None


def shown_characters(partial: str) -> int:
    """How many characters of the real name the partial one shows."""
    if _FAMILIAR.match(partial) or _ADDRESSED.search(partial[1:]):
        return 1
    return len(_HIDDEN.sub("", partial))


def _pattern(partial: str) -> re.Pattern[str]:
    # 庞某 and 庞某某 are both written for names of two and of three characters; 李*华 shows where the gap is.
    shown = _HIDDEN_END.fullmatch(partial)
    if shown:
        return re.compile(shown[1] + r"[\u4e00-\u9fff]{1,2}")
    return re.compile(_HIDDEN.sub(r"[\\u4e00-\\u9fff]", partial))
