"""What the peers find on the pages, as JSON lines on standard output; runs in an interpreter that has them.

`PYTHON benchmarks/extraction/peers.py NAME FOLDER < FILES`: NAME is `gne` or a trafilatura setting, FILES one name a
line. GNE's licence file is the GPL: it is never a dependency, the interpreter that holds it is a throwaway one.
Nothing of this project is imported here, for that interpreter does not have it.
"""

import json
import sys
from pathlib import Path
from typing import Any

TRAFILATURA: dict[str, dict[str, Any]] = {
    "trafilatura": {},
    "trafilatura, recall": {"favor_recall": True},
    "trafilatura, precision": {"favor_precision": True},
}


def main() -> None:
    """Read every page with the named peer."""
    name, folder = sys.argv[1], Path(sys.argv[2])
    for file in sys.stdin.read().split("\n"):
        if file:
            content = (folder / file).read_bytes()
            found = _by_gne(content) if name == "gne" else _by_trafilatura(content, name)
            print(json.dumps({"file": file, **found}))


def _by_gne(content: bytes) -> dict[str, str]:
    from gne import GeneralNewsExtractor

    try:
        html = content.decode("utf-8")
    except UnicodeDecodeError:
        html = content.decode("gb18030", errors="replace")
    found = GeneralNewsExtractor().extract(html)
    return {
        "title": found.get("title") or "",
        "day": (found.get("publish_time") or "")[:10].replace("/", "-"),
        "text": found.get("content") or "",
    }


def _by_trafilatura(content: bytes, name: str) -> dict[str, str]:
    import trafilatura

    found: Any = trafilatura.bare_extraction(content, include_comments=False, with_metadata=True, **TRAFILATURA[name])
    text = trafilatura.extract(content, include_comments=False, **TRAFILATURA[name])
    return {
        "title": (found.title if found else "") or "",
        "day": (found.date if found else "") or "",
        "text": text or "",
    }


if __name__ == "__main__":
    main()
