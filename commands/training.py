"""`qianshao train` and `qianshao evaluate`: from texts to weights, and how good they are."""

import logging
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.terminal import print_table, write_json
from crawlers.extraction.evaluation import evaluate_pages, means
from crawlers.extraction.evaluation import read_gold as read_gold_pages
from domain.failures.errors import ConfigError
from domain.failures.unreadable import why_unreadable
from domain.risk import Risk
from nlp.classifying.classifier import load_classifier
from nlp.evaluation import Scores, evaluate_files
from nlp.mention_evaluation import evaluate_mentions, read_gold
from pipeline.deployment import make_deployment
from pipeline.linking.parameters import parameters_text
from pipeline.settings.settings import Settings
from pipeline.stages.estimate_linking import MOST_TEXTS, estimate_on_archive
from pipeline.stages.evaluate_linking import LinkScores, evaluate_linking, read_gold_links

if TYPE_CHECKING:
    from nlp.training.telling import NetworkRecipe

train = typer.Typer(help="训练。", no_args_is_help=True)
evaluate = typer.Typer(help="评测。", no_args_is_help=True)

_QUESTIONS = {"micro": "各类合计", "lead": "是否线索", "accusation": "检举控告", "urgent": "紧急"}
_MENTIONS = {
    "persons": "人名",
    "persons_with_role": "人名和角色",
    "villages": "村",
    "groups": "组",
    "phones": "电话",
    "id_numbers": "证件号",
    "amounts": "金额",
    "areas": "面积",
    "households": "户数",
}
_FEWEST_TEXTS = 50
"""With possible households; from fewer nothing is estimated."""
_IDS_SHOWN = 10
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
    encoder: Annotated[
        Path | None, typer.Option("--encoder", help="神经网络以此目录的预训练编码器为底; 不给时以词向量为底")
    ] = None,
    epochs: Annotated[int, typer.Option("--epochs", min=1, help="神经网络把全部文本读几遍")] = 8,
    marks: Annotated[
        list[Path] | None, typer.Option("--marks", help="标明依据在正文何处的文件(JSONL), 可多次给出")
    ] = None,
    without_network: Annotated[
        bool, typer.Option("--without-network", help="不训练神经网络, 不需要训练组件, 准确率略低")
    ] = False,
) -> None:
    """用标注文本训练分类模型: 全文、分句、句子模型, 神经网络, 以及综合各家的评判。"""
    from nlp.training.train_panel import train  # no other command has need of it

    logging.getLogger("nlp.training").setLevel(logging.INFO)  # an hour without a word looks like a hang
    recipe = None if without_network else _recipe(encoder, epochs)
    train(data, out, texts=texts or (), marks=marks or (), network=recipe)


@train.command("gate")
def train_gate(
    data: Annotated[list[Path], typer.Option("--data", help="标注文件(JSONL), 可多次给出")],
    plain: Annotated[
        list[Path], typer.Option("--plain", help="媒体文本: 文章之间空一行的纯文本, 或JSONL, 可为.xz, 可多次给出")
    ],
    answers: Annotated[Path, typer.Option("--answers", help="分类器的判读留在此文件, 中断后接着来")],
    out: Annotated[Path, typer.Option("--out", help="分类器的目录, 初筛写在其中的 gate")],
    texts: _Texts = None,
    most: Annotated[int, typer.Option("--most", min=1, help="媒体文本最多用多少条; 每千条约读10秒")] = 20_000,
) -> None:
    """让初筛跟着 --out 目录里的分类器学: 哪些媒体文本不必细读。"""
    _need_training_parts()
    from nlp.training.train_gate import train  # needs torch

    logging.getLogger("nlp.training").setLevel(logging.INFO)
    train(data, plain, out, texts=texts or (), answers=answers, most=most)


@train.command("linking")
def train_linking(
    out: Annotated[Path, typer.Option("--out", help="参数文件(TOML), 在 settings.toml 里以 linking 启用")],
    most: Annotated[
        int, typer.Option("--texts", min=1, help="从本库随机抽取的文本数, 每千条约占20MB内存")
    ] = MOST_TEXTS,
) -> None:
    """用本库已处理的文本和现行台账估计关联参数; 不需要人工标注, 写出的文件请先看过再启用。"""
    if out.is_dir() or not out.absolute().parent.is_dir():
        raise ConfigError(f"写不了 {out}: 应是一个文件, 所在的文件夹要先建好")
    deployment = make_deployment()
    linker, day = deployment.linker(), deployment.clock.now().date()
    found = estimate_on_archive(deployment.store, linker, deployment.gazetteer, day, most=most)
    if found.telling < _FEWEST_TEXTS:
        raise ConfigError(
            f"只有{found.telling}条文本有可能的户, 少于{_FEWEST_TEXTS}条, 估计不可靠; 请继续使用随程序的参数"
        )
    comment = (
        f"Estimated without labels on {found.telling} texts with candidates, of {found.sampled} drawn from the "
        f"{found.archive} of the archive; register version {linker.registry_version}."
    )
    try:
        out.write_text(parameters_text(found.parameters, comment), encoding="utf-8")
    except OSError as exc:
        raise ConfigError(f"写不了 {out}: {why_unreadable(exc)}") from exc
    typer.echo(f'已写出 {out} (依据{found.telling}条文本); 核对后在 settings.toml 里写 linking = "{out}"')


