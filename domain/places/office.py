"""Whose numbers a delivered record carries: every office counts its petitions for itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.places.region import RegionCode

HOUSE = ""
"""The deployment itself: the command line, the top of the drop folder, and the office that it was set up for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offices:
    """Names the office behind each way in; two ways of one office have the same name."""

    house: RegionCode
    """The office of this deployment."""
    known: Mapping[str, RegionCode] = field(default_factory=dict)
    """Subfolders of the drop folder and mail addresses whose office's division the settings say."""

    def of_region(self, region: RegionCode) -> str:
        """The office of an account or a key."""
        return HOUSE if region == self.house else region.digits

    def of_folder(self, name: str) -> str:
        """The office that a subfolder of the drop folder is for; the deployment itself above all subfolders."""
        return self._named(name, "folder") if name else HOUSE

    def of_sender(self, address: str) -> str:
        """The office that a mail address belongs to."""
        return self._named(address, "mail")

    def _named(self, name: str, way: str) -> str:
        region = self.known.get(name)
        return f"{way}:{name}" if region is None else self.of_region(region)
