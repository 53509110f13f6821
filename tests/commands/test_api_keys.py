"""Keys on the command line: shown once, listed without their secret, revoked at once."""

from pathlib import Path

import pytest

from review.sign_in.key_secrets import key_id_of
from tests.commands.in_process import qianshao


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    assert qianshao(folder, "init").returncode == 0
    return folder


def test_a_key_is_shown_once_and_can_be_revoked(home: Path):
    made = qianshao(home, "account", "key", "create", "县平台", "--region", "141124", "--scope", "read_receipts")
    key = made.stdout.strip()
    key_id = key_id_of(key)
    assert key_id is not None

    listed = qianshao(home, "account", "key", "list").stdout
    revoked = qianshao(home, "account", "key", "revoke", key_id)
    again = qianshao(home, "account", "key", "revoke", key_id)

    assert (made.returncode, revoked.returncode, again.returncode) == (0, 0, 2)
    assert key_id in listed
    assert key.rsplit("_", 1)[1] not in listed
    assert "作废" in qianshao(home, "account", "key", "list").stdout
    secret = key.split("_", 2)[2].encode()
    assert not any(secret in path.read_bytes() for path in home.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    "arguments",
    [
        ("县平台", "--region", "14112", "--scope", "read_receipts"),
        (" ", "--region", "141124", "--scope", "read_receipts"),
    ],
)
def test_a_key_for_nobody_is_refused(home: Path, arguments: tuple[str, ...]):
    assert qianshao(home, "account", "key", "create", *arguments).returncode == 2
