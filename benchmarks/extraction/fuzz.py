"""Feeds mutated pages to the extraction under coverage guidance: no input may crash it or take ten seconds.

`python -m benchmarks.extraction.fuzz [--seconds 600] [--corpus FOLDER]`; the invented pages of the tests are the seeds.
Needs atheris (extra `dev`, Linux). Ends with 0 when nothing was found; an input that was is written to the folder.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["crawlers.extraction"]):
    from crawlers.extraction.article import Article, extract
    from crawlers.extraction.links import next_page

_SEEDS = Path(__file__).parents[2] / "tests" / "crawlers" / "extraction" / "pages"
_LONGEST_INPUT = 20_000
_SECONDS_A_PAGE = 10
_ADDRESS = "http://page.invalid/202609/t20260903_1.html"


def check(content: bytes) -> None:
    """Extract the page and hold what every caller relies on; an exception ends the run."""
    article: Article = extract(content, _ADDRESS)
    if "\x00" in article.title + article.text:
        raise AssertionError("a null byte came through")
    if article.text and not article.text.strip():
        raise AssertionError("a text of spaces")
    if article.published_at is not None:
        article.published_at.isoformat()
    next_page(content.decode("utf-8", errors="replace"), _ADDRESS)


def main() -> None:
    """Run until the time is over; libFuzzer ends the process itself."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument(
        "--corpus", type=Path, help="where new inputs and findings are kept; default a folder of its own"
    )
    given = parser.parse_args()
    corpus = given.corpus or Path(tempfile.mkdtemp(prefix="fuzz-extraction-"))
    corpus.mkdir(parents=True, exist_ok=True)
    options = [
        f"-max_total_time={given.seconds}",
        f"-max_len={_LONGEST_INPUT}",
        f"-timeout={_SECONDS_A_PAGE}",
        f"-artifact_prefix={corpus}/",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus), str(_SEEDS)], check)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
