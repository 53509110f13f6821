"""Characters that only traditional texts use, after the table of OpenCC (Apache-2.0)."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import opencc


@cache
def simplified_forms() -> Mapping[str, str]:
    """Every character that no simplified text uses, with the one that stands for it there."""
    table = Path(opencc.__file__).parent / "dictionary" / "TSCharacters.txt"
    pairs = (line.split("\t") for line in table.read_text(encoding="utf-8").splitlines() if "\t" in line)
    return {before: after.split()[0] for before, after in pairs if len(before) == 1 and before not in after.split()}


def share_of_traditional(text: str) -> float:
    """Of the Chinese characters of a text, which share only traditional texts use: 0 to 1."""
    ideographs = [sign for sign in text if "\u3400" <= sign <= "\u9fff"]
    return sum(sign in simplified_forms() for sign in ideographs) / max(len(ideographs), 1)
