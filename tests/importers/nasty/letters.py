"""Letters as people write them: postscripts, several who sign, agents, covers, several letters in one file."""

from tests.importers.nasty import reasons
from tests.importers.nasty.builders import written
from tests.importers.nasty.cases import Nasty

_BODY = (
    "尊敬的领导：\n    我家种了十五亩红枣，连阴雨下了二十多天，枣子全裂了。恳请给我们一个延期的机会。\n    此致\n敬礼\n"
)
_SIGNED = f"{_BODY}\n            张三\n        2026年9月3日\n"

CASES = [
    Nasty(
        "letters: a long postscript with the writer's phone and his son's",
        written(f"{_SIGNED}\n又及：我的电话是13800000000，不在家时可打我儿子张小三的13900000000。\n", "来信.txt"),
        says={1: {"name": "张三", "phone": "13800000000", "day": "2026-09-03"}},
    ),
    Nasty(
        "letters: a postscript with the phone of a son alone",
        written(
            f"{_SIGNED}又及：我儿子张小三电话13900000000，我常不在家，有事请打给他，谢谢领导百忙之中看信。\n",
            "来信.txt",
        ),
        warnings=[("", 1, "电话", reasons.NUMBER_OF_ANOTHER, "139****0000")],
        says={1: {"name": "张三", "phone": "", "day": "2026-09-03"}},
    ),
    Nasty(
        "letters: somebody else below a postscript brings his own phone",
        written(f"{_SIGNED}又及：上面忘了说，还有一个联系人\n李四 13900000000\n", "来信.txt"),
        says={1: {"name": "张三", "phone": ""}},
    ),
    Nasty(
        "letters: what begins with 另 above the signature is no postscript",
        written(
            f"{_BODY}另：我家还有一个病人，常年吃药，请求一并解决，谢谢领导的关心和帮助。\n李四\n2026年9月4日\n",
            "来信.txt",
        ),
        says={1: {"name": "李四", "day": "2026-09-04"}},
    ),
    *(
        Nasty(
            f"letters: {name}",
            written(f"县委书记：\n    我们的地去年修高速占了十一亩，一分钱没见。\n{end}\n2026年9月3日\n", "来信.txt"),
            says={1: says},
        )
        for name, end, says in (
            (
                "three sign on one line, and the contact's phone has no label",
                "联名人签字：张三　李四　王小五\n联系人：张三　13800000000",
                {"name": "张三、李四、王小五", "phone": "13800000000"},
            ),
            ("three sign without a label", "张三　李四　王小五", {"name": "张三、李四、王小五"}),
            ("a village with a surname before the signer", "签名：高家墕 高三", {"name": "高三"}),
            ("a place of two characters before the signer", "石门 张三", {"name": "张三"}),
            ("a thumb beside the signer", "签名：张三 手印", {"name": "张三"}),
            ("a signer who writes his name apart", "签字：张 三", {"name": "张三"}),
        )
    ),
    Nasty(
        "letters: the contact's phone without a label is not the signer's",
        written(f"{_BODY}反映人：张三\n联系人：李四　13900000000\n2026年9月3日\n", "来信.txt"),
        warnings=[("", 1, "联系人", reasons.NUMBER_OF_ANOTHER, "139****0000")],
        says={1: {"name": "张三", "phone": ""}},
    ),
    *(
        Nasty(
            f"letters: signed by {name}",
            written(f"{_BODY}{end}\n2026年9月3日\n", "来信.txt"),
            says={1: {"name": who}},
        )
        for name, end, who in (
            ("a villager before a colon", "村民：张三", "张三"),
            ("one for several", "反映人代表：张三", "张三"),
            ("two for all", "村民代表：张三、李四", "张三、李四"),
            ("a mother, by the hand of her son", "反映人：张三（儿子李小三代笔）", "张三"),
            ("a son who wrote for his mother", "反映人：张三（为母亲代笔）", "张三（为母亲代笔）"),
            ("one behind an answer of villagers", "村民：没有人管\n李四", "李四"),
        )
    ),
    Nasty(
        "letters: a phone without a name",
        written(f"{_BODY}联系电话：13800000000\n", "来信.txt"),
        warnings=[("", 1, "姓名", reasons.NO_NAME_BUT_A_PHONE, "")],
        says={1: {"name": "", "phone": "13800000000"}},
    ),
]
