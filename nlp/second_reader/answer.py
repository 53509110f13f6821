"""Checks an answer: the form, the categories, that every quotation stands in the text, that nothing contradicts itself.

A text may try to talk the model into something. What it can reach is an answer of this form with quotations that are
really there, and then a person decides.
"""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, WithJsonSchema

from domain.failures.errors import AnswerRefused
from domain.risk import GUIDE_RISKS, Risk
from domain.texts.analysis import Evidence, RiskLabel
from domain.texts.second_reading import Opinion
from domain.words.vocabulary import Factuality, Scope


def _by_guide(risk: Risk) -> Risk:
    if risk not in GUIDE_RISKS:
        raise ValueError("no category of the guide")
    return risk


Slug = Annotated[
    Risk,
    AfterValidator(_by_guide),
    WithJsonSchema({"type": "string", "enum": [risk.value for risk in GUIDE_RISKS]}),
]
Quotation = Annotated[str, Field(min_length=2, max_length=200)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class AnswerLabel(_Strict):
    """One category with the words that carry it."""

    slug: Slug
    quotations: Annotated[tuple[Quotation, ...], Field(min_length=1, max_length=2)]


class Answer(_Strict):
    """The whole answer; its JSON schema is part of the request."""

    labels: Annotated[tuple[AnswerLabel, ...], Field(max_length=len(GUIDE_RISKS))]
    scope: Scope
    relocation: bool
    accusation: bool
    urgent: bool
    factuality: Factuality


class _Message(BaseModel):
    content: str


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Completion(BaseModel):
    choices: Annotated[tuple[_Choice, ...], Field(min_length=1)]


def read_answer(body: bytes, masked: str, content: str) -> Opinion:
    """The opinion in the server's answer about `masked`, with evidence in `content`, which is as long.

    Raises:
        AnswerRefused: `no_completion`, `cut_off`, `wrong_form`, `contradiction` or `not_in_the_text`.
    """
    try:
        choice = _Completion.model_validate_json(body).choices[0]
    except ValidationError as exc:
        raise _refused("no_completion") from exc
    if choice.finish_reason == "length":
        raise _refused("cut_off")
    try:
        answer = Answer.model_validate_json(choice.message.content)
    except ValidationError as exc:
        raise _refused("wrong_form") from exc
    _check_agreement(answer)
    return Opinion(
        labels=tuple(_label(one, masked, content) for one in answer.labels),
        scope=answer.scope,
        relocation=answer.relocation,
        accusation=answer.accusation,
        urgent=answer.urgent,
        factuality=answer.factuality,
    )


def _check_agreement(answer: Answer) -> None:
    slugs = [label.slug for label in answer.labels]
    fits = (
        len(set(slugs)) == len(slugs)
        and (answer.scope is Scope.NONE) == (not slugs)
        and (answer.factuality is Factuality.CURRENT) == bool(slugs)
    )
    if not fits:
        raise _refused("contradiction")


def _label(label: AnswerLabel, masked: str, content: str) -> RiskLabel:
    spans = [_place(quotation, masked, content) for quotation in dict.fromkeys(label.quotations)]
    return RiskLabel(risk=label.slug, probability=1.0, evidence=tuple(sorted(spans, key=lambda span: span.start)))


def _place(quotation: str, masked: str, content: str) -> Evidence:
    start = masked.find(quotation)
    if start < 0 or not any("一" <= sign <= "鿿" for sign in quotation):
        raise _refused("not_in_the_text")
    end = start + len(quotation)
    return Evidence(start=start, end=end, text=content[start:end])


def _refused(reason: str) -> AnswerRefused:
    return AnswerRefused("第二判读的作答不合规则", reason=reason)
