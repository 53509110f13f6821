"""`qianshao classify`, `mentions`, `link`, `extract`: read files without writing leads."""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer
from pydantic import BaseModel, ConfigDict, ValidationError

from commands.archive_linking import link_archive
from commands.terminal import write_json
from commands.text_linking import TextLinking
from crawlers.extraction.article import Article, extract
from crawlers.extraction.dates import CHINA
from domain.failures.errors import ConfigError, FileError
from domain.failures.invalid_value import invalid_value
from domain.failures.unreadable import why_unreadable
from domain.links.link import Link
from domain.links.mention import Mentions, PersonMention, PlaceMention
from domain.register.household import Sex
from domain.texts.analysis import Reading
from nlp.classifying.classifier import load_classifier
from pipeline.deployment import make_deployment
from pipeline.settings.settings import Settings

_BATCH = 512


class TextLine(BaseModel):
    """One line of an input file."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)

    id: str
    title: str = ""
    text: str


def register(app: typer.Typer) -> None:
    """Add the commands that read files."""
    app.command("classify")(classify)
    app.command("mentions")(find_mentions)
    app.command("link")(link_texts)
    app.command("extract")(extract_page)


def classify(source: Path, target: Path) -> None:
    """读 JSONL 文本({"id","title","text"}), 写出风险类别、概率和依据; 不需要数据库。"""
    classifier = load_classifier(Settings.load().model)

    def read(lines: Sequence[TextLine]) -> list[dict[str, object]]:
        readings = classifier.read([(line.title, line.text) for line in lines])
        return [reading_record(line.id, reading) for line, reading in zip(lines, readings, strict=True)]

    _convert(source, target, read)


def find_mentions(source: Path, target: Path) -> None:
    """读 JSONL 文本, 写出人名、亲属、地点、电话、证件号、金额、面积、户数和日期。"""
    finder = make_deployment().mention_finder

    def read(lines: Sequence[TextLine]) -> list[dict[str, object]]:
        return [mentions_record(line.id, finder.find(line.title, line.text)) for line in lines]

    _convert(source, target, read)


def link_texts(
    source: Annotated[Path | None, typer.Argument(help="输入文件(JSONL)")] = None,
    target: Annotated[Path | None, typer.Argument(help="输出文件(JSONL)")] = None,
    archive: Annotated[
        bool, typer.Option("--all", help="重新关联本库的全部文本, 不读写文件; 可随时中断再运行")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="与 --all 同用: 输出一行JSON")] = False,
) -> None:
    """读 JSONL 文本, 写出可能的户和理由; 只查台账, 不产生线索。"""
    if archive:
        if source is not None:
            raise ConfigError("--all 关联本库的文本, 不能同时给出文件")
        link_archive(as_json=as_json)
        return
    if source is None or target is None:
        raise ConfigError("请给出输入和输出两个文件, 或用 --all 重新关联本库的全部文本")
    linking = TextLinking(make_deployment())

    def read(lines: Sequence[TextLine]) -> list[dict[str, object]]:
        return [link_record(line.id, found) for line, found in zip(lines, linking.texts(lines), strict=True)]

    _convert(source, target, read)


def extract_page(
    file: Path,
    url: Annotated[str, typer.Option(help="网页地址, 用于推断日期和补全附件地址")],
    fetched_at: Annotated[
        datetime | None, typer.Option("--fetched-at", help="网页的抓取时间, 给出后才解读「3小时前」之类的日期")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出JSON, 否则输出便于阅读的文字")] = False,
) -> None:
    """从保存的网页中取出标题、时间、来源、作者和正文。"""
    moment = fetched_at.replace(tzinfo=fetched_at.tzinfo or CHINA) if fetched_at else None
    article = extract(_bytes(file), url, fetched_at=moment)
    if as_json:
        write_json(article_record(article))
    else:
        _print_article(article)


def article_record(article: Article) -> dict[str, object]:
    """An article as the contract of `extract` prints it: five fields, then what only some pages have."""
    record: dict[str, object] = {
        "title": article.title,
        "published_at": article.published_at.isoformat() if article.published_at else None,
        "source": article.origin,
        "author": article.author,
        "text": article.text,
    }
    more: dict[str, object] = {
        "editor": article.editor,
        "captions": list(article.captions),
        "attachments": [{"url": one.url, "text": one.text} for one in article.attachments],
        "original_text": article.original_text,
        "kind": article.kind.value,
        "how": article.how.value,
        "agreement": article.agreement,
    }
    return record | more


def _print_article(article: Article) -> None:
    moment = article.published_at.isoformat(sep=" ", timespec="minutes") if article.published_at else "(未写明)"
    lines = [
        f"标题: {article.title}",
        f"时间: {moment}",
        f"来源: {article.origin}",
        f"作者: {article.author}",
        f"编辑: {article.editor}",
        f"类型: {article.kind.label}",
        *(f"图说: {one}" for one in article.captions),
        *(f"附件: {one.text} {one.url}" for one in article.attachments),
        "",
        article.text,
    ]
    typer.echo("\n".join(lines))


def reading_record(text_id: str, reading: Reading) -> dict[str, object]:
    """A reading as the contract of `classify` prints it."""
    return {
        "id": text_id,
        "risk": round(reading.risk_probability, 4),
        "labels": [
            {
                "slug": label.risk.value,
                "probability": round(label.probability, 4),
                "evidence": [{"start": span.start, "end": span.end, "text": span.text} for span in label.evidence],
            }
            for label in reading.labels
        ],
        "scope": reading.scope.value,
        "relocation": reading.relocation,
        "accusation": reading.accusation,
        "urgent": reading.urgent,
        "model": reading.model,
    }


def mentions_record(text_id: str, mentions: Mentions) -> dict[str, object]:
    """Mentions as the contract of `mentions` prints them."""
    return {
        "id": text_id,
        "persons": [
            {"name": one.name, "role": one.role.value, "start": one.start, "end": one.end} | _particulars(one)
            for one in mentions.persons
        ],
        "places": [_place_record(one) for one in mentions.places],
        "phones": [one.text for one in mentions.phones],
        "id_numbers": [one.text for one in mentions.id_numbers],
        "amounts": [one.text for one in mentions.amounts],
        "ambiguous_places": [
            {
                "codes": [code.digits for code in one.codes],
                "level": one.level.value,
                "name": one.name,
                "start": one.start,
                "end": one.end,
            }
            for one in mentions.ambiguous_places
        ],
        "foreign_places": [
            {"code": one.code.digits if one.code else None, "name": one.name, "start": one.start, "end": one.end}
            for one in mentions.foreign_places
        ],
        "areas": [one.text for one in mentions.areas],
        "households": [one.text for one in mentions.households],
        "dates": [one.text for one in mentions.dates],
        "relatives": [
            {"text": one.text, "relation": one.relation.value, "count": one.count, "start": one.start, "end": one.end}
            for one in mentions.relatives
        ],
    }


def _place_record(place: PlaceMention) -> dict[str, object]:
    record: dict[str, object] = {
        "code": place.code.digits,
        "level": place.level.value,
        "name": place.name,
        "start": place.start,
        "end": place.end,
    }
    # Only where they say something: scripts know the five keys above.
    return record | ({"meant": place.meant} if place.meant else {}) | ({"former": True} if place.former else {})


def _particulars(person: PersonMention) -> dict[str, object]:
    """What the text says of the person beside name and role; nothing that it leaves out."""
    said: dict[str, object] = {
        "sex": person.sex.value if person.sex is not Sex.UNKNOWN else None,
        "age": person.age,
        "birth_year": person.birth_year,
        "health": list(person.health) or None,
        "relation": person.relation.value if person.relation else None,
        "relation_to": person.relation_to or None,
    }
    return {key: value for key, value in said.items() if value is not None}


def link_record(text_id: str, found: Link) -> dict[str, object]:
    """A link as the contract of `link` prints it."""
    return {
        "id": text_id,
        "decision": found.decision.value,
        "village_code": found.village.digits if found.village else None,
        "candidates": [
            {
                "household_id": one.household_id,
                "probability": round(one.probability, 4),
                "why": list(one.why),
                "weights": list(one.weights),
            }
            for one in found.candidates
        ],
        "not_in_register": found.absent,
    }


def _convert(source: Path, target: Path, read: Callable[[Sequence[TextLine]], list[dict[str, object]]]) -> None:
    lines = iter_lines(source)
    batch = list(islice(lines, _BATCH))  # a source that cannot be read must not cost what the target holds
    try:
        with target.open("w", encoding="utf-8") as output:
            while batch:
                for record in read(batch):
                    output.write(json.dumps(record, ensure_ascii=False) + "\n")
                batch = list(islice(lines, _BATCH))
    except OSError as exc:
        raise ConfigError(f"写不了 {target}: {why_unreadable(exc)}") from exc


def iter_lines(path: Path) -> Iterator[TextLine]:
    """The texts of a JSON lines file; FileError names the line that is wrong."""
    for number, line in enumerate(_bytes(path).decode("utf-8-sig", errors="replace").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield TextLine.model_validate_json(line)
        except ValidationError as exc:
            found = invalid_value(exc.errors())
            raise FileError(f"{path} 第{number}行 {found.field or '整行'}: {found.reason}, 值 {line[:60]!r}") from exc


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as exc:
        raise ConfigError(f"读不了 {path}: {why_unreadable(exc)}") from exc
