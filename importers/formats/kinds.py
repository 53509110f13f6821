"""What a member is, by its content; the ending only breaks ties, since exports lie about it every day."""

import re
import zipfile
from enum import Enum, auto

import olefile

from importers.formats.packages.office_package import OfficePackage
from importers.formats.packages.packages import open_member, open_package
from importers.formats.source import Source, Unreadable

_HEAD = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PACKED = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_IMAGES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF8")
_OTHER_ARCHIVES = {b"Rar!": "rar", b"7z\xbc\xaf": "7z", b"\x1f\x8b": "gz", b"BZh": "bz2", b"\xfd7zXZ": "xz"}
_OUTLOOK = b"\x78\x9f\x3e\x22"
_NOT_OURS = {
    b"MZ": "程序",
    b"\x7fELF": "程序",
    b"ID3": "录音",
    b"RIFF": "录音或录像",
    b"OggS": "录音",
    b"#!AMR": "录音",
}
_RECORDINGS = {
    **dict.fromkeys((".mp3", ".m4a", ".wav", ".amr", ".aac", ".wma", ".ogg", ".opus", ".silk", ".flac"), "录音"),
    **dict.fromkeys((".mp4", ".mov", ".avi", ".3gp", ".wmv", ".flv", ".mkv", ".mpg", ".mpeg", ".m4v", ".webm"), "录像"),
}
"""What phones and desks record, by its ending: few of them begin with something that tells them."""
_MAIL = re.compile(
    rb"\A(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?"
    rb"(?:from|received|return-path|delivered-to|mime-version|message-id):[^\n]*\n",
    re.IGNORECASE,
)
_MAIL_START = re.compile(rb"\A[A-Za-z][A-Za-z0-9-]*:(?:[ \t]|\r?\n[ \t])")
"""A header that is empty behind its colon goes on in the next line."""
_ENCODED_MAIL = re.compile(
    rb"^content-transfer-encoding:\s*base64\s*$[^\x00]*?^[A-Za-z0-9+/]{40,}={0,2}\s*$", re.IGNORECASE | re.MULTILINE
)
"""Headers over a body that nobody can read as it stands."""
_CHINESE = re.compile("[\u4e00-\u9fff]")
_FEWEST_READ = 20
"""Chinese characters that are words of somebody."""
_MARKUP = re.compile(
    r"\A\s*(?:<\?xml[^>]*>\s*)?(?><!--.*?-->\s*)*<(?:!doctype html|html|head|body|meta|table|style|div)\b", re.I | re.S
)
"""A comment ends where it first may: else many of them can be told apart in more ways than anybody can try."""
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."


class Kind(Enum):
    """One for each reader."""

    XLSX = auto()
    WORKBOOK = auto()
    SPREADSHEET_XML = auto()
    HTML = auto()
    JSON = auto()
    TEXT = auto()
    DOCX = auto()
    OLD_DOCUMENT = auto()
    PDF = auto()
    OFD = auto()
    IMAGE = auto()
    MAIL = auto()
    ARCHIVE = auto()


def kind_of(source: Source) -> Kind:
    """The kind of the member; Unreadable, with what to do, for what nobody here can read."""
    head = source.head(_HEAD)
    if head.startswith(_PACKED):
        return _packed(source)
    if head.startswith(_OLE):
        return _compound(source)
    if b"%PDF-" in head[:1024]:
        return Kind.PDF
    if head.startswith(_IMAGES) or _is_other_image(head):
        return Kind.IMAGE
    if head.startswith(b"{\\rtf"):
        return Kind.OLD_DOCUMENT
    for magic, name in _OTHER_ARCHIVES.items():
        if head.startswith(magic):
            raise Unreadable(f"{name}压缩包读不了, 请解压后提交, 或改压成zip")
    if head.startswith(_OUTLOOK):
        raise Unreadable("这是Outlook打包的附件(winmail.dat), 读不了; 请对方改用纯文本或网页格式重新发送")
    if name := _not_ours(source, head):
        raise Unreadable(
            f"这是{name}, 不是登记表或信件, 没有读取; 里面有信访内容的, 请写成文字后提交, 或在网页「登记一件」里录入"
        )
    return _textual(source, head)


def _not_ours(source: Source, head: bytes) -> str:
    """What it is that holds no text, by its first bytes or its ending; "" for anything else."""
    if head[4:8] == b"ftyp":
        return _RECORDINGS.get(source.ending, "录音或录像")
    by_head = next((name for magic, name in _NOT_OURS.items() if head.startswith(magic) and b"\x00" in head[:64]), "")
    is_text = head[:2] in {b"\xff\xfe", b"\xfe\xff"} or not (b"\x00" in head or _is_binary(head))
    return by_head or ("" if is_text else _RECORDINGS.get(source.ending, ""))


