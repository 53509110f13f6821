"""Captions, files and author of a medium's page stand folded under its text, for whoever reads the text whole."""

import re

import pytest

from domain.leads.lead import LeadEvidence
from domain.risk import Risk
from domain.texts.analysis import Analysis
from domain.texts.beside_text import BesideText, LinkedFile
from domain.words.vocabulary import Channel
from storage.store import Store
from tests.factories import TOWN, VILLAGE, document, lead, raw
from tests.fakes import NOON, FakeClock, reading
from tests.review.office import Office, fill

TEXT = "石家沟村一户人家的窑洞塌了，没有地方住。"
PHONE = "13800000000"
BESIDE = BesideText(
    author="试验甲",
    captions=("塌了的窑洞", f"村里的电话{PHONE}"),
    files=(
        LinkedFile("受灾情况表.xlsx", "http://a.invalid/files/P020211123456789012345.xlsx"),
        LinkedFile(f"名单{PHONE}.xls", f"http://a.invalid/{PHONE}.xls"),
    ),
)


def office_with(store: Store, clock: FakeClock, channel: Channel, beside: BesideText = BESIDE) -> Office:
    """The office with one more lead, whose text has these fields."""
    filled = fill(store, clock)
    text = document("B", TEXT, region=TOWN, channel=channel)
    opened = lead("beside", region=VILLAGE, matter="beside", risks=frozenset({Risk.HOUSING}))
    with store.unit_of_work() as work:
        work.raw.add(raw("B", TEXT, channel=channel, fields=beside.to_fields()))
        work.documents.add(text)
        work.analyses.add(Analysis(document_id=text.id, reading=reading(Risk.HOUSING)), NOON)
        work.leads.add(opened)
        work.leads.add_evidence(
            LeadEvidence(lead_id=opened.id, document_id=text.id, risks=opened.risks, urgent=False, added_at=NOON)
        )
        work.commit()
    return filled


def shown(office: Office, name: str) -> str:
    page = office.client(name).get("/leads/beside").text
    assert "线索" in page
    return str(page)


@pytest.mark.parametrize("name", ["town", "leader", "clerk"])
def test_who_reads_the_report_whole_unfolds_its_author_captions_and_files(
    sqlite_store: Store, clock: FakeClock, name: str
):
    page = shown(office_with(sqlite_store, clock, Channel.NEWS), name)

    assert "<summary>附件2个、图片说明2条、作者</summary>" in page
    assert "作者: 试验甲" in page
    assert "<li>塌了的窑洞</li>" in page
    assert "附件: 受灾情况表.xlsx" in page


def test_a_link_to_a_file_says_that_it_leads_out_and_where(sqlite_store: Store, clock: FakeClock):
    page = shown(office_with(sqlite_store, clock, Channel.NEWS), "town")

    [link] = re.findall(r"<a [^>]*href=\"http[^>]*>[^<]*</a>", page)
    assert 'href="http://a.invalid/files/P020211123456789012345.xlsx"' in link
    assert 'rel="noreferrer external"' in link
    assert "到 a.invalid 打开(离开本系统)" in link


def test_numbers_are_masked_and_an_address_with_one_is_no_link(sqlite_store: Store, clock: FakeClock):
    page = shown(office_with(sqlite_store, clock, Channel.NEWS), "clerk")

    assert PHONE not in page
    assert "村里的电话138****0000" in page
    assert "附件: 名单138****0000.xls <span>地址里有号码" in page


@pytest.mark.parametrize("address", ["http://[b.pdf", "http://a\u2100b.invalid/c.pdf", "http:///c.pdf"])
def test_an_address_that_is_none_breaks_no_page_and_is_no_link(sqlite_store: Store, clock: FakeClock, address: str):
    beside = BesideText(files=(LinkedFile("受灾情况表.xlsx", address),))

    page = shown(office_with(sqlite_store, clock, Channel.NEWS, beside), "town")

    assert "附件: 受灾情况表.xlsx <span>地址里有号码或不完整, 请到原文打开" in page


def test_a_village_is_shown_nothing_of_the_page(sqlite_store: Store, clock: FakeClock):
    page = shown(office_with(sqlite_store, clock, Channel.NEWS), "village")

    assert [one for one in ("塌了的窑洞", "受灾情况表", "试验甲", "a.invalid", 'class="beside"') if one in page] == []


@pytest.mark.parametrize("name", ["town", "leader", "clerk"])
def test_columns_of_a_register_are_shown_to_nobody(sqlite_store: Store, clock: FakeClock, name: str):
    page = shown(office_with(sqlite_store, clock, Channel.PETITION), name)

    assert [one for one in ("塌了的窑洞", "受灾情况表", "试验甲") if one in page] == []


def test_a_page_that_said_nothing_beside_its_text_has_nothing_to_unfold(sqlite_store: Store, clock: FakeClock):
    assert 'class="beside"' not in shown(office_with(sqlite_store, clock, Channel.NEWS, BesideText()), "town")
