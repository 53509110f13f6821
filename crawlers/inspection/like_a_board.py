"""Whether articles are messages with an office's answer, which are declared as a board so that nicknames go."""

import re
from collections.abc import Sequence

from crawlers.extraction.encoding import decode_page
from crawlers.inspection.look import Page

ADVICE = "文章像是留言和答复: 请把 platform 改为 board, 写明 board 的 question、answer 和 asker(网民昵称, 写了才会删去)"
_ANSWERED = re.compile(r"您(?:所)?反映的|(?:回复|答复|办理)(?:单位|部门|内容|时间|情况|结果)|留言(?:内容|时间)")
"""What pages say on which an office answers a message."""


def are_like_a_board(pages: Sequence[Page]) -> bool:
    """True where every page, of at least one, speaks as a board does."""
    return bool(pages) and all(_ANSWERED.search(decode_page(page.body)) for page in pages)
