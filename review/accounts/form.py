"""What a person may type about an account: said in Chinese what is wrong."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from domain.accounts.account import Account
from domain.leads.lead import SYSTEM
from domain.places.region import RegionCode
from domain.words.vocabulary import Role

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,31}")
_TAKEN = frozenset({SYSTEM, "unknown", "set-up", "new"})
"""Names that the audit log and addresses use for what is no account."""
_LONGEST_NAME = 30
_INSIDE_NAMES = frozenset("·•・. ")
"""Between the parts of names such as those of the Uyghur or the Mongols."""
_HIDDEN = frozenset("某")
_HAN = re.compile("[\u3007\u3400-\u9fff\U00020000-\U000323af]")
"""Texts and registers write names so: somebody under another script (Zhang Jianguo) would be found in none of them."""


@dataclass(frozen=True, slots=True)
class Place:
    """Role and region of an account, and the department of an account of that role."""

    role: Role
    region: RegionCode
    department: str = ""


def name_problem(username: str) -> str | None:
    """What is wrong with a new user name; None when nothing is."""
    if not _NAME.fullmatch(username) or username.lower() in _TAKEN:
        return "用户名应是2至32个字母、数字、点、横线或下划线, 以字母或数字开头, 也不能是系统自用的名字"
    return None


def place_of(form: Mapping[str, str], administrator: Account, departments: Collection[str]) -> Place | str:
    """The place that the form names, or what is wrong with it; an administrator works inside his own region."""
    role = next((one for one in Role if one.value == form.get("role", "")), None)
    if role is None:
        return "请选择角色"
    try:
        region = RegionCode.parse(form.get("region", ""))
    except ValueError:
        return "区划代码应是县6位、镇9位或村12位数字, 可以输入地名从列出的里面选"
    if not administrator.region.contains(region):
        return f"区划{region}不在您管理的{administrator.region}之内"
    department = form.get("department", "") if role is Role.DEPARTMENT else ""
    if role is Role.DEPARTMENT and department not in departments:
        return "部门账号要选是哪个部门"
    return Place(role, region, department)


def person_name_of(form: Mapping[str, str]) -> str:
    """The name of a person that the form carries, with one space at most between its parts; empty where it has none."""
    return " ".join(form.get("name", "").split())


def person_name_problem(name: str) -> str | None:
    """What is wrong with the name of a person, by which recusal finds the person in texts; None when nothing is."""
    letters = _HAN.findall(name)
    others = set(name) - set(letters) - _INSIDE_NAMES
    if len(letters) < 2 or len(name) > _LONGEST_NAME or others or _HIDDEN & set(name):
        return f"请写本人的真实姓名, 2至{_LONGEST_NAME}个汉字, 不写拼音、职务、数字和“某”: 材料里提到的人要靠姓名回避"
    return None
