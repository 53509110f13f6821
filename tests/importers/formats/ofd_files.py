"""OFD files of invented content after the published structure (GB/T 33190-2016), in the habits of several writers."""

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from tests.importers.formats.office_files import archive

_SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def ofd(
    pages: Sequence[str],
    *,
    templates: Mapping[str, str] | None = None,
    images: Mapping[str, bytes] | None = None,
    annotations: Mapping[int, str] | None = None,
    members: Mapping[str, bytes] | None = None,
    ending: str = "png",
    units: Mapping[str, str] | None = None,
    attached: bool = False,
    prolog: str = "",
) -> bytes:
    """An OFD of these pages, each the elements of its one layer; a template or a unit is named by its number."""
    templates, images, annotations = templates or {}, images or {}, annotations or {}
    found: dict[str, bytes] = {
        "OFD.xml": _xml("OFD", "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>")
    }
    listed = "".join(f'<ofd:Page ID="{10 + at}" BaseLoc="Pages/Page_{at}/Content.xml"/>' for at in range(len(pages)))
    below = "".join(f'<ofd:TemplatePage ID="{one}" BaseLoc="Tpls/Tpl_{one}/Content.xml"/>' for one in templates)
    common = f"<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>{below}"
    common += "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>"
    above = "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>" if annotations else ""
    above += "<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>" if attached else ""
    root = f"<ofd:CommonData>{common}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>{above}"
    found["Doc_0/Document.xml"] = _xml("Document", root, prolog)
    media = "".join(
        f'<ofd:MultiMedia ID="{one}" Type="Image"><ofd:MediaFile>{one}.{ending}</ofd:MediaFile></ofd:MultiMedia>'
        for one in images
    )
    composite = "".join(
        f'<ofd:CompositeGraphicUnit ID="{one}" Width="170" Height="40"><ofd:Content>{content}</ofd:Content>'
        "</ofd:CompositeGraphicUnit>"
        for one, content in (units or {}).items()
    )
    resources = f"<ofd:MultiMedias>{media}</ofd:MultiMedias><ofd:CompositeGraphicUnits>{composite}"
    found["Doc_0/DocumentRes.xml"] = _xml("Res", f"{resources}</ofd:CompositeGraphicUnits>").replace(
        b"<ofd:Res ", b'<ofd:Res BaseLoc="Res" '
    )
    found |= {f"Doc_0/Res/{one}.{ending}": content for one, content in images.items()}
    found |= {f"Doc_0/Pages/Page_{at}/Content.xml": _page(content) for at, content in enumerate(pages)}
    found |= {f"Doc_0/Tpls/Tpl_{one}/Content.xml": _page(content) for one, content in templates.items()}
    if attached:
        found["Doc_0/Attachs/Attachments.xml"] = _xml("Attachments", '<ofd:Attachment ID="1" Name="台账"/>')
    if annotations:
        files = "".join(
            f'<ofd:Page PageID="{10 + at}"><ofd:FileLoc>Page_{at}/Annotation.xml</ofd:FileLoc></ofd:Page>'
            for at in annotations
        )
        found["Doc_0/Annots/Annotations.xml"] = _xml("Annotations", files)
        found |= {f"Doc_0/Annots/Page_{at}/Annotation.xml": _xml("PageAnnot", one) for at, one in annotations.items()}
    return archive({**found, **(members or {})})


def _page(content: str) -> bytes:
    used, _, content = content.rpartition("|template|")
    return _xml("Page", f'{used}<ofd:Content><ofd:Layer ID="3" Type="Body">{content}</ofd:Layer></ofd:Content>')


def _xml(name: str, content: str, prolog: str = "") -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<ofd:{name} {_SPACE}>{content}</ofd:{name}>'.encode()


def using(template: str) -> str:
    """Put before a page's elements: the template that lies below them."""
    return f'<ofd:Template TemplateID="{template}" ZOrder="Background"/>|template|'


