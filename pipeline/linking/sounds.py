"""How names sound: syllables without tones, as people of the north-west hear and type them."""

import re
from functools import cache

# 真 and 正, 林 and 灵, 孙 and 松's neighbours: Jin dialects and input methods mix these endings and beginnings.
_FOLDED = ((re.compile(r"^([zcs])h"), r"\1"), (re.compile(r"([ie])ng$"), r"\1n"))


@cache
def syllable(character: str) -> str:
    """The sound of one character, or the character itself when it has none; zh, ch, sh and -ng folded."""
    from pypinyin import Style, lazy_pinyin  # its dictionaries take a sixth of a second to read

    [sound] = lazy_pinyin(character, style=Style.NORMAL)[:1] or [character]
    for pattern, folded in _FOLDED:
        sound = pattern.sub(folded, sound)
    return str(sound)


def sound_of(name: str) -> str:
    """The syllables of a name, apart by spaces."""
    return " ".join(map(syllable, name))
