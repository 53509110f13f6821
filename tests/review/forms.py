"""What a browser takes out of a page before it posts a form."""

import re


def token_of(page: str) -> str:
    """The token of the page's forms."""
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', page)
    assert found is not None
    return found[1]
