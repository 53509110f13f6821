import pytest

from domain.links.mention import ForeignPlace, Mentions, PersonRole
from domain.places.region import Level, RegionCode
from pipeline.linking.absence import absence
from pipeline.linking.facts import Facts
from pipeline.linking.parameters import load_parameters
from tests.pipeline.linking.households import HERE, PANG, XUE, document, link_to, mentions

PARAMETERS = load_parameters()
VILLAGE = {"庞家庄": (HERE, Level.VILLAGE)}


def without_candidates(text: str, names: tuple[str, ...], places: dict[str, tuple[RegionCode, Level]]) -> float:
    named = mentions(text, dict.fromkeys(names, PersonRole.SUFFERER), places)
    return absence([], 0.0, Facts(document=document(text), mentions=named, reading=None), PARAMETERS)


def test_where_nothing_can_be_looked_for_only_the_share_of_such_texts_is_known() -> None:
    assert without_candidates("庞家庄有人病了", (), VILLAGE) == pytest.approx(PARAMETERS.not_in_register)
    assert without_candidates("王某某病了", ("王某某",), {}) == pytest.approx(PARAMETERS.not_in_register)


def test_a_whole_name_that_nobody_has_tells_more_than_a_partial_one() -> None:
    whole = without_candidates("庞家庄王玉梅病了", ("王玉梅",), VILLAGE)
    partial = without_candidates("庞家庄王某某病了", ("王某某",), VILLAGE)

    assert whole > partial > PARAMETERS.not_in_register
    assert whole > 0.9


def test_a_text_that_plays_in_another_county_is_about_nobody_of_the_register() -> None:
    far = Mentions(foreign_places=(ForeignPlace(code=None, name="柳林县", start=0, end=3),))
    facts = Facts(document=document("柳林县有人病了"), mentions=far, reading=None)

    assert absence([], 0.0, facts, PARAMETERS) > 0.99


def test_many_candidates_too_weak_to_be_shown_count_as_registered_all_the_same() -> None:
    facts = Facts(document=document("庞家庄王某某病了"), mentions=Mentions(), reading=None)
    weak = [PARAMETERS.prior - 4.0] * 60

    assert absence(weak, 0.0, facts, PARAMETERS) < absence(weak[:1], 0.0, facts, PARAMETERS) / 1.5


def test_the_link_tells_it_beside_its_candidates() -> None:
    text = "庞家庄村民庞建国患病"
    named = mentions(text, {"庞建国": PersonRole.SUFFERER}, VILLAGE)

    here, nobody = link_to([PANG], document(text), named), link_to([XUE], document(text), named)

    assert here.absent is not None
    assert nobody.absent is not None
    assert here.absent < 0.05
    assert here.absent + here.candidates[0].probability <= 1.0
    assert nobody.absent > 0.9
