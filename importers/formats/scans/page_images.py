"""Images out of files: checked for size before they are decoded, upright as the camera says, made small enough."""

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError

from importers.formats.limits import Limits
from importers.formats.scans.geometry import Pixels
from importers.formats.scans.policy import policy
from importers.formats.source import Source, Unreadable

_DAMAGED = "图片已损坏或格式读不了, 请重新拍照或扫描, 存为jpg或png后再提交"
_POINTS_PER_INCH = 72


def check_count(count: int) -> None:
    """Unreadable when a file has more scanned pages than can be read in time."""
    if count > policy().pages.most_pages:
        raise Unreadable(f"扫描件有{count}页, 超过{policy().pages.most_pages}页, 请分成几个文件提交")


def image_pages(source: Source) -> Iterator[Pixels]:
    """The image, or every page of a TIFF, in colours; Unreadable when it is absurdly large or damaged."""
    try:
        with _quietly():
            image = Image.open(source.start())
            check_size(image.size, source.limits)
            frames = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
        if frames > policy().pages.most_frames:
            raise Unreadable(f"图片有{frames}页, 超过{policy().pages.most_frames}页, 请分成几个文件提交")
        for number in range(frames):
            with _quietly():
                image.seek(number)
                check_size(image.size, source.limits)
                page = _pixels(image)
            yield page
    except Image.DecompressionBombError as exc:
        raise Unreadable(_too_large("", source.limits)) from exc
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, TypeError, KeyError, EOFError) as exc:
        raise Unreadable(_DAMAGED) from exc


@contextmanager
def _quietly() -> Iterator[None]:
    """Pillow warns of large images and of odd tags: our limits say more."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def pdf_pages(source: Source, numbers: Sequence[int]) -> Iterator[Pixels]:
    """These pages (1-based) of the PDF as they look, in colours."""
    document = pypdfium2.PdfDocument(source.start(), autoclose=False)
    try:
        for number in numbers:
            page = document[number - 1]
            longest = max(page.get_size()) or 1.0
            scale = min(policy().pages.render_dpi / _POINTS_PER_INCH, policy().pages.longest_side / longest)
            yield _pixels(page.render(scale=scale).to_pil())
            page.close()
    finally:
        document.close()


def check_size(size: tuple[int, int], limits: Limits) -> None:
    """Unreadable when decoding an image of so many pixels would take absurd memory."""
    width, height = size
    if width * height > limits.pixels or max(width, height) > limits.image_side:
        raise Unreadable(_too_large(f"宽{width}×高{height}像素, ", limits))


def _too_large(size: str, limits: Limits) -> str:
    pixels = f"{limits.pixels / 100_000_000:g}亿" if limits.pixels >= 100_000_000 else f"{limits.pixels // 10_000}万"
    return (
        f"图片太大({size}最多{limits.image_side}像素见方或{pixels}像素); "
        "扫描件请把扫描仪设为300dpi重新扫描, 照片请缩小后再提交"
    )


def _pixels(image: Image.Image) -> Pixels:
    """Red, green, blue, on white paper where the image is transparent; no side longer than `longest_side`."""
    longest = policy().pages.longest_side
    image.draft("RGB", (longest, longest))
    turned = ImageOps.exif_transpose(image)
    turned.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    if "A" in turned.getbands() or "transparency" in turned.info:
        turned = turned.convert("RGBA")
        paper = Image.new("RGBA", turned.size, "white")
        turned = Image.alpha_composite(paper, turned)
    return np.asarray(turned.convert("RGB"))
