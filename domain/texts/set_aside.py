"""Why a stage sets a record aside, and what a person does about it: for whoever runs the system and reads no text."""

from domain.labelled import Labelled


class SetAside(Labelled):
    """The reasons by the slugs under which they are stored."""

    NO_TEXT = "no_text", "没有正文"
    GARBLED = "garbled", "正文是乱码"
    DAMAGED_LINE = "damaged_line", "抓取暂存的一行损坏"


_WHAT_TO_DO = {
    SetAside.NO_TEXT: "信访件请信访办按编号在回执里找到这一行, 对照原件补录; 报道请看「来源」里正文还抓不抓得到",
    SetAside.GARBLED: "多为文件编码不对, 请信访办按编号在回执里找到文件, 用原文件重新导入",
    SetAside.DAMAGED_LINE: "多为抓取时中断, 下次抓取会重取; 文件名和行号用 qianshao doctor --records 看",
}
_KNOWN = {one.value: one for one in SetAside}


def set_aside_label(slug: str) -> str:
    """What people call the reason; one that an older or newer program stored stays as it is."""
    return _KNOWN[slug].label if slug in _KNOWN else slug


def what_to_do(slug: str) -> str:
    """What a person does about such records; empty for a reason that this program does not know."""
    return _WHAT_TO_DO[_KNOWN[slug]] if slug in _KNOWN else ""
