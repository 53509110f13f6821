"""From where a request comes: its address, and the device in words that its owner recognises."""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Network, ip_address

from fastapi import Request

from review.sign_in.session_cookie import device_token

_SYSTEMS = (
    ("HarmonyOS", "鸿蒙"),
    ("OpenHarmony", "鸿蒙"),
    ("Android", "安卓"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)
_BROWSERS = (
    ("wxwork", "企业微信"),
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("Edg", "Edge"),
    ("Firefox", "火狐"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_LONGEST_ADDRESS = 64
_OWN_NETWORK = 64
"""Bits of an IPv6 address that are given out; the others everybody chooses himself (RFC 4291 section 2.5.1)."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever sent a request."""

    address: str
    """Of the connection; of the header only where the server was told to trust a proxy (`trusted_proxies`)."""
    device: str
    known: str = ""
    """What the browser keeps of accounts that signed in with it; see `review.sign_in.known_devices`."""

    @property
    def network(self) -> str:
        """Where tries are counted: the address, of IPv6 the /64 within which one subscriber chooses as he likes."""
        try:
            found = ip_address(self.address.partition("%")[0])
        except ValueError:
            return self.address
        if isinstance(found, IPv4Address):
            return str(found)
        inside = found.ipv4_mapped
        return str(inside) if inside is not None else str(IPv6Network((found, _OWN_NETWORK), strict=False))


def caller_of(request: Request) -> Caller:
    """The caller of the request."""
    agent = request.headers.get("user-agent", "")
    words = [next((word for sign, word in known if sign in agent), "") for known in (_SYSTEMS, _BROWSERS)]
    address = request.client.host if request.client else "未知地址"
    device = " ".join(word for word in words if word) or "其他设备"
    return Caller(address[:_LONGEST_ADDRESS], device, device_token(request))
