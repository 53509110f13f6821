"""Letters as people write them: postscripts, several who sign, agents, covers, several letters in one file."""

from tests.importers.nasty import reasons
from tests.importers.nasty.builders import written
from tests.importers.nasty.cases import Nasty

_BODY = (
    "尊敬的领导：\n    我家种了十五亩红枣，连阴雨下了二十多天，枣子全裂了。恳请给我们一个延期的机会。\n    此致\n敬礼\n"
)
_SIGNED = f"{_BODY}\n            张三\n        2026年9月3日\n"

_STROKES = "——————————\n"
_OTHER = "尊敬的书记：\n    我家门前的路坏了，车过不去，请求修路。\n李四\n2026年9月4日\n"
_TOP = "来信\n来信人：{who}\n住址：某镇某村\n联系电话：{phone}\n来信时间：2026年9月3日\n\n"
_UNSIGNED = "县信访局负责同志：\n    我承包的荒山没有开会就转给了外地老板，请求维护我的承包权。\n"

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
            ("places of two characters before the signer", "方山 马坊 张三", {"name": "张三"}),
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
        warnings=[reasons.UNDATED, ("", 1, "姓名", reasons.NO_NAME_BUT_A_PHONE, "")],
        says={1: {"name": "", "phone": "13800000000"}},
    ),
    Nasty(
        "letters: three parted by strokes, the second with a title alone",
        written(
            f"{_SIGNED}\n{_STROKES}\n关于要求支付征地款的信\n    修路占了我家两亩水浇地，至今没有给钱。\n"
            f"来信人：王小五　电话13800000000\n2026年9月5日\n\n{_STROKES}\n{_OTHER}",
            "来信.txt",
        ),
        accepted=3,
        warnings=[("", 1, None, "这个文件里有3封信, 按3件接收; 分得不对的请每封信存成一个文件后重新提交", "来信")],
        says={
            1: {"name": "张三", "phone": "", "day": "2026-09-03", "text": _SIGNED.strip()},
            2: {"name": "王小五", "phone": "13800000000", "day": "2026-09-05"},
            3: {"name": "李四", "text": _OTHER.strip()},
        },
    ),
    *(
        Nasty(
            f"letters: {name} below strokes is no letter",
            written(f"{_SIGNED}{_STROKES}{below}\n", "来信.txt"),
            says={1: {"name": "张三"}},
        )
        for name, below in (
            ("an annex", "附：残疾证复印件"),
            (
                "what a village certifies",
                "证明\n兹证明张三是我村五保户，生活困难，情况属实。\n某村村委会\n2026年9月3日",
            ),
            (
                "an office's answer",
                "关于张三反映问题的答复\n经核查，不符合条件，已当面说明。\n某镇人民政府\n2026年9月9日",
            ),
        )
    ),
    Nasty(
        "letters: labels at the top belong to the letter below them",
        written(f"信 访 件\n{_TOP.format(who='张三', phone='13800000000')}{_UNSIGNED}", "来信.txt"),
        says={1: {"name": "张三", "phone": "13800000000", "address": "某镇某村", "day": "2026-09-03"}},
    ),
    Nasty(
        "letters: labels at the top of the second letter belong to it",
        written(
            f"{_TOP.format(who='张三', phone='13800000000')}{_BODY}张三\n2026年9月2日\n\n"
            f"{_TOP.format(who='李四', phone='13800000001')}{_OTHER}",
            "来信.txt",
        ),
        accepted=2,
        warnings=[("", 1, None, "这个文件里有2封信, 按2件接收; 分得不对的请每封信存成一个文件后重新提交", "来信")],
        says={1: {"name": "张三", "phone": "13800000000"}, 2: {"name": "李四", "phone": "13800000001"}},
    ),
    Nasty(
        "letters: the phone below the signature and the day is the signer's, whoever a sentence above names",
        written(
            "来信复印件\n关于困难的报告\n尊敬的县领导：\n    家中困难，老板的电话13900000000打不通。请领导管管。\n"
            "某镇某村　张三\n2026年9月3日\n联系方式：13800000000\n",
            "来信.txt",
        ),
        warnings=[("", 1, "电话", reasons.NUMBER_OF_ANOTHER, "139****0000")],
        says={1: {"name": "张三", "phone": "13800000000"}},
    ),
    Nasty(
        "letters: a salutation below a line of the page and a title heads nothing, whoever it names",
        written(
            "来信复印件\n关于困难的报告\n尊敬的县领导：\n    家中困难，请求救助。\n张三\n2026年9月3日\n"
            "联系方式：13800000000\n",
            "来信.txt",
        ),
        says={1: {"name": "张三", "phone": "13800000000"}},
    ),
    *(
        Nasty(
            f"letters: {name}",
            written(f"{_SIGNED}{end}", "来信.txt"),
            warnings=[("", 1, "电话", reasons.NUMBER_OF_ANOTHER, "139****0000")],
            says={1: {"name": "张三", "phone": "", "day": "2026-09-03"}},
        )
        for name, end in (
            ("the accused behind a label, his phone below", "被反映人：李四\n电话：13900000000\n"),
            ("an agent behind a label, his phone below", "委托代理人：李四\n电话：13900000000\n"),
            ("the accused below a heading does not sign", "举报对象：\n李四\n电话：13900000000\n"),
            ("whoever caused an accident does not sign", "肇事方\n李四\n电话：13900000000\n"),
            ("an office's name that begins like a surname", "被反映人情况：\n李四\n某村支书\n电话：13900000000\n"),
        )
    ),
    *(
        Nasty(
            f"letters: names below the signature, headed {heading}, sign nothing",
            written(f"{_SIGNED}{heading}\n李四 王五 赵六\n", "来信.txt"),
            says={1: {"name": "张三", "day": "2026-09-03"}},
        )
        for heading in ("附：断水户名单", "附件：领了双份补贴的人")
    ),
]
