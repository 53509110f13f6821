"""Scans and photos: checked for their size here; their words are the business of OCR (extra `ocr`)."""

import warnings
from collections.abc import Sequence

from PIL import Image, UnidentifiedImageError

from importers.formats.limits import Limits
from importers.formats.sink import Sink
from importers.formats.source import Source, Unreadable

_NO_OCR = "图片里的字要用文字识别(OCR)读, 这台机器没有装; 请管理员安装 qianshao[ocr], 或用录入页面手工录入"


def read_image(source: Source, sink: Sink) -> None:
    """Send what the image says; Unreadable when it is absurdly large, damaged, or OCR is not installed."""
    check_size(source)
    raise Unreadable(_NO_OCR)


def read_scanned_pdf(source: Source, pages: Sequence[int], sink: Sink) -> None:
    """Send what the scanned pages (1-based) of the PDF say; refused, page by page named, when OCR is not installed."""
    named = "、".join(str(page) for page in pages[:10]) + ("等" if len(pages) > 10 else "")
    sink.refused(source.part, f"第{named}页是扫描件: {_NO_OCR}")


def check_size(source: Source) -> None:
    """Read the image's head only; Unreadable when decoding it would take absurd memory."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(source.start()) as image:
                width, height = image.size
    except Image.DecompressionBombError as exc:
        raise Unreadable(_too_large(source.limits)) from exc
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, TypeError, KeyError) as exc:
        raise Unreadable("图片已损坏或格式读不了, 请重新拍照或扫描, 存为jpg或png后再提交") from exc
    most = source.limits
    if width * height > most.pixels or max(width, height) > most.image_side:
        raise Unreadable(f"图片有{width}×{height}像素, {_too_large(most)}")


def _too_large(limits: Limits) -> str:
    return f"超过{limits.image_side}像素见方或{limits.pixels // 1_000_000}百万像素, 请用300dpi重新扫描后再提交"
