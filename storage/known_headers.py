"""The headers that people confirmed, as they were when a file was opened."""

from domain.header_profile import Profile
from storage.store import Store


class KnownHeaders:
    """Read once: a confirmation given while a file is read does not change how its rest is read."""

    def __init__(self, store: Store) -> None:
        """Read every profile of the store."""
        with store.reading() as work:
            self._profiles = {profile.fingerprint: profile for profile in work.header_profiles.every()}

    def known(self, fingerprint: str) -> Profile | None:
        """The profile of a header, None when nobody has confirmed it."""
        return self._profiles.get(fingerprint)
