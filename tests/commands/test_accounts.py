"""Accounts on the command line, and the code of the first start."""

import re
import sqlite3
from pathlib import Path

import pytest

from commands.first_start import offer_set_up
from pipeline.deployment import Deployment, make_deployment
from review.sign_in.policy import load_sign_in_policy
from tests.commands.in_process import qianshao


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    assert qianshao(folder, "init").returncode == 0
    return folder


def deployment_of(home: Path) -> Deployment:
    return make_deployment(home=home)


def test_a_code_is_offered_while_there_is_no_account(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert qianshao(tmp_path, "init").returncode == 0
    deployment, policy = deployment_of(tmp_path), load_sign_in_policy()
    offer_set_up(deployment, policy)
    offer_set_up(deployment, policy)
    codes = re.findall(r"[a-z0-9]{4}(?:-[a-z0-9]{4}){3}", capsys.readouterr().err)
    assert len(set(codes)) == 2

    with deployment.store.unit_of_work() as work:
        now = deployment.clock.now()
        assert work.set_up_codes.use(codes[0], now) is None
        assert work.set_up_codes.use(codes[1], now) == deployment.settings.county_code
        work.commit()
    qianshao(tmp_path, "account", "add", "boss", "--role", "admin", "--region", "141124")
    capsys.readouterr()
    offer_set_up(deployment, policy)
    assert capsys.readouterr().err == ""
    deployment.store.close()


def test_an_account_is_made_changed_locked_out_and_let_in(home: Path):
    made = qianshao(home, "account", "add", "wang", "--role", "town", "--region", "141124104", "--name", "王三多")
    assert made.returncode == 0
    assert re.search(r"一次性密码: [a-z0-9-]{19}", made.stderr)

    assert qianshao(home, "account", "place", "wang", "--role", "village", "--region", "141124104202").returncode == 0
    assert qianshao(home, "account", "disable", "wang").returncode == 0
    listed = qianshao(home, "account", "list").stdout
    assert "村干部" in listed
    assert "停用" in listed
    for step in ("enable", "unlock", "reset", "reset-second-factor"):
        assert qianshao(home, "account", step, "wang").returncode == 0
    with deployment_of(home).store.reading() as work:
        account, credentials = work.accounts.get("wang"), work.credentials.get("wang")
        acts = [entry.action for entry in work.audit.recent(10) if entry.subject == "wang"]
        assert work.audit.verify() is None
    assert account is not None
    assert not account.disabled
    assert credentials.must_change_password
    assert acts == [
        "reset_second_factor",
        "reset_password",
        "unlock_account",
        "enable_account",
        "disable_account",
        "change_role",
        "create_account",
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "x", "--role", "town", "--region", "141124104"),
        ("add", "system", "--role", "town", "--region", "141124104"),
        ("add", "liu", "--role", "department", "--region", "141124"),
        ("add", "liu", "--role", "department", "--region", "141124", "--department", "nothing"),
        ("add", "liu", "--role", "town", "--region", "141124", "--department", "health"),
        ("reset", "nobody"),
        ("disable", "nobody"),
        ("place", "nobody", "--role", "town", "--region", "141124104"),
    ],
)
def test_what_cannot_be_is_said(home: Path, arguments: tuple[str, ...]):
    answer = qianshao(home, "account", *arguments)

    assert answer.returncode == 2
    assert "错误" in answer.stderr


def test_a_department_account_names_its_department(home: Path):
    arguments = ("--role", "department", "--region", "141124", "--department", "health")
    assert qianshao(home, "account", "add", "liu", *arguments).returncode == 0

    with deployment_of(home).store.reading() as work:
        account = work.accounts.get("liu")
    assert account is not None
    assert account.department == "health"


def test_no_one_time_password_stays_in_the_database(home: Path):
    made = qianshao(home, "account", "add", "zhao", "--role", "town", "--region", "141124104")
    found = re.search(r"[a-z0-9]{4}(?:-[a-z0-9]{4}){3}", made.stderr)
    assert found

    [hashed] = sqlite3.connect(home / "qianshao.db").execute("SELECT password_hash FROM accounts WHERE username='zhao'")
    assert hashed[0].startswith("$argon2id$")
    assert not any(found[0].encode() in path.read_bytes() for path in home.rglob("*") if path.is_file())
