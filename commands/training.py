"""`qianshao train` and `qianshao evaluate`: from labelled texts to weights, and how good they are."""

from pathlib import Path
from typing import Annotated

import typer

from commands.terminal import print_table, write_json
from nlp.classifier import load_classifier
from nlp.evaluation import Scores, evaluate_files
from nlp.training.train_linear import train as train_linear
from pipeline.settings import Settings

train = typer.Typer(help="训练。", no_args_is_help=True)
evaluate = typer.Typer(help="评测。", no_args_is_help=True)


@train.callback()
def training() -> None:
    """训练分类模型。"""


@train.command("classifier")
def train_classifier(
    data: Annotated[list[Path], typer.Option("--data", help="标注文件(JSONL), 可多次给出")],
    out: Annotated[Path, typer.Option("--out", help="输出目录")],
) -> None:
    """用标注文本训练线性分类模型。"""
    train_linear(data, out)


@evaluate.callback()
def evaluation() -> None:
    """在标注好的文件上评测。"""


@evaluate.command("classifier")
def evaluate_classifier(
    gold: Annotated[Path, typer.Option("--gold", help="标注文件(JSONL)")],
    as_json: Annotated[bool, typer.Option("--json", help="输出JSON")] = False,
) -> None:
    """在标注文件上评测分类器。"""
    scores = evaluate_files([gold], load_classifier(Settings.load().model))
    if as_json:
        write_json(scores.as_record())
    else:
        _print(scores)


def _print(scores: Scores) -> None:
    rows = [
        (one.name, one.support, f"{one.precision:.3f}", f"{one.recall:.3f}", f"{one.f1:.3f}") for one in scores.labels
    ]
    print_table("分类评测", ("类别", "数量", "精确率", "召回率", "F1"), rows)
