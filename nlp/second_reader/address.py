"""Where the second reader may be: inside the intranet. The check cannot be switched off.

Texts of petitions may not leave the intranet, so the address is looked up, checked and then connected to by number,
each time anew: a name that pointed inside when it was configured may point elsewhere later.
"""

import ipaddress
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from domain.failures.errors import ConfigError, SecondReaderUnreachable

Resolve = Callable[[str, int], Sequence[str]]
"""All addresses of a host, as numbers in text; OSError when there are none."""
_INSIDE = tuple(
    ipaddress.ip_network(network)
    for network in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7")
)
"""Loopback, private IPv4 (RFC 1918) and unique local IPv6 (RFC 4193); link-local addresses are left out on purpose."""
_PORTS = {"http": 80, "https": 443}
_OUTSIDE = "第二判读的地址 {} 不在内网(只准本机、10.、172.16-31.、192.168. 和 fc00::/7), 材料不能发出去"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A base address in its parts."""

    scheme: str
    host: str
    port: int
    path: str

    @classmethod
    def parse(cls, url: str) -> Self:
        """The parts of an address such as http://10.1.2.3:8000/v1; ValueError in Chinese when it is no such address."""
        try:
            parts = urlsplit(url)
        except ValueError as exc:
            raise ValueError("地址里的 [ ] 不成对, 或里面不是 IPv6 地址") from exc
        if parts.scheme not in _PORTS or not parts.hostname:
            raise ValueError("地址应以 http:// 或 https:// 开头, 如 http://10.1.2.3:8000/v1")
        if not parts.hostname.isascii():
            raise ValueError("地址里的主机名只能用英文字母、数字、点和连字符")
        if parts.username or parts.password or parts.query or parts.fragment:
            raise ValueError("地址里不能有用户名、密码、? 或 #; 口令请放在 key_file")
        try:
            port = parts.port or _PORTS[parts.scheme]
        except ValueError as exc:
            raise ValueError("地址里的端口不对") from exc
        if _number(parts.hostname) is not None and not is_inside(parts.hostname):
            raise ValueError(_OUTSIDE.format(parts.hostname))
        return cls(parts.scheme, parts.hostname, port, parts.path.rstrip("/"))

    @property
    def named(self) -> str:
        """Host and port as the Host header writes them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def resolve(host: str, port: int) -> list[str]:
    """All addresses of a host by the machine's own resolver."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def is_inside(address: str) -> bool:
    """True for addresses of the intranet; an IPv4 address written as IPv6 is judged as what it is."""
    number = _number(address)
    mapped = getattr(number, "ipv4_mapped", None)
    return number is not None and any((mapped or number) in network for network in _INSIDE)


def addresses_inside(endpoint: Endpoint, look_up: Resolve) -> Sequence[str]:
    """The endpoint's addresses as they are now.

    Raises:
        ConfigError: when any of them lies outside; which one would be taken is not left to chance.
        SecondReaderUnreachable: when the name has no address.
    """
    try:
        found = list(dict.fromkeys(look_up(endpoint.host, endpoint.port)))
    except (OSError, UnicodeError) as exc:  # the latter for a name that no resolver could ask about, such as a..b
        raise SecondReaderUnreachable(f"查不到第二判读的地址 {endpoint.host}") from exc
    for address in found:
        if not is_inside(address):
            raise ConfigError(_OUTSIDE.format(f"{endpoint.host}({address})"), reason="second_reader_outside")
    if not found:
        raise SecondReaderUnreachable(f"查不到第二判读的地址 {endpoint.host}")
    return found


def _number(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(address)
    except ValueError:
        return None
