from collections.abc import Sequence
from itertools import pairwise

import pytest

from domain.links.mention import PersonMention, PersonRole
from domain.register.household import Relation
from nlp.mention_models import load_mention_models
from nlp.persons.lexicon import load_person_lexicon
from nlp.persons.names import NameFinder, NameReader
from nlp.persons.written_name import Name
from nlp.roles.roles import RoleFinder, RoleReader
from nlp.segmentation import load_segmenter

_SIGNED = ("霍金山", "郝改花", "葛志宏", "武秋燕", "魏秀芳", "阎立春")


@pytest.fixture(scope="module")
def finder() -> NameFinder:
    models = load_mention_models()
    reader = NameReader(load_person_lexicon(), load_segmenter())
    return NameFinder(reader, models.names, threshold=models.manifest.name_threshold)


def find(
    finder: NameFinder, content: str, taken: Sequence[tuple[int, int]] = (), known: Sequence[str] = ()
) -> list[Name]:
    return finder.find(content, load_segmenter().cut(content), taken, known=known)


def names(finder: NameFinder, content: str) -> list[str]:
    return [name.text for name in find(finder, content)]


def mentions(finder: NameFinder, content: str, *petitioners: str) -> tuple[PersonMention, ...]:
    models = load_mention_models()
    reader = RoleReader(load_person_lexicon(), models.hardship)
    roles = RoleFinder(reader, models.roles, official_weight=models.manifest.official_weight)
    return roles.assign(content, find(finder, content, known=petitioners), petitioners, load_segmenter().cut(content))


def roles(finder: NameFinder, content: str, *petitioners: str) -> dict[str, PersonRole]:
    return {mention.name: mention.role for mention in mentions(finder, content, *petitioners)}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param("村民庞建国今年六十一岁", "庞建国", id="villager"),
        pytest.param("薛改花（女，58岁）来访", "薛改花", id="profile behind"),
        pytest.param("我叫白二旦", "白二旦", id="rural name"),
        pytest.param("户主：高小军", "高小军", id="head of household"),
        pytest.param("王秀英老人独居", "王秀英", id="old person"),
        pytest.param("欧阳建国反映", "欧阳建国", id="compound surname"),
        pytest.param("庞某某患尿毒症", "庞某某", id="masked"),
        pytest.param("邻居王某某家窑洞塌了", "王某某", id="masked behind a surname"),
        pytest.param("来访人金某花称", "金某花", id="masked in the middle"),
        pytest.param("村民李*华反映", "李*华", id="asterisk"),
        pytest.param("薛大爷的枣没人收", "薛大爷", id="addressed"),
        pytest.param("收废品的老张说", "老张", id="familiar"),
        pytest.param("村民成某来访反映", "成某", id="masked name ends before the verb"),
        pytest.param("支书任某兵不管", "任某兵", id="masked, the last sign shown"),
        pytest.param("其妻上官秀梅无业", "上官秀梅", id="compound surname and two signs"),
        pytest.param("岳母秦氏年迈", "秦氏", id="of the clan"),
        pytest.param("村里的郝乡长来过", "郝乡长", id="title behind a surname"),
        pytest.param("寻高医生看病", "高医生", id="doctor"),
        pytest.param("叫雷老板的人", "雷老板", id="employer"),
        pytest.param("走访了王老汉", "王老汉", id="elder"),
        pytest.param("某女士来电", "某女士", id="not even a surname"),
        pytest.param("武候明家儿子在太原", "武候明家儿子", id="a relative of a name"),
        pytest.param("隔壁王勇家哥哥摔过头", "王勇家哥哥", id="a brother told by another's name"),
        pytest.param("村支书续建军来叫", "续建军", id="a surname of this county that is a word"),
        pytest.param("其女高安全未婚", "高安全", id="a given name that is a word"),
        pytest.param("村民房四四来访", "房四四", id="doubled given name"),
        pytest.param("小名狗留子，没人管", "狗留子", id="name of childhood"),
        pytest.param("狗蛋又不去学校了", "狗蛋", id="nickname"),
        pytest.param("你姐俊花来了", "俊花", id="given name behind kinship"),
    ],
)
def test_names_are_found_as_written(finder: NameFinder, content: str, expected: str) -> None:
    assert names(finder, content) == [expected]


