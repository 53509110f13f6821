"""The names in a cell of a register that may hold several: 张三、李四等5人."""

import re

_APART = "、,，;；/\\s()（）:："
_BESIDE = (
    # 庞四孩等5人, 庞四孩等村民, 庞四孩女士: what stands after a name is no name.
    f"等(?:[\\d〇零一二两三四五六七八九十百几数多余 ]*(?:人|户|名|位|村民|居民|群众|职工)[^{_APART}]*)?(?=[{_APART}]|$)"
    f"|(?:女士|先生|同志)(?=[{_APART}]|$)"
)
BETWEEN_NAMES = re.compile(f"(?:{_BESIDE}|[{_APART}])+")
"""What stands between two names of the cell or behind the last one."""


def each_name(petitioner: str) -> tuple[str, ...]:
    """The people whom the cell names, in its order: 张三 and 李四 of 张三、李四; 张 三, spaced out, is one."""
    parts = [part for part in BETWEEN_NAMES.split(petitioner) if part]
    if len(parts) > 1 and min(map(len, parts)) == 1:
        parts = ["".join(parts)]
    return tuple(dict.fromkeys(parts))
