from collections.abc import Sequence

from importers.formats.scans.layout import FormPage, LetterPage, ListPage, understood
from tests.importers.formats.scans.paper import Paper


def fields_of(paper: Paper) -> dict[str, str]:
    page = understood(paper.pixels, paper.lines)
    assert isinstance(page, FormPage), page
    return {label: field.text for label, field in page.fields.items()}


def test_values_beside_their_labels_are_found():
    paper = Paper()
    top = paper.row(100, (150, 250, 150, 250), ("姓名", "张三", "性别", "女"))
    top = paper.row(top, (150, 650), ("家庭住址", "青石镇后沟村9号"))
    paper.row(top, (150, 650), ("反映内容", "房子漏雨"))

    assert fields_of(paper) == {"姓名": "张三", "性别": "女", "家庭住址": "青石镇后沟村9号", "反映内容": "房子漏雨"}


def test_values_below_their_labels_are_found_and_an_empty_one_stays_empty():
    paper = Paper()
    top = paper.row(100, (200, 300, 300), ("来访人", "来访日期", "现住址"))
    top = paper.row(top, (200, 300, 300), ("张三", "", "后沟村"))
    top = paper.row(top, (800,), ("反映问题",))
    paper.row(top, (800,), ("房子漏雨",), height=200)

    assert fields_of(paper) == {"来访人": "张三", "来访日期": "", "现住址": "后沟村", "反映问题": "房子漏雨"}


def test_a_long_matter_is_joined_in_its_cell_though_its_label_stands_in_the_middle():
    paper = Paper()
    top = paper.row(100, (150, 250, 150, 250), ("姓名", "张三", "年龄", "50"))
    paper.row(top, (150, 650), ("", ""), height=300)
    paper.write("反映内容", 55, top + 140)
    paper.write("去年冬天房子漏雨修了三次没有修好现在", 200, top + 20)
    paper.write("不敢住人。", 200, top + 70)

    assert fields_of(paper)["反映内容"] == "去年冬天房子漏雨修了三次没有修好现在不敢住人。"


def test_a_line_read_across_a_ruling_is_divided_there():
    paper = Paper()
    top = paper.row(100, (124, 376, 150, 150), ("", "", "性别", "女"))
    paper.write("联系电话13800000000", 46, 116)
    paper.row(top, (150, 650), ("住址", "后沟村"))

    assert fields_of(paper)["联系电话"] == "13800000000"


def test_a_label_with_a_misread_character_is_known_when_it_can_be_only_one():
    paper = Paper()
    top = paper.row(100, (200, 200, 150, 250), ("身份征号码", "", "性别", "女"))
    paper.row(top, (150, 650), ("住址", "后沟村"))

    assert "身份证号码" in fields_of(paper)


def test_labels_with_colons_need_no_rulings():
    paper = Paper()
    paper.write("信访登记表", 300, 40)
    paper.write("姓名：张三", 60, 120)
    paper.write("性别：女", 400, 120)
    paper.write("联系电话：13800000000", 60, 180)
    paper.write("反映内容：房子漏雨没有人管现在已经不敢", 60, 240)
    paper.write("住人请来看看", 60, 300)

    found = fields_of(paper)

    assert (found["姓名"], found["性别"], found["联系电话"]) == ("张三", "女", "13800000000")
    assert found["反映内容"] == "房子漏雨没有人管现在已经不敢住人请来看看"


def test_a_number_above_the_frame_belongs_to_the_form():
    paper = Paper()
    paper.write("编号：2024017", 600, 40)
    top = paper.row(100, (150, 250, 150, 250), ("姓名", "张三", "性别", "女"))
    paper.row(top, (150, 650), ("住址", "后沟村"))

    assert fields_of(paper)["编号"] == "2024017"


def test_a_letter_headed_or_signed_with_labels_stays_a_letter():
    signature = ("反映人：张三", "联系电话：13800000000", "住址：后沟村", "身份证号：无")
    for top, bottom in ((signature, ()), ((), signature)):
        paper = Paper()
        texts = (*top, "尊敬的镇领导：", "我家房子漏雨修了三次没有修好", "请派人来看。", *bottom)
        for number, text in enumerate(texts):
            paper.write(text, 60, 60 + 60 * number)

        page = understood(paper.pixels, paper.lines)

        assert isinstance(page, LetterPage)
        assert "房子漏雨" in page.text