def test_a_figure_that_is_struck_out_is_no_masked_name(finder: NameFinder) -> None:
    assert find(finder, "一年学费*****元，加上生活费***，全家供不起") == []


@pytest.mark.parametrize(
    "content",
    [
        "孙子在念书，孙女常独自在家",
        "对某镇某村的某工地",
        "小康村的老龄化和小时工",
        "于是从来常常高兴，向政府表示祝贺",
        "范围广、要求高、王子和农家乐",
        "住在葛家岔镇的薛家人",
        "由他任组长，向老师请教，原主任退休",
        "高高兴兴、平平安安过个年，马上开学",
        "家家户户、年年月月、常常天天",
        "同仁堂、白云山的膏药",
        "叶子上有虫，李家山的路",
        "平安银行和建发小区",
        "带着女儿和老公上门",
        "阿姨说明年再来",
        "银杏超市的收银员态度很差",
        "康宁路和文兴路交叉口堵车，希望相关部门解决",
        "金桂嘉园三期漏水，物业说找开发商金桂置业",
        "渣土车扰民，请还我们一个安静的环境",
        "建议公交车在石桥站、白马庙站增设站牌",
        "韩国、伊朗的新冠病例增加，小微企业贷款利率下降",
    ],
)
def test_words_that_begin_with_a_surname_are_no_names(finder: NameFinder, content: str) -> None:
    assert names(finder, content) == []


def test_a_name_found_once_is_found_at_each_of_its_places(finder: NameFinder) -> None:
    content = "村民庞建国来访。这几年庞建国一直住在旧窑里"

    assert [(one.start, content[one.start : one.end]) for one in find(finder, content)] == [
        (2, "庞建国"),
        (11, "庞建国"),
    ]


def test_a_taken_span_holds_no_name(finder: NameFinder) -> None:
    content = "高家湾村民高建国"

    found = find(finder, content, taken=[(0, 4)])

    assert [name.start for name in found] == [5]


def test_a_name_right_behind_a_village_is_announced_by_it(finder: NameFinder) -> None:
    assert [name.text for name in find(finder, "高家湾薛建国来电", taken=[(0, 3)])] == ["薛建国"]


def test_a_character_that_may_begin_the_next_word_joins_the_name_only_where_the_name_ends_clearly(
    finder: NameFinder,
) -> None:
    assert names(finder, "村民张福来（男，56岁）") == ["张福来"]
    assert names(finder, "村民张福来访反映") == ["张福"]
    assert names(finder, "村民贺有亮说") == ["贺有亮"]


def test_the_known_petitioner_is_found_whatever_his_name_looks_like(finder: NameFinder) -> None:
    assert [name.text for name in find(finder, "时的说他没有水", known=["时的"])] == ["时的"]


@pytest.mark.parametrize(
    ("content", "name", "role"),
    [
        pytest.param("村民庞建国来访反映没有水", "庞建国", PersonRole.PETITIONER, id="comes to report"),
        pytest.param("我叫薛改花，没有水", "薛改花", PersonRole.PETITIONER, id="speaks of himself"),
        pytest.param("田某（女，68岁）反映其子身亡", "田某", PersonRole.PETITIONER, id="profile between"),
        pytest.param("其丈夫庞某某患尿毒症", "庞某某", PersonRole.RELATIVE, id="kinship before"),
        pytest.param("我儿子叫高小军，在外打工", "高小军", PersonRole.RELATIVE, id="called"),
        pytest.param("村支书高明远说没有水", "高明远", PersonRole.OFFICIAL, id="title before"),
        pytest.param("张志强主任来过", "张志强", PersonRole.OFFICIAL, id="title behind"),
        pytest.param("记者 王秀英 报道", "王秀英", PersonRole.OFFICIAL, id="reporter"),
        pytest.param("村民齐双喜今年六十八，腿脚残疾", "齐双喜", PersonRole.SUFFERER, id="villager in difficulty"),
        pytest.param("包工头韩志强跑了", "韩志强", PersonRole.OTHER, id="in passing"),
    ],
)
def test_roles_follow_the_words_around_the_name(finder: NameFinder, content: str, name: str, role: PersonRole) -> None:
    assert roles(finder, content)[name] is role


def test_the_registered_petitioner_stays_the_petitioner_and_others_do_not_become_one(finder: NameFinder) -> None:
    found = roles(finder, "庞建国反映：邻居薛改花来信说患病住院", "庞建国")

    assert found == {"庞建国": PersonRole.PETITIONER, "薛改花": PersonRole.SUFFERER}