@train.command("words", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def train_words(context: typer.Context) -> None:
    """从纯文本得出词表和词向量; 加 -- --help 看全部参数。"""
    from nlp.training.pretraining.words import main

    main(context.args)


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
    if not scores.texts:
        raise ConfigError(f"{gold} 没有一条标注")
    if as_json:
        write_json(scores.as_record())
    else:
        _print(scores)


@evaluate.command("mentions")
def evaluate_mention_finder(
    gold: Annotated[Path, typer.Option("--gold", help="标明人名、角色、村组和数值位置的文件(JSONL)")],
    as_json: Annotated[bool, typer.Option("--json", help="输出JSON")] = False,
) -> None:
    """在标注文件上评测人名、角色、地点和数值的提取; 地名以已导入的为准。"""
    texts = read_gold(gold)
    if not texts:
        raise ConfigError(f"{gold} 没有一条标注")
    scores = evaluate_mentions(texts, make_deployment().mention_finder.find)
    if as_json:
        write_json({"texts": len(texts), "scores": [one.as_record() for one in scores]})
        return
    rows = [
        (_MENTIONS.get(one.kind, one.kind), one.expected, f"{one.precision:.3f}", f"{one.recall:.3f}", f"{one.f1:.3f}")
        for one in scores
    ]
    print_table("提取评测", ("类别", "数量", "精确率", "召回率", "F1"), rows)


@evaluate.command("linking")
def evaluate_household_linking(
    gold: Annotated[
        Path,
        typer.Option("--gold", help="每行一条文本和它说的户(JSONL): id、title、text、household_id; 不在台账写 null"),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="输出JSON")] = False,
) -> None:
    """在标注文件上评测关联到户; 对照现行台账, 没有 text 的行按 id 取本库已处理的文本。"""
    from commands.text_linking import TextLinking  # the language models, which training does without

    deployment = make_deployment()
    texts = read_gold_links(gold, deployment.store)
    scores = evaluate_linking(texts, TextLinking(deployment).gold)
    if as_json:
        write_json(scores.as_record())
    else:
        _print_links(scores)


def _print_links(scores: LinkScores) -> None:
    figures = scores.figures
    shares = (
        ("首位正确", figures.recall_at_1),
        ("前五位中有", figures.recall_at_5),
        ("自动关联正确率", figures.precision),
        ("自动关联覆盖率", figures.coverage),
        ("不在台账却关联", figures.false_links),
        ("识别不在台账(AUC)", figures.absent_auc),
        ("概率校准误差", figures.calibration_error),
        ("“不在台账”概率校准误差", figures.absent_calibration_error),
    )
    rows = [(name, "无从计算" if value is None else f"{value:.3f}") for name, value in shares]
    print_table(f"关联评测: {figures.texts}条文本, {scores.registered}条的户在台账", ("指标", "数值"), rows)
    errors = [(kind.label, len(ids), _first(ids)) for kind, ids in scores.errors.items()]
    print_table("不对的", ("种类", "条数", "编号"), errors)


def _first(ids: Sequence[str]) -> str:
    return "、".join(ids[:_IDS_SHOWN]) + ("…" if len(ids) > _IDS_SHOWN else "")


@evaluate.command("extraction")
def evaluate_extraction(
    gold: Annotated[Path, typer.Option("--gold", help="标准答案(JSONL), 网页文件放在同一目录")],
    as_json: Annotated[bool, typer.Option("--json", help="输出JSON")] = False,
) -> None:
    """在人工核对过的网页上评测标题、时间、来源、作者和正文的提取; 不需要数据库。"""
    scores = evaluate_pages(read_gold_pages(gold), gold.parent)
    if as_json:
        write_json(means(scores).as_record())
        return
    rows = [
        (
            one.file,
            f"{one.body_f1:.3f}",
            *("✓" if right else "✗" for right in (one.title, one.day, one.source, one.author)),
        )
        for one in scores
    ]
    total = means(scores)
    rows.append(
        (
            "平均",
            f"{total.body_f1:.3f}",
            *(f"{one:.3f}" for one in (total.title, total.day, total.source, total.author)),
        )
    )
    print_table("网页提取评测", ("网页", "正文F1", "标题", "日期", "来源", "作者"), rows)


def _recipe(encoder: Path | None, epochs: int) -> "NetworkRecipe":
    _need_training_parts()
    from nlp.network.vocabulary import read_vocabulary
    from nlp.training.network.loop import Plan
    from nlp.training.train_network import Recipe

    if encoder is not None:
        read_vocabulary(encoder)  # a wrong folder is told now, not after the other models are trained
    return Recipe(plan=Plan(epochs=epochs), encoder=encoder)


def _need_training_parts() -> None:
    missing = [name for name in _PARTS if find_spec(name) is None]
    if missing:
        raise ConfigError(f"缺少训练组件 {'、'.join(missing)}, 请先安装: pip install -c constraints.txt -e '.[train]'")


def _label(name: str) -> str:
    return _QUESTIONS.get(name) or Risk(name).label


def _print(scores: Scores) -> None:
    rows = [
        (_label(one.name), one.support, f"{one.precision:.3f}", f"{one.recall:.3f}", f"{one.f1:.3f}")
        for one in (*scores.labels, scores.micro, scores.lead, scores.accusation, scores.urgent)
    ]
    print_table("分类评测", ("类别", "数量", "精确率", "召回率", "F1"), rows)
