"""What people call themselves on a board: found where the page says it, struck out wherever it stands."""

IN_ITS_PLACE = "网友"
"""What stands in the place of a nickname."""
_SHORTEST = 2
"""A nickname of one character would strike that character out of every word."""


def nickname_of(said: str) -> str:
    """The nickname in what a page says of who asked, its label left aside; empty when it cannot be struck out."""
    label, _, name = said.rpartition("：") if "：" in said else said.rpartition(":")
    chosen = name.strip() or label.strip()
    return chosen if len(chosen) >= _SHORTEST else ""


def without_nickname(text: str, nickname: str) -> str:
    """The text with 网友 in the place of the nickname; as it is without one."""
    return text.replace(nickname, IN_ITS_PLACE) if nickname else text
