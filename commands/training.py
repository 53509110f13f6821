"""`qianshao train` and `qianshao evaluate`: from texts to weights, and how good they are."""

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from commands.terminal import print_table, write_json
from domain.errors import ConfigError
from nlp.classifier import load_classifier
from nlp.evaluation import Scores, evaluate_files
from pipeline.settings import Settings

train = typer.Typer(help="训练。", no_args_is_help=True)
evaluate = typer.Typer(help="评测。", no_args_is_help=True)

_PARTS = ("torch", "transformers", "onnx", "onnxscript")
_Texts = Annotated[list[Path] | None, typer.Option("--texts", help="只有编号的标注到这些文件里找正文, 可多次给出")]


@train.callback()
def training() -> None:
    """训练编码器和分类模型。"""


@train.command("classifier")
def train_classifier(
    data: Annotated[list[Path], typer.Option("--data", help="标注文件(JSONL), 可多次给出")],
    out: Annotated[Path, typer.Option("--out", help="输出目录")],
    texts: _Texts = None,
    encoder: Annotated[Path | None, typer.Option("--encoder", help="编码器目录; 不给时用随软件提供的")] = None,
    epochs: Annotated[int, typer.Option("--epochs", min=1, help="神经网络把全部文本读几遍")] = 5,
    marks: Annotated[
        list[Path] | None, typer.Option("--marks", help="标明依据在正文何处的文件(JSONL), 可多次给出")
    ] = None,
    without_network: Annotated[
        bool, typer.Option("--without-network", help="只训练随软件所用的模型, 不训练神经网络, 不需要训练组件")
    ] = False,
) -> None:
    """用标注文本训练分类模型: 全文模型、分句模型、综合两者的评判, 以及神经网络。"""
    if without_network:
        from nlp.training.train_panel import train as train_panel  # no other command has need of it

        train_panel(data, out, texts=texts or (), marks=marks or ())
        return
    _need_training_parts()
    from nlp.training.network.loop import Plan
    from nlp.training.train_ensemble import SHIPPED_ENCODER, train

    train(data, texts or (), marks or (), encoder or SHIPPED_ENCODER, out, Plan(epochs=epochs))


@train.command("encoder", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def train_encoder(context: typer.Context) -> None:
    """用纯文本预训练编码器, 可中断后继续; 加 -- --help 看全部参数。"""
    _need_training_parts()
    from nlp.training.pretraining.__main__ import main

    main(context.args)


@evaluate.callback()
def evaluation() -> None:
    """在标注好的文件上评测。"""


@evaluate.command("classifier")
def evaluate_classifier(
    gold: Annotated[Path, typer.Option("--gold", help="标注文件(JSONL)")],
    texts: _Texts = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出JSON")] = False,
) -> None:
    """在标注文件上评测分类器。"""
    scores = evaluate_files([gold], load_classifier(Settings.load().model), texts=texts or ())
    if as_json:
        write_json(scores.as_record())
    else:
        _print(scores)


def _need_training_parts() -> None:
    missing = [name for name in _PARTS if find_spec(name) is None]
    if missing:
        raise ConfigError(f"缺少训练组件 {'、'.join(missing)}, 请先安装: pip install -c constraints.txt -e '.[train]'")


def _print(scores: Scores) -> None:
    rows = [
        (one.name, one.support, f"{one.precision:.3f}", f"{one.recall:.3f}", f"{one.f1:.3f}")
        for one in (*scores.labels, scores.micro, scores.lead, scores.accusation, scores.urgent)
    ]
    print_table("分类评测", ("类别", "数量", "精确率", "召回率", "F1"), rows)
