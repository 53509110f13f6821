"""The risk taxonomy: one closed, versioned list of causes of return to poverty.

Categories follow the annotation guide; codes follow the national table of risk kinds
(致贫/返贫风险: 01 … 09, 99); defence lines (六道防线) follow section five of the town's work plan.
Housing and water are flags in the national system (三保障和饮水安全), not codes.
"""

from dataclasses import dataclass

from domain.labelled import Labelled

TAXONOMY_VERSION = "2026-11"


class DefenceLine(Labelled):
    """The six lines of defence of the town's work plan."""

    INDUSTRY = "industry", "①产业帮扶"
    EMPLOYMENT = "employment", "②就业帮扶"
    ASSETS = "assets", "③资产保障"
    POLICY = "policy", "④四个不摘"
    SAFETY_NET = "safety_net", "⑤兜底救助"
    RELOCATION = "relocation", "⑥后续帮扶"


class Risk(Labelled):
    """What threatens a household. `relocation_unemployment` is derived, never labelled by hand."""

    ILLNESS = "illness", "因病"
    DISASTER = "disaster", "因灾"
    DISABILITY = "disability", "因残"
    LABOUR_SHORTAGE = "labour_shortage", "缺劳动力"
    ACCIDENT = "accident", "意外事故"
    INDUSTRY_FAILURE = "industry_failure", "产业(项目)失败"
    PRICE_FALL = "price_fall", "农产品滞销跌价"
    UNEMPLOYMENT = "unemployment", "务工就业不稳"
    RELOCATION_UNEMPLOYMENT = "relocation_unemployment", "搬迁安置点失业"
    EDUCATION = "education", "因学"
    HOUSING = "housing", "住房安全"
    WATER = "water", "饮水安全"
    BENEFIT_LOSS = "benefit_loss", "待遇减少"
    OTHER_HARDSHIP = "other_hardship", "其他困难"


@dataclass(frozen=True, slots=True)
class RiskDefinition:
    """What the field knows of one category."""

    risk: Risk
    national_code: str | None
    """Code in the national table; None for the flags of 三保障 and 饮水安全."""
    defence_lines: tuple[DefenceLine, ...]
    parent: Risk | None = None


_INDUSTRY, _EMPLOYMENT, _ASSETS = DefenceLine.INDUSTRY, DefenceLine.EMPLOYMENT, DefenceLine.ASSETS
_POLICY, _SAFETY_NET, _RELOCATION = DefenceLine.POLICY, DefenceLine.SAFETY_NET, DefenceLine.RELOCATION

TAXONOMY: dict[Risk, RiskDefinition] = {
    definition.risk: definition
    for definition in (
        RiskDefinition(Risk.ILLNESS, "01", (_POLICY, _SAFETY_NET)),
        RiskDefinition(Risk.DISASTER, "02", (_SAFETY_NET, _POLICY, _INDUSTRY)),
        RiskDefinition(Risk.DISABILITY, "03", (_SAFETY_NET,)),
        RiskDefinition(Risk.LABOUR_SHORTAGE, "04", (_SAFETY_NET, _ASSETS)),
        RiskDefinition(Risk.ACCIDENT, "05", (_SAFETY_NET,)),
        RiskDefinition(Risk.INDUSTRY_FAILURE, "06", (_INDUSTRY, _ASSETS)),
        RiskDefinition(Risk.PRICE_FALL, "06", (_INDUSTRY,)),
        RiskDefinition(Risk.UNEMPLOYMENT, "07", (_EMPLOYMENT,)),
        RiskDefinition(Risk.RELOCATION_UNEMPLOYMENT, "07", (_RELOCATION, _EMPLOYMENT), Risk.UNEMPLOYMENT),
        RiskDefinition(Risk.EDUCATION, "09", (_POLICY,)),
        RiskDefinition(Risk.HOUSING, None, (_POLICY,)),
        RiskDefinition(Risk.WATER, None, (_POLICY,)),
        RiskDefinition(Risk.BENEFIT_LOSS, "99", (_POLICY, _SAFETY_NET)),
        RiskDefinition(Risk.OTHER_HARDSHIP, "99", (_SAFETY_NET,)),
    )
}

GUIDE_RISKS: tuple[Risk, ...] = tuple(risk for risk in Risk if TAXONOMY[risk].parent is None)
"""The thirteen categories that people label; the derived one is left out."""

DISASTER_CODES: dict[str, str] = {
    "0201": "洪涝灾害",
    "0202": "地质灾害",
    "0203": "旱灾",
    "0204": "生物灾害",
    "0205": "气象灾害",
    "0206": "地震灾害",
    "0299": "其他",
}


def with_derived(risks: frozenset[Risk], *, relocation: bool) -> frozenset[Risk]:
    """The risks together with `relocation_unemployment` where somebody resettled has lost work."""
    if relocation and Risk.UNEMPLOYMENT in risks:
        return risks | {Risk.RELOCATION_UNEMPLOYMENT}
    return risks
