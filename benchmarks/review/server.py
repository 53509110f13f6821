"""The web application on a database, in a process of its own: `python -m benchmarks.review.server URL KEY PORT`."""

import sys

import uvicorn

from domain.clock import SystemClock
from pipeline.policy.tables import load_policy
from review.app import create_app
from storage.store import open_store


def main() -> None:
    """Serve until the process is ended."""
    url, key, port = sys.argv[1:]
    store = open_store(url, bytes.fromhex(key))
    app = create_app(store, SystemClock(), load_policy().departments)
    uvicorn.run(app, host="127.0.0.1", port=int(port), log_level="warning", access_log=False, server_header=False)


if __name__ == "__main__":
    main()