def test_one_person_has_one_role_through_the_text(finder: NameFinder) -> None:
    content = "村民庞建国来访反映：没有水。庞建国家里有三口人"
    found = mentions(finder, content)

    assert {mention.role for mention in found} == {PersonRole.PETITIONER}


def test_the_dictionary_is_read_without_a_word_on_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    load_segmenter.cache_clear()

    words = [word.text for word in load_segmenter().words("村民反映没有水")]

    assert "反映" in words
    assert capfd.readouterr() == ("", "")


def test_names_in_a_row_help_each_other(finder: NameFinder) -> None:
    assert names(finder, "村民张来福、武三三、李二有来访") == ["张来福", "武三三", "李二有"]


def test_the_given_name_alone_is_found_where_the_full_name_was(finder: NameFinder) -> None:
    assert names(finder, "二儿武建荣有病。我和建荣过日子") == ["武建荣", "建荣"]


@pytest.mark.parametrize(
    ("content", "name", "role"),
    [
        pytest.param("郝某，女，72岁，反映其子有病", "郝某", PersonRole.PETITIONER, id="particulars between"),
        pytest.param("张某花女士：您反映的问题收悉", "张某花", PersonRole.PETITIONER, id="a reply speaks to him"),
        pytest.param(
            "我家没有水，求你们管一管。\n武保田\n2024年4月28日", "武保田", PersonRole.PETITIONER, id="signature"
        ),
        pytest.param("代表：石改生 石永红", "石永红", PersonRole.PETITIONER, id="roster"),
        pytest.param("来电人系天洪村刘二林，其弟有病", "刘二林", PersonRole.PETITIONER, id="who calls"),
        pytest.param("代其嫂子任改叶反映：丧夫", "任改叶", PersonRole.SUFFERER, id="somebody else reports for her"),
        pytest.param("被反映人刘拉锁，男，68岁，失明", "刘拉锁", PersonRole.SUFFERER, id="who is reported on"),
        pytest.param("我是孙晋平的老婆，他三天没回家，欠了债", "孙晋平", PersonRole.SUFFERER, id="not the speaker"),
        pytest.param("我姐夫史建强在工地摔成重伤", "史建强", PersonRole.SUFFERER, id="another household"),
        pytest.param("好心人乔虎虎给送回来", "乔虎虎", PersonRole.OTHER, id="helper"),
        pytest.param("邻居秦润明盖房时占了路", "秦润明", PersonRole.OTHER, id="adversary"),
        pytest.param("主治医生郝俊峰说要手术", "郝俊峰", PersonRole.OFFICIAL, id="doctor"),
        pytest.param("班主任康丽娟家访", "康丽娟", PersonRole.OFFICIAL, id="teacher"),
        pytest.param("乡民政办秦丽上门", "秦丽", PersonRole.OFFICIAL, id="office"),
        pytest.param("（作者：白杨）", "白杨", PersonRole.OFFICIAL, id="byline"),
    ],
)
def test_roles_follow_who_speaks_who_serves_and_who_is_in_difficulty(
    finder: NameFinder, content: str, name: str, role: PersonRole
) -> None:
    assert roles(finder, content)[name] is role


@pytest.mark.parametrize("content", ["包工头韩志强欠工资", "法定代表人韩志强失联", "欠工资的老板叫韩志强"])
def test_who_is_named_for_his_trade_is_never_offered(finder: NameFinder, content: str) -> None:
    found = mentions(finder, content)

    assert [(one.name, one.may_be_in_difficulty) for one in found] == [("韩志强", False)]


def test_a_relative_says_whose_relative_he_is(finder: NameFinder) -> None:
    content = "村民庞建国之妻薛改花患病，武候明家儿子住院"
    found = mentions(finder, content)

    assert [(one.name, one.relation, one.relation_to, one.household_name) for one in found] == [
        ("庞建国", None, "", "庞建国"),
        ("薛改花", Relation.SPOUSE, "庞建国", "薛改花"),
        ("武候明家儿子", Relation.CHILD, "武候明", "武候明"),
    ]


