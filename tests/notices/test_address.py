"""Where something may be posted to."""

import pytest

from domain.failures.errors import NoticeError
from notices.address import Address, allowed_addresses, may_post_to


@pytest.mark.parametrize(
    ("number", "outside", "inside"),
    [
        ("93.184.215.14", True, True),
        ("2606:4700::1111", True, True),
        ("10.1.2.3", False, True),
        ("192.168.1.5", False, True),
        ("127.0.0.1", False, True),
        ("::1", False, True),
        ("fd00::1", False, True),
        ("::ffff:10.1.2.3", False, True),
        ("169.254.169.254", False, False),
        ("::ffff:169.254.169.254", False, False),
        ("fe80::1", False, False),
        ("64:ff9b::a9fe:a9fe", False, False),
        ("64:ff9b::a01:203", False, True),
        ("64:ff9b::5db8:d70e", True, True),
        ("64:ff9b:1::a9fe:a9fe", False, False),
        ("2002:a9fe:a9fe::1", False, False),
        ("::169.254.169.254", False, False),
        ("0.0.0.0", False, False),
        ("224.0.0.1", False, False),
        ("100.64.0.1", False, False),
        ("no number", False, False),
    ],
)
def test_the_intranet_has_to_be_declared_and_link_local_is_never_meant(number: str, outside: bool, inside: bool):
    assert may_post_to(number, intranet=False) is outside
    assert may_post_to(number, intranet=True) is inside


def test_a_name_with_one_address_that_is_not_allowed_is_refused_whole():
    address = Address.parse("https://hook.example/in")

    with pytest.raises(NoticeError, match=r"169\.254\.169\.254"):
        allowed_addresses(address, intranet=True, look_up=lambda host, port: ["10.1.2.3", "169.254.169.254"])


def test_a_name_without_address_is_unreachable():
    def nobody(host: str, port: int) -> list[str]:
        raise OSError

    with pytest.raises(NoticeError, match="查不到") as caught:
        allowed_addresses(Address.parse("https://hook.example"), intranet=True, look_up=nobody)
    assert caught.value.reason == "unreachable"


def test_the_parts_of_an_address():
    address = Address.parse("https://hook.example:8443/in?key=1")

    assert (address.scheme, address.host, address.port, address.resource) == (
        "https",
        "hook.example",
        8443,
        "/in?key=1",
    )
    assert address.named == "hook.example:8443"
    assert Address.parse("http://[::1]/").named == "[::1]"


@pytest.mark.parametrize(
    "url",
    ["ftp://a/", "https://", "https://a:b@c/", "https://a/#b", "https://a:99999/", "https://县/", "http://a/\nb", ""],
)
def test_what_is_no_address_is_refused(url: str):
    with pytest.raises(ValueError, match="地址"):
        Address.parse(url)
