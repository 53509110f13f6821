"""Only the intranet: no address outside is ever connected to, whatever its name says."""

import pytest

from domain.failures.errors import ConfigError, SecondReaderUnreachable
from nlp.second_reader.address import Endpoint, addresses_inside, is_inside, resolve


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "127.9.9.9", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "::1", "fd12::1"],
)
def test_the_intranet_is_inside(address: str):
    assert is_inside(address)


@pytest.mark.parametrize(
    "address",
    [
        "8.8.8.8",
        "0.0.0.0",
        "169.254.169.254",
        "172.15.0.1",
        "172.32.0.1",
        "100.64.0.1",
        "192.0.0.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "2001:4860:4860::8888",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
        "nonsense",
        "",
    ],
)
def test_everything_else_is_outside(address: str):
    assert not is_inside(address)


def test_an_ipv4_address_written_as_ipv6_is_judged_as_what_it_is():
    assert is_inside("::ffff:10.0.0.1")


@pytest.mark.parametrize(
    "url",
    [
        "ftp://10.0.0.1/v1",
        "10.0.0.1:8000",
        "http://",
        "http://user:secret@10.0.0.1/v1",
        "http://10.0.0.1/v1?key=1",
        "http://10.0.0.1/v1#x",
        "http://10.0.0.1:99999/v1",
        "http://8.8.8.8/v1",
        "http://[fe80::1]/v1",
        "http://[::1",
        "http://模型.local/v1",
    ],
)
def test_what_is_no_address_of_the_intranet_is_refused_in_chinese(url: str):
    with pytest.raises(ValueError, match="地址"):
        Endpoint.parse(url)


def test_an_address_is_taken_apart():
    assert Endpoint.parse("http://10.1.2.3:8000/v1/") == Endpoint("http", "10.1.2.3", 8000, "/v1")
    assert Endpoint.parse("https://model.county.example").port == 443
    assert Endpoint.parse("http://[fd00::1]:8000/v1").named == "[fd00::1]:8000"


def test_a_name_with_one_address_outside_is_refused_though_the_others_lie_inside():
    endpoint = Endpoint.parse("http://model.county.example/v1")

    with pytest.raises(ConfigError, match=r"8\.8\.8\.8.*不在内网"):
        addresses_inside(endpoint, lambda host, port: ["10.0.0.1", "8.8.8.8"])


def test_a_name_that_points_elsewhere_later_is_refused_then():
    endpoint = Endpoint.parse("http://model.county.example/v1")
    answers = iter([["10.0.0.1"], ["203.0.113.9"]])

    assert addresses_inside(endpoint, lambda host, port: next(answers)) == ["10.0.0.1"]
    with pytest.raises(ConfigError, match="不在内网"):
        addresses_inside(endpoint, lambda host, port: next(answers))


def test_a_name_without_address_is_unreachable_and_nothing_worse():
    def fail(host: str, port: int) -> list[str]:
        raise OSError

    endpoint = Endpoint.parse("http://model.county.example/v1")
    with pytest.raises(SecondReaderUnreachable, match="查不到"):
        addresses_inside(endpoint, fail)
    with pytest.raises(SecondReaderUnreachable, match="查不到"):
        addresses_inside(endpoint, lambda host, port: [])


@pytest.mark.parametrize("host", ["a..b", "a" * 70])
def test_a_name_that_cannot_be_looked_up_at_all_is_unreachable_too(host: str):
    with pytest.raises(SecondReaderUnreachable, match="查不到"):
        addresses_inside(Endpoint.parse(f"http://{host}/v1"), resolve)
