"""What somebody looked for, as an address may carry it: addresses are written down by browsers and proxies."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode

from domain.failures.errors import KeyMissing
from storage.encryption.cipher import FieldCipher, sealed_place

_LONGEST = 600
"""Characters of an address part that is looked at; sixty signs of Chinese take a good four hundred."""
_BEGINNING = "words:"
"""Of what is sealed here, and of no other value: those of the first versions are bound to no place, and would open."""


class AddressWords:
    """Words sealed for one account: whoever finds the address elsewhere reads nothing, and nobody else can use it."""

    def __init__(self, cipher: FieldCipher) -> None:
        """Seal with the keys of the fields."""
        self._cipher = cipher

    def seal(self, username: str, words: str) -> str:
        """The words as part of an address, another one each time."""
        return urlsafe_b64encode(self._cipher.encrypt(_BEGINNING + words, _place(username))).decode().rstrip("=")

    def open(self, username: str, part: str) -> str:
        """The words; none where the part was not made for this account, or its key is gone."""
        if len(part) > _LONGEST:
            return ""
        try:
            text = self._cipher.decrypt(urlsafe_b64decode(part + "=" * (-len(part) % 4)), _place(username))
        except (KeyMissing, binascii.Error, ValueError):
            return ""
        return text.removeprefix(_BEGINNING) if text.startswith(_BEGINNING) else ""


def _place(username: str) -> bytes:
    return sealed_place("addresses", "words", username)
