"""Word lists in YAML, read by libyaml: every command and every reading process begins with a dozen of them."""

from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The same safe loader in C, ten times as fast; a build of the library without libyaml has only the other."""


def read_lexicon(text: str) -> Any:
    """What the text holds: mappings, lists, plain values. yaml.YAMLError when it is no YAML."""
    return yaml.load(text, _LOADER)  # noqa: S506 - a safe loader
