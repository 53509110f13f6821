"""`python -m benchmarks.extraction.redaction --pages FOLDER`: what it costs to keep of pages what was read.

Processor time of reading a page, and of reading it and making what the archive keeps of it: for the pages of the
folder, and for an invented short report with 200 comments.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from crawlers.archiving.redaction import kept_body
from crawlers.declaring.source import SourceSpec, load_source
from crawlers.extraction.article import extract

_SOURCE = Path("crawlers/sources/shanxi/huanghe_xinwen_wang.yml")
_URL = "http://news.invalid/n/1.html"
_ROUNDS = 3
"""The fastest counts: other work on the machine only slows down."""
_COMMENTS = 200


def main() -> None:
    """Print one line for each kind of page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=Path, required=True, help="folder of saved pages (*.html)")
    saved = [path.read_bytes() for path in sorted(parser.parse_args().pages.glob("*.html"))]
    spec = load_source(_SOURCE)
    for name, pages in (("saved pages", saved), ("200 comments", [_long_page()] * 10)):
        without, with_it = (_pages_per_second(work, pages, spec) for work in (_read, _read_and_keep))
        print(f"{name}: {without:.1f} pages a second without redaction, {with_it:.1f} with")


def _pages_per_second(work: Callable[[bytes, SourceSpec], None], pages: Sequence[bytes], spec: SourceSpec) -> float:
    taken = []
    for _ in range(_ROUNDS):
        started = time.process_time()
        for page in pages:
            work(page, spec)
        taken.append(time.process_time() - started)
    return len(pages) / min(taken)


def _read(page: bytes, spec: SourceSpec) -> None:
    extract(page, _URL)


def _read_and_keep(page: bytes, spec: SourceSpec) -> None:
    kept_body(page, spec, article=extract(page, _URL))


def _long_page() -> bytes:
    body = "<p>受灾的红枣约有八百亩，部分农户全年的收入受到影响，镇里正在逐户核实。</p>" * 6
    comment = "<li><b class=nick>试验甲{0}</b><p>我家也是这样，等了好几个月，没有人来看{0}。</p>回复 支持({0})</li>"
    comments = "".join(comment.format(number) for number in range(_COMMENTS))
    return f"<html><body><h1>红枣受灾</h1><div>{body}</div><ul class=comments>{comments}</ul></body></html>".encode()


if __name__ == "__main__":
    main()
