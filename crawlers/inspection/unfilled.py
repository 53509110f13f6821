"""What a person still has to write into a draft before the medium may be crawled."""

from crawlers.declaring.source import SourceSpec

TO_FILL = "请填写"
"""Begins what a draft leaves open; a declaration that still has it is not finished."""


def unfilled(spec: SourceSpec) -> list[str]:
    """The keys that are empty or still hold a draft's words, each with what belongs there, in Chinese."""
    asked = {
        "title": (spec.title, "媒体名称"),
        "summary": (spec.summary, "登什么内容, 与监测有什么关系"),
        "publisher.name": (spec.publisher.name, "主办单位"),
        "contact": (spec.contact, "联系方式"),
    }
    return [f"{key}({meant})" for key, (value, meant) in asked.items() if not value.strip() or TO_FILL in value]
