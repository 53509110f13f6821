"""What stands around letters: lists of what comes with them, stamps of offices, others' phones, other writings."""

from tests.importers.nasty import reasons
from tests.importers.nasty.builders import document, written
from tests.importers.nasty.cases import Nasty

_BODY = "尊敬的领导：\n    我家种了十五亩红枣，连阴雨下了二十多天，枣子全裂了。恳请救助。\n"
_SIGNED = f"{_BODY}            张三\n        2026年9月3日\n"
_OTHERS = [("", 1, "电话", reasons.NUMBER_OF_ANOTHER, "139****0000")]
_TRADITIONAL = (
    "尊敬的鎮領導：\n本人係某縣某鎮人，與老母親同住。老母雙目失明，本人喪失勞動能力，特致函請求覆查。\n此致\n敬禮\n"
)
_COVER = "信　访　材　料\n反映事项：枣子裂了\n反映人：张三\n"
_LISTED = [("姓名", "身份证号码", "联系电话", "手印"), ("张三", "", "13800000001", ""), ("李四", "", "13800000002", "")]
_GROUP = ["镇政府：", "我们是二组的村民，水泵烧坏以后一直没有水吃，请求修好。", "二组全体村民", "2026年9月3日"]
_MARKED = (
    "# 关于养老金停发的来信\n\n> 录入：大厅志愿者 小段（电话 13900000000）\n\n**反映人**：张三\n"
    "- **电话**：13800000000\n- **住址**：某镇某村\n- **日期**：2026-09-03\n\n## 反映内容\n\n我家断水，请求修好。\n"
)

