"""Letters of one text that greet nobody, and texts with labels or titles that are one letter all the same."""

from importers.letters.parting import letters_in
from importers.letters.titled_letters import titled_letters

MATTER = "今年雨水多，窑洞塌了一角，没有地方住，请求帮助。"


def of(name: str, phone: str) -> list[str]:
    return [f"反映人：{name}", "住址：某某村", f"电话：{phone}", MATTER]


def test_labels_above_each_text_begin_letters_and_a_line_that_counts_goes_with_the_next():
    one, two, nobody = of("张三", "13800000001"), of("李四", "13800000002"), ["反映人：匿名", "住址：不详", MATTER]
    lines = ["来信汇编", "第一封", *one, "第二封", *two, "", "第三封", *nobody]

    assert letters_in(lines) == [["来信汇编", "第一封", *one], ["第二封", *two, ""], ["第三封", *nobody]]


def test_those_who_sign_a_letter_together_head_no_letters():
    signed = ["反映人：张三", "电话：13800000001", "反映人：李四", "电话：13800000002"]

    assert len(letters_in(["尊敬的领导：", MATTER, *signed])) == 1
    assert len(letters_in([*signed, MATTER])) == 1
    assert len(letters_in([*of("张三", "13800000001"), "此致", "反映人：张三", "电话：13800000001", MATTER])) == 1


def test_a_title_below_a_dated_signature_begins_the_letter_of_another():
    one = ["求助信", f"我叫张三，{MATTER}", "申请人：张三", "2026年9月3日", "电话：13800000001"]
    two = ["求助信", f"我叫李四，{MATTER}", "申请人：李四", "2026年9月4日", "电话：13800000002"]

    assert letters_in([*one, "", *two]) == [[*one, ""], two]


def test_a_paper_below_a_letter_is_no_letter_of_another():
    one = ["求助信", f"我叫张三，{MATTER}", "申请人：张三", "2026年9月3日"]

    assert (
        titled_letters([*one, "授权委托书", "委托人张三，受托人李四，代为办理一切手续。", "李四", "2026年9月4日"]) == []
    )
    assert titled_letters([*one, "证明", "张三所说属实，请予解决困难。", "证明人：李四", "2026年9月4日"]) == []
    assert titled_letters([*one, "关于房子的情况", f"我叫张三，{MATTER}", "张三", "2026年9月4日"]) == []


def test_those_who_petition_together_and_date_it_once_head_no_letters():
    told = "是死者的儿子，户口在本村，有话要对领导说清楚。"
    agent = "委托代理人：王某，某某法律服务所的法律工作者，代为办理。"

    for own in (told, agent):
        joint = [
            "申请人：张三",
            "电话：13800000001",
            own,
            "申请人：李四",
            "电话：13800000002",
            own,
            MATTER,
            "2026年9月3日",
        ]
        assert len(letters_in(joint)) == 1
    assert len(letters_in(["申请人：张三", "电话：13800000001", agent, *of("李四", "13800000002")])) == 1