@pytest.mark.parametrize(
    "content",
    [
        "我是柏树村谢家岭组的村民，路没有修",
        "黎贝岭村贝丽路61号没有信号",
        "修一座3米宽的天桥",
        "住在A3区楚江世纪城",
        "非常感谢书记过问",
        "两乡村民向市长反映旱情",
        "卫辉的部分乡镇停电",
    ],
    ids=["group", "house", "measure", "district", "thanks", "to whom", "city"],
)
def test_what_letters_from_towns_name_is_no_person(finder: NameFinder, content: str) -> None:
    assert names(finder, content) == []


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("村民谢国良组织大家修路", "谢国良"),
        ("村里的向主任来过", "向主任"),
        ("尊敬的谢书记：您好！", "谢书记"),
        ("姓名：萨仁高娃，断水断电", "萨仁高娃"),
    ],
)
def test_persons_beside_the_same_words_are_found(finder: NameFinder, content: str, name: str) -> None:
    assert names(finder, content) == [name]


def test_every_registered_petitioner_petitions(finder: NameFinder) -> None:
    found = roles(finder, "庞建国、薛改花反映：井干了，邻居郝秀英可以作证", "庞建国", "薛改花")

    assert found["庞建国"] is found["薛改花"] is PersonRole.PETITIONER
    assert found["郝秀英"] is not PersonRole.PETITIONER


def test_a_policeman_is_never_offered(finder: NameFinder) -> None:
    assert not any(one.may_be_in_difficulty for one in mentions(finder, "交警铁骑叶*却只贴了我的车"))


@pytest.mark.parametrize("grown", ["木枣", "骏枣", "冬枣", "红芸豆", "玉露香"])
def test_what_is_grown_is_no_person(finder: NameFinder, grown: str) -> None:
    assert names(finder, f"庞家庄村今年的{grown}还有八成压在家里，{grown}一斤两毛") == []


def test_who_is_complained_of_is_no_sufferer(finder: NameFinder) -> None:
    (person,) = mentions(finder, "投诉康家庄村庞某华擅自与通信部门签约，违规建造电信塔")

    assert person.role is PersonRole.OTHER


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("尊敬的县长：贺雨，64岁，家住贺家庄村，住的还是几十年前的土坯房，梁都朽了。", "贺雨"),
        ("敬爱的王书记：程海燕（女，1942年出生）住在白道峪村，在省城医院确诊是胃癌。", "程海燕"),
    ],
)
def test_whom_a_letter_greets_gives_his_office_to_nobody(finder: NameFinder, content: str, name: str) -> None:
    assert roles(finder, content)[name] is not PersonRole.OFFICIAL


def test_nobody_speaks_for_an_official_without_a_title(finder: NameFinder) -> None:
    text = "关于困难诉求的转办单\n重复信访。概况：有人托我替正觉寺社区的范月根说几句，癫痫隔三差五犯，身边离不开人。"

    assert roles(finder, text)["范月根"] is not PersonRole.OFFICIAL
    assert roles(finder, "代县长范月根反映：桥面裂了")["范月根"] is PersonRole.OFFICIAL


def test_a_member_of_a_family_is_no_further_person(finder: NameFinder) -> None:
    content = "走进庞家庄村庞建辉家孙女（17岁）家"

    found = find(finder, content)

    assert all(former.end <= latter.start for former, latter in pairwise(found))
    assert mentions(finder, content)


@pytest.mark.parametrize(
    "content", ["山洪把河滩地冲了，没有收成", "玉米苗都干了，请来看看", "同住的有哥哥，也有病", "给老人和小孩带来不便"]
)
def test_common_words_are_no_persons(finder: NameFinder, content: str) -> None:
    assert names(finder, content) == []


def test_of_a_masked_name_before_a_home_only_the_name_is_taken(finder: NameFinder) -> None:
    assert names(finder, "第三村民小组赵某家，日子过得紧") == ["赵某"]


def test_the_word_for_a_kind_of_household_begins_no_name(finder: NameFinder) -> None:
    assert names(finder, "监测户老孟（现年60岁），土窑漏雨") == ["老孟"]


def test_who_signs_in_a_long_list_is_one_thing_with_the_others(finder: NameFinder):
    signed = "、".join(f"{number}{name}" for number, name in enumerate(_SIGNED, start=1))

    found = roles(finder, f"我们村的井干了三年没人管，请领导给解决。村民代表：{signed}。2026年3月5日")

    assert set(found) >= set(_SIGNED)
    assert {found[name] for name in _SIGNED} == {PersonRole.PETITIONER}
