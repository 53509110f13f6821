"""Long passwords of one's own are taken, what everybody tries first is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.sign_in.password_rules import LONGEST_PASSWORD, password_problem
from review.sign_in.passwords import hash_password, make_password, verify_password
from review.sign_in.policy import load_sign_in_policy

POLICY = load_sign_in_policy()
OWN = ("wangxiaomei", "王小梅")


@pytest.mark.parametrize(
    "password",
    [
        "四月的杏花开在河对岸上面",
        "correct horse battery staple",
        "three blue pots by the stove",
        "Kx7#mQ2vLp9z",
        "山高路远也要去看看那户人家",
    ],
)
def test_a_long_password_of_ones_own_is_taken(password: str):
    assert password_problem(password, POLICY, OWN) is None


@pytest.mark.parametrize(
    ("password", "said"),
    [
        pytest.param("Kx7#mQ2vLp9", "至少要12个字符", id="short"),
        pytest.param("x" * (LONGEST_PASSWORD + 1), "最多256个字符", id="endless"),
        pytest.param("abababababababab", "重复的字符太多", id="two letters"),
        pytest.param("password123456", "容易被猜到", id="common word and row"),
        pytest.param("Password@2026", "容易被猜到", id="common word and year"),
        pytest.param("qwertyuiop1234", "容易被猜到", id="keyboard row"),
        pytest.param("woaini1314520", "容易被猜到", id="wish in pinyin"),
        pytest.param("linxianxinfang123", "容易被猜到", id="name of the office"),
        pytest.param("WangXiaoMei1990", "容易被猜到", id="user name and year"),
        pytest.param("王小梅王小梅123456789", "容易被猜到", id="own name"),
        pytest.param("admin-admin-admin!", "容易被猜到", id="one word again and again"),
        pytest.param("2026 Basketball!!", "泄露过", id="leaked with signs around it"),
        pytest.param("b@sk3tb@ll-1988", "泄露过", id="leaked with signs for letters"),
        pytest.param("mustangmustang", "泄露过", id="leaked twice"),
        pytest.param("systemofadown", "泄露过", id="leaked and long"),
        pytest.param("1q-2w-3e-4r-1234567890", None, id="row with own characters"),
    ],
)
def test_what_everybody_tries_first_is_refused(password: str, said: str | None):
    found = password_problem(password, POLICY, OWN)

    assert found == said if said is None else said in (found or "")


@given(st.text(max_size=300), st.lists(st.text(max_size=20), max_size=2))
def test_any_text_gets_an_answer_and_short_ones_never_pass(password: str, names: list[str]):
    found = password_problem(password, POLICY, tuple(names))

    assert found is not None or POLICY.shortest_password <= len(password) <= LONGEST_PASSWORD


def test_passwords_that_are_made_pass_the_rules():
    assert all(password_problem(make_password(), POLICY, OWN) is None for _ in range(200))


def test_a_password_is_compared_to_its_last_character():
    long = "河" * 20 + "x" * 200
    encoded = hash_password(long)

    assert verify_password(encoded, long)
    assert not verify_password(encoded, long[:-1])
    assert not verify_password(encoded, long + "y" * 100)
