"""Which body of a mail is read where it has a plain and an HTML one, and what is said of the other."""

import re

HTML_READ = (
    "邮件的纯文本正文说得少, 已按网页格式的正文接收, 纯文本里不同的话没有采用; "
    "请打开原邮件看一看, 缺了信访内容的请把正文存成docx提交"
)
PLAIN_READ = (
    "邮件的网页格式正文里还有纯文本正文没有的话, 没有采用; 请打开原邮件看一看, 缺了信访内容的请把正文存成docx提交"
)
_TIMES_AS_MUCH = 2
"""With less the words are those of the plain body, and what a program puts around them."""
_FEWEST_OTHER = 8
"""Stretches of words that are no decoration: a phone has nine."""
_STRETCH = 3
_MOST_COMPARED = 100_000
"""Characters of each body that are compared."""
_PHONE_OR_DAY = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|\d{4}年\d{1,2}月\d{1,2}日")
"""What letters end with: a plain body that has it, and stands in the HTML one, is the letter; more is advertising."""
_TOLD = re.compile(r"[\u4e00-\u9fff\d]+")
_ADDRESSES = re.compile(r"https?://[!-~]+|[!-~]+@[!-~]+")


def tells_more(rich: str, plain: str) -> bool:
    """True where the HTML body says far more than the plain one, such as 请用支持HTML的客户端查看."""
    is_longer = sum(map(len, _told(rich))) > _TIMES_AS_MUCH * sum(map(len, _told(plain)))
    is_whole = _PHONE_OR_DAY.search(plain) is not None and not _only_in(plain, rich)
    return is_longer and not is_whole and len(_only_in(rich, plain)) >= _FEWEST_OTHER


def said_of_other(rich: str, plain: str, *, is_html: bool) -> str:
    """What is to be said of the body that is not read; "" where it says nothing else."""
    if is_html:
        return HTML_READ if _only_in(plain, rich) else ""
    return PLAIN_READ if len(_only_in(rich, plain)) >= _FEWEST_OTHER else ""


def _only_in(one: str, other: str) -> list[str]:
    """The stretches of words in one body that do not stand in the other, wherever its lines break."""
    whole = "".join(_told(other))
    known = {whole[at : at + length] for length in range(1, _STRETCH + 1) for at in range(len(whole))}
    said = (words[at : at + _STRETCH] for words in _told(one) for at in range(max(1, len(words) - _STRETCH + 1)))
    return [stretch for stretch in said if stretch not in known]


def _told(body: str) -> list[str]:
    """Chinese characters and digits, by what stands between them; addresses are no words."""
    return _TOLD.findall(_ADDRESSES.sub(" ", body[:_MOST_COMPARED]))
