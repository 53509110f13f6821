"""Signs other than phones and ID numbers that lead to one person: mail addresses, licence plates, chat names."""

import re

_PLATE = "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领]"
# From the beginning of a word alone: from each of its characters on, a picture written as letters takes minutes.
MAIL = re.compile(r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+ ?@ ?[A-Za-z0-9.-]+")
PLATE = re.compile(rf"{_PLATE}[ ]?[A-Za-z][ ·.•-]?(?:[A-Za-z0-9][ ]?){{4,6}}[挂学警港澳]?")
CHAT = re.compile(
    r"(?:微信|抖音|快手|支付宝|QQ|qq)(?:昵称|账号|帐号|号码?)?[是为:：叫 ]{0,3}([A-Za-z0-9][A-Za-z0-9_-]{4,})"
)
"""The name itself is the last group."""
