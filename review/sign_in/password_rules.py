"""What a password that a person chooses has to be: long, not made of what everybody tries first, and not a leaked one.

No rule on kinds of characters and no expiry (OWASP ASVS 5.0, 6.2.5 and 6.2.10): both lead to worse passwords.
"""

import re
from functools import cache
from pathlib import Path

from domain.accounts.sign_in import SignInPolicy

LONGEST_PASSWORD = 256
"""Characters; longer ones would only cost time."""
_FEWEST_DIFFERENT = 5
_FEWEST_OWN = 5
"""Characters that have to be left when common words and the person's own names are taken out."""
_SHORTEST_NAME = 2
_SURROUNDED = re.compile(r"^[^a-z]+|[^a-z]+$")
_LETTERS = str.maketrans("@0134$5", "aoleass")


def password_problem(password: str, policy: SignInPolicy, own_names: tuple[str, ...]) -> str | None:
    """What is wrong with a new password, in Chinese; None when nothing is.

    `own_names` are the user name and the name that pages show.
    """
    if len(password) < policy.shortest_password:
        return f"密码至少要{policy.shortest_password}个字符, 现在是{len(password)}个; 可以用一句好记的话"
    if len(password) > LONGEST_PASSWORD:
        return f"密码最多{LONGEST_PASSWORD}个字符"
    if len(set(password)) < _FEWEST_DIFFERENT:
        return "密码里重复的字符太多, 请换一个"
    if len(_without(password.lower(), own_names)) < _FEWEST_OWN:
        return "密码主要由用户名、姓名、常见词或连续数字组成, 容易被猜到, 请换一个"
    if _is_leaked(password.lower()):
        return "密码是网上泄露过的常用密码, 或只在它前后加了数字和符号, 请换一个"
    return None


def _is_leaked(password: str) -> bool:
    """True for a leaked password, said once or several times, with signs around it or for letters (p@ssw0rd)."""
    core = _SURROUNDED.sub("", password)
    plain = core.translate(_LETTERS)
    return any(_repeated(one) in _leaked_passwords() for one in (core, plain))


def _repeated(word: str) -> str:
    """What the word repeats; the word itself where it repeats nothing."""
    return word[: (word + word).find(word, 1)] if word else word


def _without(password: str, own_names: tuple[str, ...]) -> str:
    """What is left when every common word is taken out, the longest first."""
    names = {name.lower() for name in own_names if len(name) >= _SHORTEST_NAME}
    for word in sorted(names | _common_words(), key=len, reverse=True):
        password = password.replace(word, "")
    return "".join(sign for sign in password if sign.isalnum())


@cache
def _common_words() -> frozenset[str]:
    lines = (Path(__file__).parent / "common_passwords.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@cache
def _leaked_passwords() -> frozenset[str]:
    """What is left of the commonest leaked passwords without digits and signs around them, where that is a word."""
    # 800 kB that only a change of passwords needs.
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    cores = (_SURROUNDED.sub("", one) for one in FREQUENCY_LISTS["passwords"])
    return frozenset(core for core in cores if len(core) >= _FEWEST_OWN)
