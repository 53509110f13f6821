"""Which gate stands before the texts of the media, and if none does, why."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from crawlers.declaring.source import SourceSpec
from nlp.classifying.gate import Gate, load_gate
from nlp.classifying.weights import GATE, SHIPPED
from pipeline.policy.gate_table import GatePolicy


@dataclass(frozen=True, slots=True)
class NewsGate:
    """The gate in force, None where every text is read, and a Chinese sentence about it."""

    gate: Gate | None
    message: str
    ok: bool = True
    """False where the county has it on and cannot have it."""


def articles_of(sources: Mapping[str, tuple[Path, SourceSpec]]) -> frozenset[str]:
    """Names of the media whose articles meet the gate: no boards, for what people write to an office is always read."""
    return frozenset(name for name, (_, spec) in sources.items() if spec.kind != "board")


def news_gate(policy: GatePolicy, model: Path | None, reader: str) -> NewsGate:
    """The gate that belongs to the classifier's weights (those shipped when `model` is None).

    Only before a reader of which its losses were measured: another one may look for what this gate passes by.

    Raises:
        ModelError: when its files are there and not whole.
    """
    if not policy.on:
        return NewsGate(None, "政策表 gate.toml 已关闭初筛, 媒体文本全部细读")
    folder = (model or SHIPPED) / GATE
    if not folder.is_dir():
        return NewsGate(None, f"模型目录里没有 {GATE}, 媒体文本全部细读; 要用初筛请运行 qianshao train gate")
    gate = load_gate(folder)
    if reader not in gate.manifest.readers:
        return NewsGate(
            None, f"初筛 {gate.version} 没有和分类器 {reader} 一起测量过, 未启用; 请运行 qianshao train gate", ok=False
        )
    chosen = gate if policy.least is None else gate.with_least(policy.least)
    return NewsGate(chosen, f"{chosen.version}, 对数几率{chosen.manifest.least}起细读")
