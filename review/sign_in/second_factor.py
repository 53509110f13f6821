"""The second factor: codes of an authenticator (TOTP, RFC 6238), the picture it is read from, recovery codes."""

import re
from datetime import datetime

import pyotp
import segno
from markupsafe import Markup

from review.sign_in.passwords import make_code

_ISSUER = "前哨"
_DRIFT = (0, -1, 1)
"""Steps of 30 seconds by which the clock of a phone may be wrong."""
_CODE = re.compile(r"\d{6}")
_CODE_GROUPS, _CODE_LENGTH = 3, 4
_SPACES = re.compile(r"[\s-]+")


def make_secret() -> str:
    """A new secret of 160 bits in base32."""
    return pyotp.random_base32()


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The time step that the code belongs to, None when it fits none near `now`."""
    digits = _SPACES.sub("", code)
    if not _CODE.fullmatch(digits) or not digits.isascii():
        return None
    totp = pyotp.TOTP(secret)
    present = totp.timecode(now)
    return next((present + drift for drift in _DRIFT if _same(totp.generate_otp(present + drift), digits)), None)


def picture_of(secret: str, username: str) -> Markup:
    """The QR code from which an authenticator takes the secret, as SVG to stand inside a page."""
    address = pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=_ISSUER)
    # Made by the library of our own text; nothing that a person typed gets into the markup.
    return Markup(segno.make(address, error="m", micro=False).svg_inline(scale=5, border=2))  # noqa: S704


def make_recovery_codes(number: int) -> list[str]:
    """So many codes of about 59 bits, each good once."""
    return [make_code(_CODE_GROUPS, _CODE_LENGTH) for _ in range(number)]


def recovery_code_of(typed: str) -> str:
    """A recovery code as it was made, from what a person typed."""
    plain = _SPACES.sub("", typed).lower()
    return "-".join(plain[start : start + _CODE_LENGTH] for start in range(0, len(plain), _CODE_LENGTH))


def _same(expected: str, given: str) -> bool:
    return pyotp.utils.strings_equal(expected, given)
