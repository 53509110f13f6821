"""What a list of changes (人口自然变更表) says of its rows: 减少 and 死亡 are nobody's presence."""

from collections.abc import Collection, Iterator, Mapping

from importers.registers.row_checks import Refusal
from importers.registers.ticks import RISKS
from importers.words.register_words import register_words
from importers.words.table_words import table_words

_OF_REMOVAL = ("removed_on", "removed_how")
_GONE = (
    "写着「{0}」, 这一行的人没有导入, 在册的这一户保持原样; 人已不在这一户的, 请写全这一户还在的人, "
    "填「家庭人口」一栏(这一户的人数, 户主也算), 还在的人不要写「{0}」, 再重新提交"
)


def who_has_left(values: Mapping[str, str], columns: Collection[str]) -> Refusal | None:
    """That a list of changes names somebody because he is there no more; None for everybody else.

    Behind 户主变更, and where no kind of change is asked, the reason 死亡 may be that of another. 减少 beside a
    category is that of its monitoring, unless the reason is a death.
    """
    change, reason = (_told(values, field) for field in ("change", "change_reason"))
    field, written = ("change", change) if change or "change" not in columns else ("change_reason", reason)
    words = register_words()
    if not words.is_gone(written) or words.is_undone(change + reason) or _is_removed(values):
        return None
    is_of_monitoring = words.is_reason_of_fewer(reason) or (words.is_fewer(written) and _is_monitored(values))
    if is_of_monitoring and not words.left_in(reason):
        return None
    return Refusal(field, _GONE.format(written), written)


def words_of_leaving(values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The fields of a row that is read, each with the word by which somebody has died or moved away."""
    words = register_words()
    for field in ("state", "change", "change_reason"):
        if left := words.left_in(values.get(field, "")):
            yield field, left
    change, reason = values.get("change", ""), values.get("change_reason", "")
    if words.is_fewer(change) and not words.is_reason_of_fewer(reason) and not _is_removed(values):
        yield "change", change


def _told(values: Mapping[str, str], field: str) -> str:
    text = values.get(field, "")
    return "" if table_words().says_no_number(text) else text


def _is_removed(values: Mapping[str, str]) -> bool:
    """True where the row says itself that the risk of the household has gone."""
    said = values.get("removed", "")
    is_said = bool(said) and register_words().answer(said) is not False
    return is_said or any(register_words().is_tick(values.get(field, "")) is not False for field in _OF_REMOVAL)


def _is_monitored(values: Mapping[str, str]) -> bool:
    is_known = register_words().category(values.get("category", "")) is not None
    return is_known or any(field in values for field in RISKS)
