"""What a browser takes out of a page before it posts a form."""

import re

from fastapi.testclient import TestClient
from httpx2 import Response


def token_of(page: str) -> str:
    """The token of the page's forms."""
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', page)
    assert found is not None
    return found[1]


def look_for(client: TestClient, words: str) -> Response:
    """The feed's page with what the search finds."""
    fields = {"csrf": token_of(client.get("/?view=all").text), "q": words}
    return client.get(client.post("/", data=fields, follow_redirects=False).headers["location"])
