"""The layouts of petitions: registers, hotline exports, leaders' message boards."""

from collections.abc import Mapping
from functools import cache

from importers.header_vocabulary import Layout, load_layouts
from importers.post_vocabulary import vocabulary

OFFICE_LAYOUTS = ("petition_register", "hotline_12345")
BOARD = "message_board"


@cache
def petition_layouts() -> Mapping[str, Layout]:
    """Every layout of petitions by name; boards have theirs in the words of exports (`posts.yml`)."""
    board = vocabulary().exports[BOARD]
    layouts = {name: load_layouts()[name] for name in OFFICE_LAYOUTS}
    return layouts | {BOARD: Layout(label="领导留言板导出", required=board.required, fields=board.fields)}
