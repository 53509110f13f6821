"""What the fuzzers have in common: their arguments, and a run of libFuzzer until the time is over.

Needs atheris (extra `dev`, Linux).
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import atheris

_SECONDS_AN_INPUT = 10
_MEGABYTES = 2_000

Check = Callable[[bytes], None]
"""Reads one input; what it throws is a finding."""
Mutate = Callable[[bytes, int, int], bytes]
"""Another input, made of one by chance: the input, its bytes at most, and the seed."""


def fuzz(
    description: str,
    targets: Mapping[str, Check],
    seeds: Callable[[str], Mapping[str, bytes]],
    *,
    longest: int,
    mutate: Mutate | None = None,
) -> None:
    """Fuzz the target that the command line names; libFuzzer ends the process itself, with 0 when nothing was found.

    `seeds` gives the inputs of a target to begin with, by name, and `longest` the bytes of an input at most. A finding
    is written to the folder that the command line names.
    """
    given = _arguments(description, list(targets)).parse_args()
    corpus = given.corpus or Path(tempfile.mkdtemp(prefix=f"fuzz-{given.target}-"))
    corpus.mkdir(parents=True, exist_ok=True)
    begun_with = Path(tempfile.mkdtemp(prefix="fuzz-seeds-"))
    for name, content in seeds(given.target).items():
        (begun_with / name).write_bytes(content)
    options = [
        f"-max_total_time={given.seconds}",
        f"-max_len={longest}",
        f"-timeout={_SECONDS_AN_INPUT}",
        f"-rss_limit_mb={_MEGABYTES}",
        f"-artifact_prefix={corpus}/",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus), str(begun_with)], targets[given.target], custom_mutator=mutate)
    atheris.Fuzz()


def _arguments(description: str, targets: list[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", choices=targets)
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument(
        "--corpus", type=Path, help="where new inputs and findings are kept; default a folder of its own"
    )
    return parser
