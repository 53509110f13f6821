"""Paper forms as offices print them: other words for labels, values below them or in one cell with them, families."""

from importers.headers.register_layouts import IS_REGISTER
from tests.importers.nasty import reasons
from tests.importers.nasty.builders import OTHER_TEXT, TEXT, document, framed, written, xlsx
from tests.importers.nasty.cases import Nasty

_SAYS = {"name": "张三", "phone": "13800000000", "day": "2026-09-03", "text": TEXT}
_REST = [("联系电话", "13800000000", "来访时间", "2026年9月3日"), ("事由", TEXT, "", "")]
_CAME = ("来访时间", "2026年9月3日")
_FAMILY = [("姓名", "与本人关系", "年龄", "健康状况"), ("李乙", "妻子", "61", "瘫痪"), ("张丁", "儿子", "30", "健康")]
_MEMBERS = [("姓名", "与户主关系", "性别"), ("张三", "户主", "男"), ("李乙", "配偶", "女")]
_LETTER = "我家三口人，去年孩子查出重病，到现在花了十几万元，请求帮扶。"
_BESIDE = "旁边还写着别的, 没有当作这一栏的内容, 仍随记录保存; 是这一栏的请写进这一格后重新提交"
_UNPLACED = "表里还有这些内容, 看不出属于哪一栏, 没有采用, 仍随记录保存; 是信访内容的请填进相应的栏里后重新提交"

