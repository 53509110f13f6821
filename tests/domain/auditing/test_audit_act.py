"""Every act of the audit log has a Chinese name, and so has every word of its detail."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.auditing.audit_act import AuditAct, AuditWord, act_label, said_detail
from domain.texts.accusation import AccusationAct

ROOT = Path(__file__).parents[3]
WRITERS = {"note", "note_of", "_note", "_entry", "_refuse", "_move", "_new_codes", "note_export"}
"""What the program calls with the act's slug among the arguments."""


def acts_of(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        given = [one.value for one in node.keywords if one.arg == "action"]
        given += [*node.args] if name in WRITERS else []
        for one in given:
            for part in (one.body, one.orelse) if isinstance(one, ast.IfExp) else (one,):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value


def written() -> set[str]:
    """Every act that the source names; what else these calls are given is no slug of an act."""
    sources = [path for room in ("review", "pipeline", "commands") for path in (ROOT / room).rglob("*.py")]
    found = {act for path in sources for act in acts_of(path.read_text(encoding="utf-8"))}
    return {one for one in found if one not in set(AuditWord) and one.replace("_", "").isalpha() and one.isascii()}


def test_every_act_that_the_program_names_has_a_label():
    found = written()

    assert len(found) > 50
    assert found - set(AuditAct) == set()


def test_every_step_of_an_accusation_is_an_act():
    assert {f"accusation_{one.value}" for one in AccusationAct} <= set(AuditAct)


@pytest.mark.parametrize("word", [*AuditAct, *AuditWord])
def test_labels_are_chinese(word: AuditAct | AuditWord):
    assert any("\u4e00" <= sign <= "\u9fff" for sign in word.label)


@pytest.mark.parametrize(
    ("action", "detail", "said"),
    [
        ("sign_in", "password", "密码"),
        ("decide", "verify confirmed", "核查结论 属实"),
        ("purge", "no_risk_texts=3 no_lead_texts=0", "没有困难的文本=3 不支持线索的其他文本=0"),
        ("change_role", "town 141124104 -> village 141124104202", "镇干部 141124104 -> 村干部 141124104202"),
        ("reveal", "text lead1 说account的事 account", "信访件全文 lead1 说account的事 account"),
        ("view_lead", "", ""),
        ("of_tomorrow", "12 x", "12 x"),
    ],
)
def test_the_words_of_a_detail_are_said_in_chinese_and_everything_else_stays(action: str, detail: str, said: str):
    assert said_detail(action, detail) == said


def test_an_act_of_another_version_is_shown_as_it_stands():
    assert act_label("of_tomorrow") == "of_tomorrow"
