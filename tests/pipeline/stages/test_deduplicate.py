"""Reprints, forms, repeated petitions and new versions on their way through the stage."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.texts.document import PASTED, Petitioner, RawDocument
from domain.words.vocabulary import Channel
from nlp.documents import to_document
from nlp.repeats.same_text import worth_reading_each
from pipeline.stages.deduplicate import Deduplicate
from storage.store import Store
from tests.factories import COUNTY, raw
from tests.fakes import NOON

REPORT = (
    "十月十二日凌晨，苗家沟村村民苗栓喜家的三间砖窑突然起火，火势借风蔓延，屋里的粮食和家具全部烧毁。\n"
    "苗栓喜与老伴披着邻居给的棉袄站在院里，眼下借住在村委会的一间旧屋。他反复念叨，啥也没抢出来。\n"
    "村干部已经把情况报到镇里，起火的原因还在调查，保险公司说要等结论出来以后才能理赔。"
)
FORM = (
    "现申请临时救助。我家住{}，家庭人口{}人，因{}花去{}元，借了亲戚{}元，家中没有其他收入来源，日常生活发生困难，"
    "为渡过眼前的难关，特申请临时救助，望领导体察民情予以批准为盼。"
)
FACTS = {
    "庞丙寅": ("庞家洼村", "三", "脑梗", "四万二千", "一万"),
    "苗改柱": ("苗家沟村", "五", "车祸", "九万八千", "六万"),
    "高来生": ("高家塔村", "二", "失火", "一万三千", "八千"),
}
LETTER = "我叫{name}，今年六十一岁，去年查出重病，每周去县城三次，花去医药费十二万元，家中只有老伴种着八亩枣树。"


def news(
    key: str, text: str = REPORT, *, source: str = "river_daily", title: str = "一场大火", hour: int = 0
) -> RawDocument:
    return raw(key, text, title=title, source=source, channel=Channel.NEWS, received_at=NOON + timedelta(hours=hour))


def petition(key: str, name: str, text: str = LETTER, *, hour: int = 0) -> RawDocument:
    return raw(key, text.format(name=name), petitioner=Petitioner(name=name), received_at=NOON + timedelta(hours=hour))


def run(store: Store, *raws: RawDocument) -> list[str]:
    """Let the texts reach the stage together; what became of each."""
    stage = Deduplicate()
    with store.unit_of_work() as work:
        for one in raws:
            work.raw.add(one)
            work.documents.add(to_document(one, COUNTY))
        details = [stage.process(work, item, NOON).detail for _, item in stage.load(work, [one.id for one in raws])]
        work.commit()
    return details


def test_a_reprint_joins_the_cluster_whether_it_comes_at_once_or_later(sqlite_store: Store):
    first, at_once = (
        news("1"),
        news("2", f"来源：河湾日报\n{REPORT}\n责任编辑：某某", source="gorge_net", title="夜半火起"),
    )
    later = news("3", "\n".join(REPORT.split("\n")[:2]), source="third")

    assert run(sqlite_store, first, at_once) == ["unique", "member_of"]
    assert run(sqlite_store, later) == ["member_of"]
    with sqlite_store.reading() as work:
        assert set(work.duplicates.members(first.id)) == {first.id, at_once.id, later.id}


def test_running_again_changes_nothing(sqlite_store: Store):
    texts = (news("1"), news("2", source="gorge_net"))
    run(sqlite_store, *texts)

    assert run(sqlite_store, *texts) == ["unique", "member_of"]


def test_a_reprint_in_traditional_characters_joins(sqlite_store: Store):
    from opencc import OpenCC

    assert run(sqlite_store, news("1"), news("2", OpenCC("s2t").convert(REPORT), source="gorge_net"))[1] == "member_of"


def test_a_changed_article_under_the_same_address_is_a_new_version(sqlite_store: Store):
    first, changed = news("http://a/1"), news("http://a/1", REPORT + "\n截至发稿，镇里已经安排住处。", hour=5)

    assert run(sqlite_store, first) == ["unique"]
    assert run(sqlite_store, changed) == ["new_version"]
    with sqlite_store.reading() as work:
        assert work.versions.all_of(first.id) == [first.id, changed.id]
        assert work.duplicates.cluster_of(changed.id) == first.id


def test_an_article_changed_twice_between_two_runs_has_three_versions(sqlite_store: Store):
    texts = [news("http://a/1", REPORT + "\n镇里已经安排住处。" * times, hour=times) for times in range(3)]

    assert run(sqlite_store, *texts) == ["unique", "new_version", "new_version"]
    with sqlite_store.reading() as work:
        assert work.versions.all_of(texts[0].id) == [one.id for one in texts]


def test_of_a_form_filled_in_by_many_the_copy_of_one_is_found_behind_the_others(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(
        "pipeline.stages.deduplicate.worth_reading_each",
        lambda asked: [found[::-1] for found in worth_reading_each(asked)],
    )
    forms = [petition(name, name, FORM.format(*facts)) for name, facts in FACTS.items()]
    again = petition("again", "", FORM.format(*FACTS["苗改柱"]) + "请尽快派人来家里看一看。", hour=9)
    run(sqlite_store, *forms)

    assert run(sqlite_store, again) == ["member_of"]
    with sqlite_store.reading() as work:
        assert work.duplicates.cluster_of(again.id) == forms[1].id


def test_a_wholly_rewritten_article_under_the_same_address_is_a_version_in_a_cluster_of_its_own(sqlite_store: Store):
    run(sqlite_store, news("http://a/1"))
    other = news("http://a/1", "更正：昨日报道的火灾发生在邻县，当事人家中已经得到安置，特此说明并向读者致歉。", hour=5)

    assert run(sqlite_store, other) == ["new_version"]
    with sqlite_store.reading() as work:
        assert work.versions.original_of(other.id) == news("http://a/1").id
        assert work.duplicates.cluster_of(other.id) == other.id


OTHER_MATTER = "蔡家洼一户人家窑洞塌了半边，现在没地方住，孩子还小，请帮忙。"


@pytest.mark.parametrize("first", [Petitioner(), Petitioner(name="庞四孩")])
@pytest.mark.parametrize("second", [Petitioner(), Petitioner(phone="13900001111")])
def test_a_number_used_again_for_another_matter_that_nobody_signed_is_no_version(
    sqlite_store: Store, first: Petitioner, second: Petitioner
):
    reused = raw("X001", OTHER_MATTER, petitioner=second, received_at=NOON + timedelta(days=300))

    assert run(sqlite_store, raw("X001", LETTER, petitioner=first)) == ["unique"]
    assert run(sqlite_store, reused) == ["unique"]


def test_a_record_that_one_person_had_rewritten_is_a_version_in_a_cluster_of_its_own(sqlite_store: Store):
    rewritten = petition("X001", "庞建国", OTHER_MATTER, hour=1)

    assert run(sqlite_store, petition("X001", "庞建国")) == ["unique"]
    assert run(sqlite_store, rewritten) == ["new_version"]
    with sqlite_store.reading() as work:
        assert work.duplicates.cluster_of(rewritten.id) == rewritten.id


def test_another_post_pasted_under_the_same_address_is_no_version_and_a_correction_is_one(sqlite_store: Store):
    first = news("http://a/1", source=PASTED)
    other = news("http://a/1", OTHER_MATTER, source=PASTED, hour=5)
    corrected = news("http://a/1", REPORT + "\n截至发稿，镇里已经安排住处。", source=PASTED, hour=3)

    assert run(sqlite_store, first) == ["unique"]
    assert run(sqlite_store, corrected) == ["new_version"]
    assert run(sqlite_store, other) == ["unique"]


def test_the_same_headline_of_one_medium_over_mostly_the_same_text_is_a_new_version(sqlite_store: Store):
    first, moved = news("http://a/1"), news("http://a/2", REPORT + "\n镇里已经安排住处。", hour=5)
    elsewhere = news("http://b/2", REPORT, source="gorge_net", hour=6)

    assert run(sqlite_store, first, moved, elsewhere) == ["unique", "new_version", "member_of"]


def test_a_corrected_record_is_a_version_and_a_number_used_for_another_person_is_none(sqlite_store: Store):
    first = petition("X001", "庞建国")
    corrected = petition("X001", "庞建国", LETTER + "住在庞家庄一组。", hour=1)
    reused = petition("X001", "蔡玉明", "我叫{name}，村里的水停了两个月，请派人修好水泵。", hour=2)

    assert run(sqlite_store, first) == ["unique"]
    assert run(sqlite_store, corrected) == ["new_version"]
    assert run(sqlite_store, reused) == ["unique"]


def test_a_petition_brought_in_again_joins_in_spite_of_slips_of_the_pen(sqlite_store: Store):
    again = LETTER.replace("每周", "没周").replace("县城", "现城").replace("八亩", "捌亩").replace("重病", "种病")

    assert run(sqlite_store, petition("A", "庞建国"), petition("B", "庞建国", again)) == ["unique", "member_of"]


def test_a_form_letter_about_somebody_elses_trouble_does_not_join(sqlite_store: Store):
    other = (
        LETTER.replace("六十一", "四十七")
        .replace("三次", "两次")
        .replace("十二万", "三万")
        .replace("八亩枣树", "五亩玉米")
    )

    assert run(sqlite_store, petition("A", "庞建国"), petition("B", "蔡玉明", other)) == ["unique", "unique"]


@pytest.mark.parametrize("first", [Petitioner(phone="13800000001"), Petitioner(name="庞建国", phone="13800000001")])
@pytest.mark.parametrize("second", [Petitioner(), Petitioner(phone="13900000002")])
def test_a_hotline_form_filled_in_for_another_caller_does_not_join(
    sqlite_store: Store, first: Petitioner, second: Petitioner
):
    call = (
        "来电人反映：其为{}村民，今年{}岁，前年查出{}，每周去县城医院治疗，医药费负担不起，家中没有劳动力，请予救助。"
    )
    texts = (
        raw("A", call.format("庞家庄", "六十一", "尿毒症"), petitioner=first),
        raw("B", call.format("蔡家洼", "四十七", "肺癌"), petitioner=second, received_at=NOON + timedelta(hours=2)),
    )

    assert run(sqlite_store, *texts) == ["unique", "unique"]


def test_a_call_from_the_same_phone_joins_in_spite_of_slips_of_the_pen(sqlite_store: Store):
    caller = Petitioner(phone="13800000001")
    again = LETTER.replace("每周", "没周").replace("县城", "现城").replace("八亩", "捌亩").replace("重病", "种病")
    texts = raw("A", LETTER, petitioner=caller), raw("B", again, petitioner=caller)

    assert run(sqlite_store, *texts) == ["unique", "member_of"]


@pytest.mark.parametrize("name", ["蔡玉明", "庞建国"])
def test_one_letter_signed_by_another_person_joins(sqlite_store: Store, name: str):
    assert run(sqlite_store, petition("A", "庞建国"), petition("B", name))[1] == "member_of"


def test_a_deleted_document_is_found_by_nobody(sqlite_store: Store):
    from nlp.repeats.near_duplicates import bands_of

    first = news("1")
    run(sqlite_store, first)
    with sqlite_store.unit_of_work() as work:
        work.signatures.forget([first.id], bands_of)
        work.commit()

    assert run(sqlite_store, news("2", source="gorge_net")) == ["unique"]


def test_a_document_whose_text_is_gone_is_passed_over(sqlite_store: Store):
    first = news("1")
    run(sqlite_store, first)
    with sqlite_store.unit_of_work() as work:
        work.signatures._session.connection.exec_driver_sql("DELETE FROM documents")
        work.commit()

    assert run(sqlite_store, replace(news("2", source="gorge_net"))) == ["unique"]
