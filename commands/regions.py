"""Divisions as people type them on a command line."""

from domain.failures.errors import ConfigError
from domain.places.region import RegionCode
from storage.unit_of_work import UnitOfWork


def region_of(text: str) -> RegionCode:
    """The division of a typed code; ConfigError when it can be none."""
    try:
        return RegionCode.parse(text)
    except ValueError as exc:
        raise ConfigError(str(exc)) from exc


def must_have_villages(work: UnitOfWork, region: RegionCode) -> None:
    """ConfigError when the gazetteer knows no village inside: an empty answer would look like an answer."""
    if not work.coverage.villages(region):
        raise ConfigError(
            f"没有代码为 {region} 的区划, 或其中的村还没有导入地名(qianshao import gazetteer); 请核对代码"
        )
