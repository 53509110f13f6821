"""Whatever is read on whatever paper: no page breaks the reading, no value is made up."""

import io
import unicodedata
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from importers.formats.forms.form_labels import labels
from importers.formats.parts import FormField
from importers.formats.scans.layout import FormPage, ListPage, understood
from importers.formats.scans.page_images import image_pages
from importers.formats.scans.repairs import repaired
from importers.formats.source import Unreadable
from tests.importers.formats.delivery import source_of
from tests.importers.formats.scans.paper import Paper

WORDS = st.one_of(st.sampled_from(sorted(labels())), st.text("张三13800□☑：:OX年月日。, ", min_size=1, max_size=20))
PLACES = st.integers(0, 860)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(WORDS.filter(str.strip), PLACES, PLACES), max_size=12),
    st.lists(st.lists(st.integers(25, 400), min_size=1, max_size=4), max_size=6),
)
def test_every_page_is_something_and_says_only_what_was_read(
    written: list[tuple[str, int, int]], ruled: list[list[int]]
):
    paper = Paper()
    top = 60
    for widths in ruled:
        top = paper.row(top, widths, [""] * len(widths))
    for text, left, down in written:
        paper.write(text, left, down)

    page = understood(paper.pixels, paper.lines)

    read = {char for line in paper.lines for char in line.text + unicodedata.normalize("NFKC", line.text)}
    fields = list(page.fields.values()) if isinstance(page, FormPage) else []
    rows = [field for row in page.rows for field in row] if isinstance(page, ListPage) else []
    assert {char for field in (*fields, *rows) for char in field.text} <= read | set("0123456789X \n")


@given(st.sampled_from(["身份证号", "联系电话", "年龄", "性别", "来访日期"]), st.text(max_size=30))
def test_a_repair_is_never_silent(label: str, text: str):
    field = repaired(label, FormField(text, 0.99))

    written = "".join(unicodedata.normalize("NFKC", text).split())
    assert "".join(field.text.split()) == written or field.note or field.text == text


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(["PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF"]), st.integers(0, 2000), st.binary(max_size=6))
def test_a_damaged_image_is_read_or_refused(form: str, place: int, damage: bytes):
    content = io.BytesIO()
    Image.effect_noise((40, 30), 80).save(content, form)
    whole = content.getvalue()
    place %= len(whole)
    broken = whole[:place] + damage + whole[place + len(damage) :]

    with TemporaryDirectory() as folder, suppress(Unreadable):
        for page in image_pages(source_of(Path(folder), "a.png", broken)):
            assert page.shape[2] == 3