def unit(number: str, x: float, y: float, scale: float = 1) -> str:
    """A composite unit, put here at this scale."""
    boundary = f'Boundary="{x} {y} 170 40" CTM="{scale} 0 0 {scale} 0 0"'
    return f'<ofd:CompositeObject ID="40" {boundary} ResourceID="{number}"/>'


def line(text: str, x: float, y: float, size: float = 4) -> str:
    """A line as one text with its distances, written short."""
    steps = f'DeltaX="g {len(text) - 1} {size}"' if len(text) > 1 else ""
    return _text(f'<ofd:TextCode X="0" Y="{size}" {steps}>{escape(text)}</ofd:TextCode>', x, y, text, size)


def line_by_signs(text: str, x: float, y: float, size: float = 4) -> str:
    """Every character an object of its own, the last one first."""
    signs = [
        _text(f'<ofd:TextCode X="0" Y="{size}">{escape(sign)}</ofd:TextCode>', x + at * size, y, sign, size)
        for at, sign in enumerate(text)
    ]
    return "".join(reversed(signs))


def line_of_codes(text: str, x: float, y: float, size: float = 4) -> str:
    """One object with a text for every character; only the first says how far down."""
    codes = "".join(
        f'<ofd:TextCode X="{at * size}"{f" Y={chr(34)}{size}{chr(34)}" if not at else ""}>{escape(sign)}</ofd:TextCode>'
        for at, sign in enumerate(text)
    )
    return _text(codes, x, y, text, size)


def line_scaled(text: str, x: float, y: float, size: float = 4) -> str:
    """A text of size 1 that its matrix makes large, distance by distance, within a block."""
    steps = " ".join(["1"] * (len(text) - 1))
    code = f'<ofd:TextCode X="0" Y="1" DeltaX="{steps}">{escape(text)}</ofd:TextCode>'
    found = _text(code, x, y, text, 1).replace("<ofd:TextObject ", f'<ofd:TextObject CTM="{size} 0 0 {size} 0 0" ')
    return f'<ofd:PageBlock ID="7"><ofd:PageBlock ID="8">{found}</ofd:PageBlock></ofd:PageBlock>'


def line_without_steps(text: str, x: float, y: float, size: float = 4) -> str:
    """A text without a word on distances."""
    return _text(f'<ofd:TextCode X="0" Y="{size}">{escape(text)}</ofd:TextCode>', x, y, text, size)


def _text(codes: str, x: float, y: float, text: str, size: float) -> str:
    boundary = f'Boundary="{x} {y} {len(text) * size} {size * 1.3}"'
    return f'<ofd:TextObject ID="5" {boundary} Font="4" Size="{size}">{codes}</ofd:TextObject>'


def image(number: str, width: float, height: float) -> str:
    """An image in the upper left corner."""
    return f'<ofd:ImageObject ID="6" Boundary="0 0 {width} {height}" ResourceID="{number}"/>'


def ruled(rows: Sequence[Sequence[str]], x: float, y: float, width: float = 45, height: float = 9) -> str:
    """A table: its words by lines, its rulings as paths."""
    right, bottom = width * len(rows[0]), height * len(rows)
    strokes = [f"M 0 {at * height} L {right} {at * height}" for at in range(len(rows) + 1)]
    strokes += [f"M {at * width} 0 L {at * width} {bottom}" for at in range(len(rows[0]) + 1)]
    drawn = "".join(
        f'<ofd:PathObject ID="9" Boundary="{x} {y} {right} {bottom}" LineWidth="0.3">'
        f"<ofd:AbbreviatedData>{stroke}</ofd:AbbreviatedData></ofd:PathObject>"
        for stroke in strokes
    )
    return drawn + "".join(
        line(text, x + column * width + 1, y + row * height + 2)
        for row, cells in enumerate(rows)
        for column, text in enumerate(cells)
        if text
    )