CASES = [
    *(
        Nasty(
            f"ends: {name}",
            written(f"{_SIGNED}{end}", "来信.txt"),
            warnings=warnings,
            says={1: {"name": "张三", "phone": phone, "day": "2026-09-03"}},
        )
        for name, end, phone, warnings in (
            ("who else gets the letter", "抄送：县信访局、县住建局、县委巡察办（电话13900000000）\n", "", _OTHERS),
            (
                "papers with numbers of their own",
                "附：1. 身份证复印件一份；\n    2. 村委会证明（联系人：支书李四，电话13900000000）；\n"
                "    3. 2026年5月1日收据。\n",
                "",
                _OTHERS,
            ),
            (
                "the writer's phone below his papers",
                "附件：身份证复印件一份\n联系电话：13800000000\n",
                "13800000000",
                [],
            ),
            ("the writer's phone among his papers", "附：我的电话13800000000\n", "13800000000", []),
        )
    ),
    *(
        Nasty(
            f"ends: {plea} is no heading of somebody else's phone",
            written(f"{_BODY}{plea}\n张三\n电话：13800000000\n2026年9月3日\n", "来信.txt"),
            says={1: {"name": "张三", "phone": "13800000000"}},
        )
        for plea in ("恳请领导解决。", "望书记过问", "盼领导早日答复！", "请局长给个说法。")
    ),
    *(
        Nasty(
            f"ends: {heading} heads the phone below it",
            written(f"{_BODY}{heading}\n李四\n电话：13900000000\n2026年9月3日\n反映人：张三\n", "来信.txt"),
            warnings=_OTHERS,
            says={1: {"name": "张三", "phone": ""}},
        )
        for heading in ("请领导核查村干部", "请联系村会计", "望江村村干部")
    ),
    Nasty(
        "ends: a phone in a sentence that begins with a neighbour's name",
        written(
            "镇民政办：\n我叫张三，要反映邻居的事。\n李小四今年六十六岁，电话13900000000，老伴病了。请上门看看。\n"
            "写信人：张三\n联系电话：13800000000\n2026年9月3日\n",
            "来信.txt",
        ),
        warnings=_OTHERS,
        says={1: {"name": "张三", "phone": "13800000000"}},
    ),
    Nasty(
        "ends: a phone in a sentence that begins with the writer's own name",
        written(
            "镇民政办：\n张三今年六十六岁，电话13800000000，老伴病了。请上门看看。\n"
            "写信人：张三\n办公电话：13900000000\n2026年9月3日\n",
            "来信.txt",
        ),
        says={1: {"name": "张三", "phone": "13800000000"}},
    ),
    Nasty(
        "ends: the stamp of an office below the letter's own day",
        written(f"{_SIGNED}\n——————\n县信访局收文章\n收文日期：2026年9月8日\n收文编号：X312\n", "来信.txt"),
        warnings=[("", 1, "收文日期", reasons.OFFICE_DAY, "2026年9月8日")],
        says={1: {"number": "X312", "day": "2026-09-03"}},
    ),
    Nasty(
        "ends: the stamp of an office below a letter without a day",
        written(f"{_BODY}张三\n收文日期：2026年9月8日\n", "来信.txt"),
        says={1: {"day": "2026-09-08"}},
    ),
    *(
        Nasty(
            f"ends: nobody who {who} is a petitioner",
            written(f"来电人：{who}\n电话：13800000000\n日期：2026年9月3日\n内容：垃圾没有人清理。\n", "来电.txt"),
            warnings=[("", 1, "姓名", reasons.NO_NAME, "")],
            says={1: {"name": "", "phone": "13800000000"}},
        )
        for who in ("不愿透露姓名", "不愿留名", "拒绝透露", "要求保密", "未留姓名")
    ),
    *(
        Nasty(
            f"ends: {who} speaks for many",
            written(f"人社局：\n我们十二人被拖欠工资，请求追讨。\n{who}：张三\n2026年9月3日\n", "来信.txt"),
            says={1: {"name": "张三", "day": "2026-09-03"}},
        )
        for who in ("农民工代表", "业主代表", "家长代表", "工人代表")
    ),
    Nasty(
        "ends: a deputy of the people's congress signs nothing",
        written("我们是二组的村民，一直没有水吃，请求修好水泵。\n人大代表：李四\n2026年9月3日\n", "来信.txt"),
        warnings=[("", 1, "姓名", reasons.NO_SIGNATURE, "")],
        says={1: {"name": ""}},
    ),
    Nasty(
        "ends: a letter in traditional characters",
        written(
            f"{_TRADITIONAL}申請人：劉小元\n聯絡電話：13800000000\n住址：某縣某鎮\n二〇二六年九月三日\n", "来信.txt"
        ),
        says={1: {"name": "劉小元", "phone": "13800000000", "address": "某縣某鎮", "day": "2026-09-03"}},
    ),
    Nasty(
        "ends: a name in traditional characters below a simplified letter",
        written(f"{_BODY}敬禮\n李乾\n2026年9月3日\n", "来信.txt"),
        says={1: {"name": "李乾"}},
    ),
    Nasty(
        "ends: a typed letter with the marks of Markdown",
        written(_MARKED, "来信.md"),
        warnings=_OTHERS,
        says={1: {"name": "张三", "phone": "13800000000", "address": "某镇某村", "day": "2026-09-03"}},
    ),
    Nasty(
        "ends: stars and strokes of another text stay",
        written("# 求助\n我家断水，**请求**修好水泵。\n张三\n2026年9月3日\n", "来信.txt"),
        says={1: {"name": "张三", "text": "# 求助\n我家断水，**请求**修好水泵。\n张三\n2026年9月3日"}},
    ),
    Nasty(
        "ends: a title page with the matter's title above the letter of the same signer",
        written(f"{_COVER}住　址：某镇某村一组\n联系电话：13800000000\n二〇二六年九月\n{_SIGNED}", "来信.txt"),
        says={1: {"name": "张三", "phone": "13800000000", "address": "某镇某村一组", "day": "2026-09-03"}},
    ),
    Nasty(
        "ends: a slip with the matter's title above the letter of somebody else",
        written(f"{_COVER}联系电话：13800000000\n2026年9月1日\n{_SIGNED.replace('张三', '李四')}", "来信.txt"),
        accepted=2,
        warnings=[("", 1, None, reasons.LETTERS.format(count=2), "来信")],
        says={1: {"name": "张三", "phone": "13800000000"}, 2: {"name": "李四", "phone": ""}},
    ),
    Nasty(
        "ends: all who sign, in a table below a group's letter",
        document([*_GROUP, "签名（手印）："], [_LISTED]),
        warnings=[
            ("表格1", 1, None, reasons.OF_LETTER, "姓名、身份证号码、联系电话、手印"),
            ("", 1, "姓名", reasons.NO_SIGNATURE, ""),
        ],
        says={1: {"name": "", "phone": "", "day": "2026-09-03"}},
    ),
    Nasty(
        "ends: a table of persons below a group's letter that does not say that they sign",
        document([*_GROUP, "另有困难户如下："], [_LISTED]),
        rejected=[("表格1", 1, None, reasons.OF_PERSONS, "姓名、身份证号码、联系电话、手印")],
        warnings=[("", 1, "姓名", reasons.NO_SIGNATURE, "")],
    ),
    *(
        Nasty(
            f"ends: {line} above the signature hides nobody",
            written(f"{_BODY}{line}\n张三\n2026年9月3日\n", "来信.txt"),
            says={1: {"name": "张三", "day": "2026-09-03"}},
        )
        for line in ("请严惩肇事者", "要求对方道歉", "是李四经手")
    ),
    *(
        Nasty(
            f"ends: {name}",
            written(text, "来信.txt"),
            says={1: {"name": "张三", "phone": phone, "day": "2026-09-03"}},
        )
        for name, text, phone in (
            (
                "thanks above the phone",
                f"{_BODY}反映人：张三\n谢谢您\n电话：13800000000\n2026年9月3日\n",
                "13800000000",
            ),
            ("an empty label for the group's head", f"{_BODY}反映人：张三\n2026年9月3日\n村民小组长：\n", ""),
            ("a day behind an empty number", f"{_BODY}张三　身份证号码　2026年9月3日\n", ""),
            ("a name written apart", f"{_BODY}申 请 人：张 三\n2026年9月3日\n", ""),
            ("a new number in 附言", f"{_SIGNED}附言：家里换号了 电话：13900000000\n", "13900000000"),
            (
                "his address below a list of papers",
                f"{_SIGNED}附：照片\n住址：某村　电话：13800000000\n",
                "13800000000",
            ),
            (
                "a village doctor",
                "领导：\n我是某村村医，电话：13800000000，请求落实政策。\n张三\n2026年9月3日\n",
                "13800000000",
            ),
        )
    ),
    Nasty(
        "ends: masked numbers and words with strokes of Markdown stay",
        written(f"{_SIGNED}编号：A__2026__7\n电话 138****0000、139****1111\n", "来信.md"),
        says={1: {"text": f"{_SIGNED}编号：A__2026__7\n电话 138****0000、139****1111".strip()}},
    ),
    Nasty(
        "ends: a first matter with a day of its own is no title page",
        written(
            "信访人：张三\n反映村里自来水管冻裂没水吃\n电话：13800000000\n2026年9月1日\n"
            "尊敬的领导：\n我家低保被取消了，请求恢复。\n张三\n2026年9月20日\n",
            "来信.txt",
        ),
        accepted=2,
        warnings=[("", 1, None, reasons.LETTERS.format(count=2), "来信")],
        says={1: {"name": "张三", "phone": "13800000000"}, 2: {"name": "张三", "day": "2026-09-20"}},
    ),
]
