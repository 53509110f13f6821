import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from importers.formats.limits import standard_limits
from importers.formats.scans.flattening import is_written, without_seals
from importers.formats.scans.geometry import Box, Character, Line, Pixels, line_of
from importers.formats.scans.page_images import check_size, image_pages
from importers.formats.scans.reading import read_pages
from importers.formats.sink import Sink
from importers.formats.source import Unreadable
from tests.importers.formats.delivery import source_of


def written(image: Image.Image, form: str, **options: object) -> bytes:
    content = io.BytesIO()
    image.save(content, form, **options)
    return content.getvalue()


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "BMP", "WEBP"])
def test_every_kind_of_image_becomes_a_page_in_colours(tmp_path: Path, form: str):
    (page,) = image_pages(source_of(tmp_path, "a.png", written(Image.new("RGB", (40, 60), "white"), form)))

    assert page.shape == (60, 40, 3)
    assert page.min() > 250


def test_every_page_of_a_tiff_comes_in_its_order(tmp_path: Path):
    frames = [Image.new("L", (40, 60), shade) for shade in (10, 100, 200)]
    content = written(frames[0], "TIFF", save_all=True, append_images=frames[1:])

    assert [int(page[0, 0, 0]) for page in image_pages(source_of(tmp_path, "a.png", content))] == [10, 100, 200]


def test_a_photo_stands_as_the_camera_says(tmp_path: Path):
    exif = Image.Exif()
    exif[0x0112] = 6
    (page,) = image_pages(source_of(tmp_path, "a.png", written(Image.new("RGB", (40, 60)), "JPEG", exif=exif)))

    assert page.shape == (40, 60, 3)


def test_a_transparent_image_lies_on_white_paper(tmp_path: Path):
    (page,) = image_pages(source_of(tmp_path, "a.png", written(Image.new("RGBA", (40, 60), (0, 0, 0, 0)), "PNG")))

    assert page.min() == 255


def test_a_large_scan_is_made_small_enough(tmp_path: Path):
    (page,) = image_pages(source_of(tmp_path, "a.png", written(Image.new("L", (5000, 2500), 255), "PNG")))

    assert page.shape == (1000, 2000, 3)


def test_a_later_page_of_absurd_size_is_refused(tmp_path: Path):
    frames = [Image.new("1", (40, 60)), Image.new("1", (standard_limits().image_side + 1, 2))]
    pages = image_pages(
        source_of(tmp_path, "a.png", written(frames[0], "TIFF", save_all=True, append_images=frames[1:]))
    )

    next(pages)
    with pytest.raises(Unreadable, match="300dpi"):
        next(pages)


def test_an_image_that_breaks_off_is_refused(tmp_path: Path):
    noise = np.random.default_rng(1).integers(0, 255, (60, 40), np.uint8)
    with pytest.raises(Unreadable, match="重新拍照"):
        next(image_pages(source_of(tmp_path, "a.png", written(Image.fromarray(noise), "PNG")[:300])))


def test_a_red_seal_vanishes_and_the_writing_under_it_stays():
    page = np.full((400, 400, 3), 250, np.uint8)
    page[:, 300:330] = 30
    page[100:110, 100:200] = (205, 60, 60)
    page[90:120, 150:153] = (70, 20, 20)

    grey = without_seals(page)

    assert grey[105, 120] > 230
    assert grey[105, 151] < 110


def test_an_empty_page_with_dust_is_not_written_and_one_with_a_line_is():
    page = np.full((1000, 700, 3), 250, np.uint8)
    page[::90, ::90] = 40

    assert not is_written(page)

    page[500:530, 100:400:3] = 40
    assert is_written(page)


def test_a_letter_written_in_red_is_not_taken_for_a_seal():
    page = np.full((400, 400, 3), 250, np.uint8)
    page[100:110, 50:350] = (200, 30, 30)

    assert without_seals(page)[105, 200] < 150


class WritesOnce:
    """A recogniser that finds words on the first page only."""

    def __init__(self) -> None:
        self._lines = [line_of([Character("信", 0.99, Box(10, 10, 40, 40))])]

    def places(self, page: Pixels) -> list[object]:
        return []

    def lines(self, page: Pixels) -> list[Line]:
        found, self._lines = self._lines, []
        return found


def test_a_written_page_on_which_nothing_was_read_is_refused_and_an_empty_one_passed_over(tmp_path: Path):
    empty = np.full((400, 300, 3), 250, np.uint8)
    written_on = empty.copy()
    written_on[100:120, 50:250:3] = 40
    source, sent = source_of(tmp_path, "a.png", b""), io.BytesIO()

    read_pages(enumerate([written_on, empty, written_on], start=1), source, Sink(sent, source.limits), WritesOnce())

    assert "第3页上没有认出字".encode() in sent.getvalue()


@pytest.mark.parametrize(("pixels", "said"), [(100_000_000, "或1亿像素"), (40_000_000, "或4000万像素")])
def test_how_large_a_picture_may_be_is_said_as_people_count(pixels: int, said: str):
    limits = replace(standard_limits(), pixels=pixels)

    with pytest.raises(Unreadable, match=said):
        check_size((20_000, 20_000), limits)
