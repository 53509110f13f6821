"""The layouts of petitions: registers, hotline exports, leaders' message boards."""

from collections.abc import Mapping
from functools import cache

from importers.headers.post_vocabulary import vocabulary
from importers.headers.vocabulary import Layout, load_layouts

OFFICE_LAYOUTS = ("petition_register", "hotline_12345")
BOARD = "message_board"
_MESSAGE = "留言"


@cache
def petition_layouts() -> Mapping[str, Layout]:
    """Every layout of petitions by name; boards have theirs in the words of exports (`posts.yml`).

    Here a table is a board's only where one of its headers speaks of a message: 标题 and 内容 stand in registers too.
    """
    board = vocabulary().exports[BOARD]
    layouts = {name: load_layouts()[name] for name in OFFICE_LAYOUTS}
    export = Layout(label="领导留言板导出", required=board.required, fields=board.fields, sign=_MESSAGE)
    return layouts | {BOARD: export}
