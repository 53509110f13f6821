"""Notices and letters that offices write about petitions."""

from tests.importers.nasty import reasons
from tests.importers.nasty.builders import written
from tests.importers.nasty.cases import Nasty

_MATTER = "“反映某村2025年退耕还林补助款没有发放，家中老人常年吃药，生活困难”的信访事项，决定予以受理。\n"
_OFFICE = "查询电话：0350-4422117　联系人：李四\n地址：某县某街1号\n某县信访局（印章）\n2026年9月7日\n"
_OF_OFFICE = [("", 1, None, reasons.OF_OFFICE, "张三")]

CASES = [
    Nasty(
        "office letters: a notice to the petitioner",
        written(
            f"某县信访局\n信访事项受理告知书\n某信受字〔2026〕第088号\n张三：\n您于2026年9月3日来访{_MATTER}{_OFFICE}",
            "信.txt",
        ),
        warnings=[*_OF_OFFICE],
        says={1: {"name": "张三", "phone": "", "day": "2026-09-03", "number": "某信受字〔2026〕第088号"}},
    ),
    Nasty(
        "office letters: a petitioner who is passed on",
        written(
            "关于转送张三信访事项的函\n某信转字〔2026〕第145号\n\n某镇人民政府：\n"
            "现将张三（女，联系电话13800000000）2026年9月3日来访反映的有关信访事项转送你单位。\n"
            "其丈夫患尘肺病，不能劳动，要求安排公益性岗位。\n"
            "联系人：李四　联系电话：0350-4421166\n\n某县信访局\n2026年9月15日\n",
            "信.txt",
        ),
        warnings=[*_OF_OFFICE, ("", 1, "联系电话", reasons.NUMBER_OF_ANOTHER, "0350-4421166")],
        says={1: {"name": "张三", "phone": "13800000000", "day": "2026-09-03", "number": "某信转字〔2026〕第145号"}},
    ),
    Nasty(
        "office letters: a notice that names nobody",
        written(f"信访事项受理告知书\n某信受字〔2026〕第088号\n信访人：\n现就{_MATTER}{_OFFICE}", "信.txt"),
        warnings=[
            ("", 1, None, reasons.OF_OFFICE_ALONE, ""),
            ("", 1, "姓名", reasons.NO_SIGNATURE, ""),
        ],
        says={1: {"name": "", "phone": "", "day": "2026-09-07"}},
    ),
    *(
        Nasty(
            f"office letters: {name}",
            written(
                f"{title}\n尊敬的领导：\n我家的补助款没有发，收到告知书后我不服，请求复查。\n张三\n2026年9月9日\n",
                "信.txt",
            ),
            says={1: {"name": "张三", "day": "2026-09-09"}},
        )
        for name, title in (
            ("a petitioner against a notice", "对受理告知书不服的申诉"),
            ("a petitioner who heads his letter with the notice", "不予受理告知书"),
            ("a petitioner's own letter that asks to be passed on", "关于请求转送信访事项的报告"),
        )
    ),
    Nasty(
        "office letters: labels of the petitioner keep what they say",
        written(
            "信访事项交办函\n某信交字〔2026〕5号\n某镇：\n信访人姓名：张三\n联系电话：13800000000\n住址：某村\n"
            "主要诉求：要求落实补助。\n某县信访局\n2026年9月7日\n",
            "信.txt",
        ),
        warnings=[*_OF_OFFICE],
        says={1: {"name": "张三", "phone": "13800000000", "address": "某村", "number": "某信交字〔2026〕5号"}},
    ),
]