def test_no_row_of_a_list_and_no_word_around_it_is_left_out():
    paper = Paper()
    paper.write("后沟村来访登记", 300, 40)
    top = 100
    for texts in (("姓名", "信访日期", "反映内容"), ("张三", "2024.3.5", "房子漏雨"), ("李四", "2024.3.6", "没有水吃")):
        top = paper.row(top, (150, 250, 400), texts)
    paper.row(top, (400, 400), ("王五", "路断了"))

    page = understood(paper.pixels, paper.lines)

    assert isinstance(page, ListPage)
    assert [field.text for field in page.rows[-1]] == ["王五", "路断了"]
    assert page.text == "后沟村来访登记"


def test_a_header_with_rows_below_is_a_list():
    paper = Paper()
    top = 100
    for texts in (("姓名", "信访日期", "反映内容"), ("张三", "2024.3.5", "房子漏雨"), ("李四", "2024.3.6", "没有水吃")):
        top = paper.row(top, (150, 250, 400), texts)

    page = understood(paper.pixels, paper.lines)

    assert isinstance(page, ListPage)
    assert [[field.text for field in row] for row in page.rows][1] == ["张三", "2024.3.5", "房子漏雨"]


def test_a_letter_keeps_its_paragraphs_and_its_signature():
    paper = Paper()
    paper.write("尊敬的镇领导：", 60, 60)
    paper.write("我是后沟村的村民去年房子漏雨修了三次也没", 116, 110)
    paper.write("有修好。", 60, 160)
    paper.write("请派人来看。", 116, 210)
    paper.write("张三", 560, 260)
    paper.write("2024年3月5日", 480, 310)

    page = understood(paper.pixels, paper.lines)

    assert isinstance(page, LetterPage)
    assert page.text.split("\n") == [
        "尊敬的镇领导：",
        "我是后沟村的村民去年房子漏雨修了三次也没有修好。",
        "请派人来看。",
        "张三",
        "2024年3月5日",
    ]


def test_doubtful_lines_of_a_letter_are_counted():
    paper = Paper()
    paper.write("尊敬的镇领导：", 60, 60)
    paper.write("我是后沟村的村民", 116, 110, confidence=0.6)

    page = understood(paper.pixels, paper.lines)

    assert isinstance(page, LetterPage)
    assert page.doubtful_lines == 1


def test_a_fold_across_the_page_parts_no_cell():
    paper = Paper()
    top = paper.row(100, (150, 250, 150, 200), ("姓名", "张三", "性别", "女"))
    top = paper.row(top, (150, 600), ("住址", "后沟村"))
    paper.row(top, (150, 600), ("反映内容", ""), height=400)
    paper.write("房子漏雨", 200, top + 20)
    paper.write("请来看看", 200, top + 300)
    unfolded = fields_of(paper)

    paper.draw.line([(0, top + 200), (899, top + 200)], fill=60, width=3)

    assert fields_of(paper) == unfolded


def test_the_ticked_word_is_the_value():
    for ticked in (0, 1, 2):
        paper = ticks(ticked)
        assert fields_of(paper)["信访形式"] == ("来访", "来信", "电话")[ticked]


def test_a_ticked_word_of_which_a_character_was_read_as_its_traditional_form_is_the_value():
    paper = ticks(1, ("來訪", "来信", "電话"))

    assert fields_of(paper)["信访形式"] == "来信"
    assert fields_of(ticks(2, ("來訪", "来信", "電话")))["信访形式"] == "电话"


def test_without_a_tick_nothing_is_guessed_and_that_is_said():
    page = understood(ticks(None).pixels, ticks(None).lines)

    assert isinstance(page, FormPage)
    assert page.fields["信访形式"].text == ""
    assert "看不出勾选了哪一项" in page.fields["信访形式"].note


def ticks(ticked: int | None, read: Sequence[str] = ("来访", "来信", "电话")) -> Paper:
    paper = Paper()
    top = paper.row(100, (150, 250, 150, 250), ("姓名", "张三", "性别", "女"))
    paper.row(top, (150, 650), ("信访形式", ""))
    for number, word in enumerate(read):
        left = 200 + 150 * number
        paper.box(left, top + 18, ticked=number == ticked)
        paper.write(f"□{word}", left, top + 16)
    return paper
