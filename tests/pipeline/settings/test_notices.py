"""Settings of notices."""

from pathlib import Path

import pytest

from domain.failures.errors import ConfigError
from domain.sending.notice import NoticeWay
from notices.mail import Mail
from pipeline.settings.settings import Settings
from tests.fakes import FakeClock

SECRET = "invented-secret-of-a-test-0001"


def secret(folder: Path, content: str = SECRET, mode: int = 0o600) -> Path:
    path = folder / "secret.key"
    path.write_text(content + "\n", encoding="utf-8")
    path.chmod(mode)
    return path


def settings(tmp_path: Path, **notices: object) -> Settings:
    return Settings.load(home=tmp_path, notices=notices)


def test_nothing_is_sent_unless_a_way_is_given(tmp_path: Path):
    assert Settings.load(home=tmp_path).notices is None
    found = settings(tmp_path).notices
    assert found is not None
    assert found.ways(FakeClock()).declared == ()


def test_both_ways_are_made_from_the_settings(tmp_path: Path):
    webhook = {"url": "https://hook.example/in", "secret_file": secret(tmp_path)}
    mail = {"host": "mail.example", "sender": "a@county.example", "recipients": ["b@county.example"]}
    found = settings(tmp_path, webhook=webhook, mail=mail).notices

    assert found is not None
    assert set(found.ways(FakeClock()).senders) == {NoticeWay.WEBHOOK, NoticeWay.MAIL}


@pytest.mark.parametrize(
    ("webhook", "said"),
    [
        pytest.param({"url": "ftp://hook.example"}, "http", id="another scheme"),
        pytest.param({"url": "https://me:pw@hook.example"}, "用户名", id="a password in the address"),
    ],
)
def test_an_address_that_cannot_be_meant_is_refused(tmp_path: Path, webhook: dict[str, str], said: str):
    with pytest.raises(ConfigError, match=said):
        settings(tmp_path, webhook={**webhook, "secret_file": "x"})


@pytest.mark.parametrize("recipients", [[], ["no address"], ["a@b.example\r\nBcc: c@d.example"]])
def test_recipients_are_addresses(tmp_path: Path, recipients: list[str]):
    with pytest.raises(ConfigError):
        settings(tmp_path, mail={"host": "m", "sender": "a@county.example", "recipients": recipients})


@pytest.mark.parametrize(
    ("content", "mode", "said"),
    [
        pytest.param(SECRET, 0o644, "chmod 600", id="others can read it"),
        pytest.param("", 0o600, "空的", id="empty"),
        pytest.param("short", 0o600, "太短", id="short"),
    ],
)
def test_a_secret_that_protects_nothing_is_refused(tmp_path: Path, content: str, mode: int, said: str):
    path = secret(tmp_path, content, mode)
    found = settings(tmp_path, webhook={"url": "https://hook.example", "secret_file": path}).notices

    assert found is not None
    ways = found.ways(FakeClock())
    [problem] = ways.problems
    assert (said in problem, ways.declared, dict(ways.senders)) == (True, (NoticeWay.WEBHOOK,), {})


def test_a_password_is_never_sent_in_clear(tmp_path: Path):
    mail = {
        "host": "m",
        "sender": "a@county.example",
        "recipients": ["b@county.example"],
        "security": "none",
        "username": "a",
        "password_file": secret(tmp_path),
    }
    found = settings(tmp_path, mail=mail).notices

    assert found is not None
    [problem] = found.ways(FakeClock()).problems
    assert "明文" in problem


def team(**changes: object) -> dict[str, object]:
    return {"name": "town", "region": "141124104", "roles": ["town"], "since": "2026-11-26", **changes}


def test_a_team_has_its_own_recipients_and_robots(tmp_path: Path):
    robot = {"url_file": secret(tmp_path, "https://robot.example/send?key=k")}
    mail = {"host": "mail.example", "sender": "a@county.example", "recipients": ["b@county.example"]}
    declared = team(recipients=["c@county.example"], wecom=robot, dingtalk=robot, feishu=robot)
    found = settings(tmp_path, mail=mail, teams=[declared]).notices

    assert found is not None
    senders = found.team_ways(found.teams[0], FakeClock()).senders
    assert set(senders) == {NoticeWay.MAIL, NoticeWay.WECOM, NoticeWay.DINGTALK, NoticeWay.FEISHU}
    sender = senders[NoticeWay.MAIL]
    assert isinstance(sender, Mail)
    assert sender.recipients == ("c@county.example",)


@pytest.mark.parametrize(
    ("teams", "said"),
    [
        ([team()], "没有写任何通知方式"),
        ([team(recipients=["c@county.example"])], "邮件服务器"),
        ([team(wecom={"url_file": "x"}), team(wecom={"url_file": "x"})], "同名"),
        ([team(region="14112", wecom={"url_file": "x"})], "区划"),
        ([team(roles=["mayor"], wecom={"url_file": "x"})], "roles"),
    ],
    ids=["no way", "no server", "two of a name", "no division", "no role"],
)
def test_a_team_that_cannot_be_told_is_refused(tmp_path: Path, teams: list[dict[str, object]], said: str):
    with pytest.raises(ConfigError, match=said):
        settings(tmp_path, teams=teams)


def test_a_robots_address_that_is_none_is_told_without_the_address(tmp_path: Path):
    found = settings(tmp_path, wecom={"url_file": secret(tmp_path, "robot.example/send?key=hidden")}).notices

    assert found is not None
    [problem] = found.ways(FakeClock()).problems
    assert "notices.wecom.url_file" in problem
    assert "hidden" not in problem
