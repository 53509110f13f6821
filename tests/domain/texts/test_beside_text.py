"""What stood beside an article comes back from the fields of its document as it was put in."""

from domain.texts.beside_text import BesideText, LinkedFile

WHOLE = BesideText(
    author="试验甲",
    editor="试验乙",
    captions=("图一", "图二"),
    files=(
        LinkedFile("受灾 情况表.xlsx", "http://a.invalid/附件 1.xlsx"),
        LinkedFile("", "https://a.invalid/b.pdf"),
    ),
    original="村裡",
)


def test_what_was_said_comes_back():
    assert BesideText.from_fields(WHOLE.to_fields()) == WHOLE


def test_what_a_page_did_not_say_has_no_heading():
    assert BesideText().to_fields() == {}
    assert BesideText.from_fields({}) == BesideText()


def test_what_is_no_address_is_no_file():
    assert BesideText.from_fields({"附件": "名单.xls\njavascript:alert(1)//.xls"}).files == ()


def test_a_file_whose_name_is_an_address_keeps_its_own():
    files = (
        LinkedFile("https://a.invalid/c.pdf", "https://a.invalid/c.pdf"),
        LinkedFile("见 http://[某县]公告.pdf", "http://a.invalid/d?from=http://b.invalid/d.pdf"),
    )

    assert BesideText.from_fields(BesideText(files=files).to_fields()).files == files
