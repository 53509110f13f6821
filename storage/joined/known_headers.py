"""The headers that people of an office confirmed, as they were when a file was opened."""

from domain.deliveries.header_profile import Profile
from domain.places.office import HOUSE
from storage.store import Store


class KnownHeaders:
    """Read once: a confirmation given while a file is read does not change how its rest is read."""

    def __init__(self, store: Store, office: str = HOUSE) -> None:
        """Read the office's profiles; where it has none of a header, that of the deployment itself counts."""
        with store.reading() as work:
            profiles = [one for one in work.header_profiles.every() if one.office in (office, HOUSE)]
        latest = max((one.confirmed_at for one in profiles), default=None)
        self.mark = f"{len(profiles)} {latest}"
        """Changes whenever a header is confirmed or forgotten."""
        self._profiles = {one.fingerprint: one for one in sorted(profiles, key=lambda one: one.office == office)}

    def known(self, fingerprint: str) -> Profile | None:
        """The profile of a header, None when nobody has confirmed it."""
        return self._profiles.get(fingerprint)