def _packed(source: Source) -> Kind:
    with open_package(source.start(), source.limits) as package:
        main = OfficePackage(package).main()
        if main.startswith("ppt/"):
            raise Unreadable("这是演示文稿, 不是登记表或信件, 请把内容另存为docx或xlsx后再提交")
        if main.startswith("word/"):
            return Kind.DOCX
        if main.startswith("xl/"):
            return Kind.WORKBOOK if main.endswith(".bin") else Kind.XLSX
        if any(name.lower() == "ofd.xml" for name in package.namelist()):
            return Kind.OFD
        return _open_document(package) or Kind.ARCHIVE


def _open_document(package: zipfile.ZipFile) -> Kind | None:
    if "mimetype" not in package.namelist() or package.getinfo("mimetype").file_size > _HEAD:
        return None
    with open_member(package, "mimetype") as stream:
        described = stream.read().decode("ascii", errors="replace").strip()
    if not described.startswith(_OPEN_DOCUMENT):
        return None
    return Kind.WORKBOOK if "spreadsheet" in described else Kind.OLD_DOCUMENT


def _compound(source: Source) -> Kind:
    """OLE2 compound files: old Office and WPS documents, and encrypted new ones."""
    try:
        with olefile.OleFileIO(source.start()) as compound:
            streams = {entry[0].lower() for entry in compound.listdir()}
    except (OSError, ValueError, IndexError, TypeError, RecursionError) as exc:
        raise Unreadable("文件已损坏或内容不完整, 请用WPS或Office打开, 另存为新格式后再提交") from exc
    if "encryptedpackage" in streams:
        raise Unreadable("文件有打开密码, 请去掉密码后再提交")
    if streams & {"workbook", "book"}:
        return Kind.WORKBOOK
    if "worddocument" in streams or source.ending in {".wps", ".doc"}:
        return Kind.OLD_DOCUMENT
    raise Unreadable("不是表格也不是文档, 请用WPS或Office打开, 另存为xlsx或docx后再提交")


def _is_other_image(head: bytes) -> bool:
    """Images whose first bytes alone may be the start of a text: BM, RIFF."""
    bitmap = head[:2] == b"BM" and head[6:10] == bytes(4)
    return (
        bitmap
        or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")
        or (head[4:8] == b"ftyp" and head[8:12] in {b"heic", b"mif1"})
    )


def _textual(source: Source, head: bytes) -> Kind:
    text = head.decode("utf-16", errors="replace") if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else head.decode("latin-1")
    text = text.removeprefix("\u00ef\u00bb\u00bf").removeprefix("\ufeff")
    if "urn:schemas-microsoft-com:office:spreadsheet" in text:
        return Kind.SPREADSHEET_XML
    if _MARKUP.match(text):
        return Kind.HTML
    if _MAIL_START.match(head) and (source.ending in {".eml", ".mht", ".mhtml"} or _MAIL.match(head)):
        return Kind.MAIL
    start = text.lstrip()[:1]
    if source.ending in {".json", ".jsonl", ".ndjson"} or re.match(r"\s*(?:\[\s*)?\{\s*[\"}]", text):
        return Kind.JSON if start in {"{", "["} else Kind.TEXT
    if head[:2] not in {b"\xff\xfe", b"\xfe\xff"} and _is_binary(head):
        raise Unreadable("不认识的文件, 请换成表格、文档、PDF、图片、邮件或zip压缩包后再提交")
    if _ENCODED_MAIL.search(head) and not _is_readable(head):
        raise Unreadable("像是邮件的原文, 内容经过编码, 读不出来; 请在邮箱里另存为eml, 或把正文复制成文字后重新提交")
    return Kind.TEXT


def _is_readable(head: bytes) -> bool:
    """True where words stand above or beside what is encoded, such as a letter with a picture below."""
    texts = (head.decode(encoding, errors="ignore") for encoding in ("utf-8", "gb18030"))
    return any(len(_CHINESE.findall(text)) >= _FEWEST_READ for text in texts)


def _is_binary(head: bytes) -> bool:
    """Text has no control characters but those that part cells (30 and 31).

    UTF-16 without a mark has a null byte at every second place.
    """
    if head[::2].count(0) * 10 > len(head) * 2 or head[1::2].count(0) * 10 > len(head) * 2:
        return False
    controls = sum(byte < 9 or (14 <= byte < 30 and byte != 27) for byte in head if byte)
    return controls * 20 > len(head)