CASES = [
    Nasty(
        "the paper sheet of visits, its name headed as registers head it",
        document([], [[("来访人姓名", "张三", "性别", "男"), *_REST, ("后续安排", "", "", "")]]),
        says={1: _SAYS},
    ),
    Nasty(
        "a form whose matter refers to a paper is taken in: the paper may follow below it",
        document(
            [],
            [[("来访人姓名", "张三", "性别", "男"), _REST[0], ("事由", "见附件1", "", ""), ("后续安排", "", "", "")]],
        ),
        says={1: {**_SAYS, "text": "见附件1"}},
    ),
    Nasty(
        "a form that has label and value in one cell",
        xlsx(
            [
                ("来访人：张三", "性别：男"),
                ("联系电话：13800000000", "来访时间：2026年9月3日"),
                (f"反映问题：{TEXT}", ""),
            ]
        ),
        says={1: _SAYS},
    ),
    Nasty(
        "a form whose matter stands below its label",
        xlsx([("来访人姓名", "张三", "性别", "男"), _REST[0], ("反映的问题",), (TEXT,), ("处理意见", "转镇", "", "")]),
        says={1: {**_SAYS, "处理意见": "转镇"}},
    ),
    Nasty(
        "a form with a label that nobody knows",
        document([], [[("所属网格", "第三网格", "姓名", "张三"), *_REST, ("困难程度", "特别困难", "", "")]]),
        says={1: {**_SAYS, "所属网格": "第三网格", "困难程度": "特别困难"}},
    ),
    Nasty(
        "a form with a table of the family",
        document([], [[("姓名", "张三", "性别", "男"), *_REST, ("家庭成员情况", "", "", ""), *_FAMILY]]),
        says={1: {**_SAYS, "家庭成员情况": "\n".join(" ".join(row) for row in _FAMILY)}},
    ),
    Nasty(
        "a form with words beside no label",
        document([], [[("姓名", "张三", "性别", "男"), *_REST, ("老人卧床", "两年多", "无人照看", "")]]),
        warnings=(("", 1, "表内其他内容", _UNPLACED, "老人卧床 两年多 无人照看"),),
        says={1: {**_SAYS, "表内其他内容": "老人卧床 两年多 无人照看"}},
    ),
    Nasty(
        "a form that asks the same of two persons",
        document([], [[("姓名", "张三", "性别", "男"), *_REST, ("代理人", "王五", "联系电话", "13900000000")]]),
        warnings=(("", 1, "表内其他内容", _UNPLACED, "联系电话 139****0000"),),
        says={1: {**_SAYS, "代理人": "王五"}},
    ),
    Nasty(
        "a form whose rows of labels alternate with rows of values",
        document(
            ["信访事项登记表"],
            [
                [
                    ("信访人", "联系电话", "登记日期", "信访件编号"),
                    ("张三", "13800000000", "2026-09-03", "KH-1"),
                    ("住址", "", "信访形式", "人数"),
                    ("某镇某村", "", "来信", ""),
                    ("信访事项及诉求", "", "", ""),
                    (TEXT, "", "", ""),
                    ("处理意见", "转镇", "", ""),
                ]
            ],
        ),
        says={1: {**_SAYS, "number": "KH-1", "address": "某镇某村", "信访形式": "来信", "处理意见": "转镇"}},
    ),
    Nasty(
        "two registers of one row below each other",
        document(
            [],
            [
                [
                    ("信访人", "联系电话", "信访日期", "反映内容"),
                    ("张三", "13800000000", "2026-09-03", TEXT),
                    ("信访件编号", "来访人姓名", "来访时间", "诉求内容"),
                    ("X2", "李四", "2026-09-04", OTHER_TEXT),
                ]
            ],
        ),
        accepted=2,
        warnings=(
            ("表格1", 1, None, "表里没有编号列, 只能看内容是不是和以前的一样来判断重复; 以后导出时请带上编号", ""),
        ),
        says={2: _SAYS, 4: {"number": "X2", "name": "李四", "text": OTHER_TEXT}},
    ),
    Nasty(
        "a lone title beside a table that is none of petitions",
        document(
            ["信访事项登记表"], [[("信访人", "联系电话", "备用"), ("张三", "13800000000", "x"), ("李四", "", "y")]]
        ),
        refused="没有找到写反映内容的那一列",
    ),
    *(
        Nasty(
            f"a form and below it {name}",
            document(
                ["来信登记表", *above, _LETTER, "张三", "2026年8月1日"], [[("姓名", "张三", "性别", "男"), *rest]]
            ),
            warnings=(
                (
                    "",
                    1,
                    "事由",
                    "表后面的来信已接在内容后面一并接收; 是另一件的请单独提交",
                    [*kept, _LETTER][0],
                ),
            ),
            says={1: {**_SAYS, "text": "\n".join([*matter, *kept, _LETTER, "张三", "2026年8月1日"])}},
        )
        for name, above, kept, rest, matter in (
            ("the letter that it sums up", ["附件：来信原文"], [], _REST, [TEXT]),
            ("a letter below 附件", ["附件", "尊敬的领导："], ["尊敬的领导："], _REST, [TEXT]),
            ("words signed by its petitioner", ["尊敬的领导："], ["尊敬的领导："], _REST, [TEXT]),
            ("the letter that it points to", ["附：来信全文"], [], [_REST[0], ("事由", "详见附件", "", "")], []),
        )
    ),
    Nasty(
        "a form and the letter of somebody else",
        document(["尊敬的领导：", _LETTER, "李四", "2026年8月1日"], [[("姓名", "张三", "性别", "男"), *_REST]]),
        accepted=2,
    ),
    Nasty(
        "a form and below 附件 the letter of somebody else",
        document(
            ["附件：来信原文", "尊敬的领导：", _LETTER, "李四", "13900000000", "2026年8月1日"],
            [[("姓名", "张三", "性别", "男"), *_REST]],
        ),
        accepted=2,
        says={1: {"name": "李四", "phone": "13900000000", "day": "2026-08-01"}},
    ),
    *(
        Nasty(
            f"a form that leaves {left_out} to the letter below it",
            document(
                ["附件：来信原文", "尊敬的领导：", _LETTER, "张三", "13900000000", "2026年8月1日"],
                [[("姓名", name, "性别", "男"), ("联系电话", phone, "来访时间", day), ("事由", TEXT, "", "")]],
            ),
            accepted=2,
            warnings=() if day else (("", 1, "来访时间", "没有填日期, 已按收到的日子接收, 知道日期的请补填", ""),),
            says={1: {"name": "张三", "phone": "13900000000", "day": "2026-08-01"}},
        )
        for left_out, name, phone, day in (
            ("the name", "", "13900000000", "2026-09-03"),
            ("the phone", "张三", "", "2026-09-03"),
            ("the day", "张三", "13900000000", ""),
        )
    ),
    Nasty(
        "two forms and a letter signed by one of their petitioners",
        document(
            ["尊敬的领导：", _LETTER, "张三", "2026年8月1日"],
            [[("姓名", "张三", "性别", "男"), *_REST], [("姓名", "李四", "性别", "男"), *_REST]],
        ),
        accepted=3,
    ),
    Nasty(
        "a form that asks for a tick right of the day",
        document(
            [],
            [
                [
                    ("姓名", "张三", "联系电话", "13800000000"),
                    ("来访时间", "2026年9月3日", "是否初次", "☑是　□否"),
                    ("事由", TEXT, "", ""),
                ]
            ],
        ),
        says={1: {**_SAYS, "是否初次": "☑是　□否"}},
    ),
    Nasty(
        "a form whose matter and address go on in further cells with ticks",
        document(
            [],
            [
                [
                    ("姓名", "张三", "联系电话", "13800000000"),
                    ("来访时间", "2026年9月3日", "", ""),
                    ("反映内容", "低保被取消", "医药费太高", "√老人卧床两年"),
                    ("住址", "某镇", "庞家庄村", "三组√"),
                ]
            ],
        ),
        says={1: {"text": "低保被取消\n医药费太高\n√老人卧床两年", "address": "某镇\n庞家庄村\n三组√"}},
    ),
    *(
        Nasty(
            f"a ticket's form that says {name}, {phone} and {day}",
            document(
                ["12345政务服务便民热线工单"],
                [
                    [
                        ("工单编号", "G20260903001", name, "张三"),
                        (phone, "13800000000", day, "2026-09-03 10:00"),
                        ("诉求内容", TEXT, "", ""),
                    ]
                ],
            ),
            says={1: {**_SAYS, "number": "G20260903001"}},
        )
        for name, phone, day in (
            ("来电人", "来电号码", "来电时间"),
            ("来电人姓名", "联系电话", "受理时间"),
            ("市民姓名", "联系电话", "来电时间"),
        )
    ),
    Nasty(
        "a ticket's form that asks for ID number and sex",
        document(
            ["12345转办信访事项登记表"],
            [
                [
                    ("工单编号", "LX12345-26-0977", "来电时间", "2026年9月3日"),
                    ("来电人", "张三", "联系电话", "13800000000"),
                    ("身份证号码", "142327196503120419", "性别", "√女　□男"),
                    ("诉求内容", TEXT, "", ""),
                ]
            ],
        ),
        warnings=(
            (
                "",
                1,
                "身份证号码",
                (
                    "身份证号的最后一位(校验位)对不上, 多为有一位抄错或认错, 请对照证件核对; "
                    "已照样接收, 写错的请改正后重新提交"
                ),
                "142327********0419",
            ),
        ),
        says={
            1: {
                **_SAYS,
                "number": "LX12345-26-0977",
                "channel": "hotline",
                "id_number": "142327196503120419",
                "性别": "√女　□男",
            }
        },
    ),
    Nasty(
        "a register that has the tickets' numbers and none of its own",
        xlsx(
            [
                ("工单编号", "信访人姓名", "信访日期", "信访目的", "内容分类", "反映内容"),
                ("GD-7", "张三", "2026-09-03", "求决", "民政", TEXT),
            ]
        ),
        says={2: {"number": "GD-7", "name": "张三", "channel": "petition"}},
    ),
    Nasty(
        "a card of a household handed in as a petition",
        xlsx([("户编号", "1001", "户主姓名", "张三"), ("行政村", "某村", "家庭人口数", "2"), *_MEMBERS]),
        accepted=0,
        rejected=[("台账", 1, None, IS_REGISTER, "户编号、户主姓名、行政村、家庭人口数")],
    ),
    Nasty(
        "a form whose number has a label behind it that nobody knows",
        document([], [[("信访件编号", "X001", "风险消除时间", "2025-05-01"), ("姓名", "张三", "性别", "男"), *_REST]]),
        warnings=(("", 1, "信访件编号", _BESIDE, "X001"),),
        says={1: {**_SAYS, "number": "X001", "信访件编号旁边": "风险消除时间 2025-05-01"}},
    ),
    Nasty(
        "a form whose number is printed in pieces",
        document([], [[("信访件编号", "临信〔2026〕", "118", "号"), ("姓名", "张三", "性别", "男"), *_REST]]),
        says={1: {**_SAYS, "number": "临信〔2026〕118号"}},
    ),
    Nasty(
        "a form within the cell of a table that only parts the page",
        framed(
            [("信访件编号", "X001"), ("姓名", "张三"), *(one[:2] for one in _REST), ("来访时间", "2026年9月3日")],
            "提示",
        ),
        warnings=(("", 1, None, reasons.COVERING_NOTE, "提示"),),
        says={1: {**_SAYS, "number": "X001"}},
    ),
    Nasty(
        "a web form's record within what the program sends around it",
        written(
            '{"formId": "f1",\n"data": {"编号": "X001", "姓名": "张三", "手机号码": "13800000000",'
            f' "提交时间": "2026-09-03", "诉求内容": "{TEXT}"}},\n"clientIp": "10.0.0.1"}}',
            "表单.json",
        ),
        says={1: {**_SAYS, "number": "X001", "外层数据": '{"formId": "f1", "clientIp": "10.0.0.1"}'}},
    ),
    Nasty(
        "a record with a person within it whom nobody else stands beside",
        written(
            '{"id": "X001", "title": "求助",\n"text": "'
            + TEXT
            + '", "person": {"姓名": "张三", "电话": "1", "诉求内容": "无"}}',
            "表单.json",
        ),
        says={1: {"name": "", "text": TEXT}},
    ),
    Nasty(
        "a form whose number begins with its year and is printed in pieces of words",
        document([], [[("信访件编号", "〔2026〕", "方信访字第", "12号"), ("姓名", "张三", "性别", "男"), *_REST]]),
        says={1: {**_SAYS, "number": "〔2026〕方信访字第12号"}},
    ),
]
