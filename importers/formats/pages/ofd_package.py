"""What an OFD document (GB/T 33190-2016) consists of: a package of XML files that point to each other."""

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from importers.formats.markup import Silent
from importers.formats.packages.office_package import OfficePackage
from importers.formats.source import Unreadable

_DAMAGED = "OFD文件里缺少必要的内容, 已损坏或加了密; 请用OFD阅读器打开, 另存为PDF后再提交"
_ENTRY = "OFD.xml"
_A4 = "0 0 210 297"
_Item = TypeVar("_Item")


@dataclass(slots=True)
class Element:
    """One element with its own text; its children follow it in the list."""

    name: str
    attributes: Mapping[str, str]
    text: str = ""


@dataclass(slots=True)
class _Elements(Silent):
    """All elements in the order in which they start."""

    found: list[Element] = field(default_factory=list)
    _open: list[tuple[Element, list[str]]] = field(default_factory=list)
    """Each with the pieces of its text so far: there may be a million."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        element = Element(name, attributes)
        self.found.append(element)
        self._open.append((element, []))

    def end(self, name: str) -> None:
        element, pieces = self._open.pop()
        element.text = "".join(pieces)

    def text(self, text: str) -> None:
        self._open[-1][1].append(text)


@dataclass(frozen=True, slots=True)
class OfdPage:
    """One page: the elements of its templates and of itself, and of what is laid over it."""

    box: str
    """Left, top, width and height in millimetres."""
    elements: Sequence[Element]
    annotations: Sequence[Element]


class OfdPackage:
    """The documents of one OFD file."""

    def __init__(self, office: OfficePackage) -> None:
        """Unreadable when it has no document."""
        self._office = office
        self.images: dict[str, str] = {}
        """Path of each image by its number."""
        self.units: dict[str, Sequence[Element]] = {}
        """What each composite unit consists of, by its number."""
        self.attachments = 0
        roots = (_path("", one.text.strip()) for one in self._elements(_ENTRY) if one.name == "DocRoot")
        self._roots = _once(path for path in roots if office.has(path))
        if not self._roots:
            raise Unreadable(_DAMAGED)

    def pages(self, most: int) -> Iterator[OfdPage]:
        """The pages in their order; Unreadable when there are more than `most`, or one is missing."""
        count = 0
        for root in self._roots:
            document = _Document(self._office, root, self._elements(root))
            for path in document.paths("PublicRes", "DocumentRes"):
                self._add_resources(path)
            self.attachments += sum(self._count(path, "Attachment") for path in document.paths("Attachments"))
            annotations = self._annotations(document)
            for number, path in document.pages:
                count += 1
                if count > most:
                    raise Unreadable(f"OFD超过{most}页, 请分成几个文件提交")
                yield self._page(document, path, annotations.get(number, ()))

    def _page(self, document: "_Document", path: str, annotations: Sequence[str]) -> OfdPage:
        elements = self._elements(path)
        boxes = [one.text for one in elements if one.name == "PhysicalBox"]
        for resources in _once(one.text.strip() for one in elements if one.name == "PageRes"):
            self._add_resources(_path(document.path, resources))
        templates = _once(
            document.templates.get(one.attributes.get("TemplateID", "")) for one in elements if one.name == "Template"
        )
        below = [one for template in templates if template for one in self._elements(template)]
        above = [one for annotated in annotations for one in self._elements(annotated)]
        return OfdPage((boxes or [document.box])[0], [*below, *elements], above)

    def _annotations(self, document: "_Document") -> Mapping[str, Sequence[str]]:
        """Paths of what is laid over each page, by the page's number."""
        found: dict[str, list[str]] = {}
        for path in document.paths("Annotations"):
            page = ""
            for one in self._elements(path):
                if one.name == "Page":
                    page = one.attributes.get("PageID", "")
                elif one.name == "FileLoc" and self._office.has(_path(path, one.text.strip())):
                    found.setdefault(page, []).append(_path(path, one.text.strip()))
        return {page: _once(paths) for page, paths in found.items()}

    def _add_resources(self, path: str) -> None:
        folder, number = "", ""
        unit: list[Element] = []
        for one in self._elements(path) if self._office.has(path) else ():
            unit.append(one)
            if one.name == "Res":
                folder = one.attributes.get("BaseLoc", "")
            elif one.name == "MultiMedia":
                number = one.attributes.get("ID", "")
            elif one.name == "MediaFile":
                self.images[number] = _path(path, posixpath.join(folder, one.text.strip()))
            elif one.name == "CompositeGraphicUnit":
                self.units[one.attributes.get("ID", "")] = unit = []

    def _count(self, path: str, name: str) -> int:
        return sum(one.name == name for one in self._elements(path))

    def _elements(self, path: str) -> list[Element]:
        if not self._office.has(path):
            raise Unreadable(_DAMAGED)
        elements = _Elements()
        self._office.parse(path, elements)
        return elements.found


class _Document:
    """What a document's root file says of its pages and templates."""

    def __init__(self, office: OfficePackage, path: str, elements: Sequence[Element]) -> None:
        self._office = office
        self._elements = elements
        self.path = path
        self.box = next((one.text for one in elements if one.name == "PhysicalBox"), _A4)
        self.pages = [(one.attributes.get("ID", ""), self._base(one)) for one in elements if one.name == "Page"]
        self.templates = {
            one.attributes.get("ID", ""): self._base(one) for one in elements if one.name == "TemplatePage"
        }

    def paths(self, *names: str) -> list[str]:
        """Paths of the files that elements of these names point to, as far as they are there."""
        found = (_path(self.path, one.text.strip()) for one in self._elements if one.name in names)
        return _once(path for path in found if self._office.has(path))

    def _base(self, element: Element) -> str:
        return _path(self.path, element.attributes.get("BaseLoc", ""))


def _once(items: Iterable[_Item]) -> list[_Item]:
    """Each item where it comes first: to read one file a million times takes a million times as long."""
    return list(dict.fromkeys(items))


def _path(beside: str, location: str) -> str:
    """Where the location leads that a file names; it never leads out of the package."""
    joined = posixpath.join("/", posixpath.dirname(beside), location.replace("\\", "/"))
    return posixpath.normpath(joined).lstrip("/")
