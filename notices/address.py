"""Where something may be posted to: looked up, checked and then connected to by number, each time anew.

A name that pointed to a county's server when it was declared may point to the machine's own services later; link-local
addresses, where clouds keep their secrets, are never posted to.
"""

import ipaddress
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from domain.failures.errors import NoticeError

Resolve = Callable[[str, int], Sequence[str]]
"""All addresses of a host, as numbers in text; OSError when there are none."""
_INTRANET = tuple(
    ipaddress.ip_network(network)
    for network in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7")
)
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""A gateway sends what goes there on to the IPv4 address in the last 32 bits (RFC 6052)."""
_WRAPPED = tuple(ipaddress.ip_network(network) for network in ("::/96", "64:ff9b:1::/48", "2002::/16"))
"""Other ways to write an IPv4 address inside of one of version 6; nobody's server is told by them any more."""
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Address:
    """An address in its parts."""

    scheme: str
    host: str
    port: int
    resource: str
    """Path and query."""

    @classmethod
    def parse(cls, url: str) -> Self:
        """The parts; ValueError in Chinese when nothing can be posted there."""
        try:
            parts = urlsplit(url)
            port = parts.port or _PORTS.get(parts.scheme, 0)
        except ValueError as exc:
            raise ValueError("地址写法不对, 应像 https://主机/路径") from exc
        if parts.scheme not in _PORTS or not parts.hostname or not url.isascii() or not url.isprintable():
            raise ValueError("地址应以 http:// 或 https:// 开头, 只用英文字母、数字和符号")
        if parts.username or parts.password or parts.fragment:
            raise ValueError("地址里不能有用户名、密码或 #")
        query = f"?{parts.query}" if parts.query else ""
        return cls(parts.scheme, parts.hostname, port, (parts.path or "/") + query)

    @property
    def named(self) -> str:
        """Host and port as the Host header writes them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def resolve(host: str, port: int) -> list[str]:
    """All addresses of a host by the machine's own resolver."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def allowed_addresses(address: Address, *, intranet: bool, look_up: Resolve) -> Sequence[str]:
    """The numbers that the host has now.

    Raises:
        NoticeError: when it has none, or when any of them may not be posted to: which one would be taken is not left
            to chance.
    """
    try:
        found = list(dict.fromkeys(look_up(address.host, address.port)))
    except (OSError, UnicodeError) as exc:
        raise NoticeError("查不到对方的地址", reason="unreachable") from exc
    if not found:
        raise NoticeError("查不到对方的地址", reason="unreachable")
    for number in found:
        if not may_post_to(number, intranet=intranet):
            raise NoticeError(f"对方的地址 {number} 不允许: 内网地址须在声明里写 intranet = true, 链路本地地址一律不用")
    return found


def may_post_to(number: str, *, intranet: bool) -> bool:
    """True for public addresses, and for those of the intranet where that was declared."""
    try:
        found = ipaddress.ip_address(number)
    except ValueError:
        return False
    found = _meant(found)
    if any(found in network for network in _INTRANET):
        return intranet
    return found.is_global and not found.is_multicast and not any(found in network for network in _WRAPPED)


def _meant(found: ipaddress.IPv4Address | ipaddress.IPv6Address) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """Whom a connection to the address reaches: of one that stands for an IPv4 address that one."""
    if isinstance(found, ipaddress.IPv4Address):
        return found
    inside = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
    return inside if found in _TRANSLATED else found.ipv4_mapped or found
