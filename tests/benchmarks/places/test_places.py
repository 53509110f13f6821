"""The benchmark of places on a county small enough to check by hand."""

import random

import pytest

from benchmarks.places.county import County, county_of
from benchmarks.places.figures import Count, count, total
from benchmarks.places.miswriting import homophone, misshaped
from benchmarks.places.texts import Gold, Text, Writer, material
from domain.links.mention import AmbiguousPlace, PlaceMention
from domain.places.place import Alias, AliasKind, Place
from domain.places.region import Level, RegionCode
from nlp.places.gazetteer import Gazetteer, PlacesRead

CODE, OTHER = RegionCode("149901"), RegionCode("149902")
STEMS = ("大枣", "小石", "黑河", "上桃坪", "下柳湾", "东榆沟", "西梁", "中庄")


def places(county: RegionCode, name: str) -> list[Place]:
    found = [Place(code=county, name=name)]
    for town in ("101", "102"):
        code = RegionCode(county.digits + town)
        found.append(Place(code=code, name={"101": "白杨镇", "102": f"{name[:-1]}乡"}[town]))
        for at, stem in enumerate(STEMS[:4] if town == "101" else STEMS[4:]):
            found.append(Place(code=RegionCode(f"{code.digits}{200 + at}"), name=f"{stem}村委会"))
    twin = Place(code=RegionCode(county.digits + "101299"), name="中庄村委会")
    old = Alias("旧庄子村委会", AliasKind.FORMER_VILLAGE, "", 2009, 2020)
    town = found[1]
    found[1] = Place(code=town.code, name=town.name, aliases=(old,))
    return [*found, twin]


def written(seed: int) -> list[Text]:
    rng = random.Random(seed)
    county = county_of(CODE, places(CODE, "青禾县"), rng)
    return list(Writer(county, (County(OTHER, tuple(places(OTHER, "远山县"))),), rng).texts(3))


def test_a_seed_always_writes_the_same_texts() -> None:
    assert written(7) == written(7)
    assert written(7) != written(8)


def test_gold_stands_where_a_name_is_written() -> None:
    texts = written(7)
    names = {place.name.removesuffix("村委会") for place in places(CODE, "青禾县")}

    full = [text.content[one.start : one.end] for text in texts if text.form == "with 村" for one in text.gold]
    assert full
    assert {name.removesuffix("村") for name in full} <= names


def test_every_form_is_written_with_what_it_needs() -> None:
    by_form = {text.form: text for text in written(7)}

    assert len(by_form["same name, nothing else"].gold[0].codes) == 2
    assert by_form["same name, address known"].known
    assert by_form["merged village"].gold[0].codes == (RegionCode("149901101"),)
    assert by_form["abroad, whole address"].abroad
    assert by_form["everyday words"].gold == ()


def test_every_sentence_has_the_places_its_kind_needs() -> None:
    assert all(sentence.count("{place}") == 1 for sentence in material()["place"])
    assert all("{" not in sentence for kind in ("filler", "words") for sentence in material()[kind])


@pytest.mark.parametrize("change", [homophone, misshaped])
def test_a_miswriting_changes_one_character(change: object) -> None:
    wrong = [change("李家沟", random.Random(seed)) for seed in range(20)]  # type: ignore[operator]

    assert all(sum(one != other for one, other in zip(name, "李家沟", strict=True)) == 1 for name in wrong)


def read(*codes: str, start: int = 0) -> PlacesRead:
    if len(codes) > 1:
        several = tuple(RegionCode(code) for code in codes)
        return PlacesRead(ambiguous=(AmbiguousPlace(codes=several, level=Level.VILLAGE, name="x", start=start, end=3),))
    return PlacesRead(
        places=tuple(
            PlaceMention(code=RegionCode(code), level=Level.VILLAGE, name="x", start=start, end=3) for code in codes
        )
    )


@pytest.mark.parametrize(
    ("found", "right", "recall", "precision", "accuracy"),
    [
        (read("149901101200"), ("149901101200",), 1.0, 1.0, 1.0),
        (read("149901101201"), ("149901101200",), 0.0, 0.0, 0.0),
        (read("149901101200", start=1), ("149901101200",), 0.0, 0.0, 0.0),
        (read(), ("149901101200",), 0.0, 1.0, 0.0),
        (read("149901101200", "149901101201"), ("149901101200", "149901101201"), 1.0, 1.0, 1.0),
        (read("149901101200"), ("149901101200", "149901101201"), 0.0, 0.0, 0.0),
    ],
    ids=["right", "wrong code", "wrong span", "nothing", "kept ambiguous", "guessed"],
)
def test_counts(found: PlacesRead, right: tuple[str, ...], recall: float, precision: float, accuracy: float) -> None:
    counted = Count()
    gold = Gold(tuple(RegionCode(code) for code in right), Level.VILLAGE, 0, 3)

    counted.add(Text("form", "中庄村", (gold,)), found)

    assert (counted.recall, counted.precision, counted.code_accuracy) == (recall, precision, accuracy)


def test_a_gazetteer_that_knows_nothing_finds_nothing() -> None:
    whole = total(count(Gazetteer((), CODE), written(7)).values())

    assert (whole.recall, whole.given) == (0.0, 0)


def test_the_full_names_of_the_small_county_are_all_found() -> None:
    texts = [text for text in written(7) if text.form == "full name"]

    assert total(count(Gazetteer(places(CODE, "青禾县"), CODE), texts).values()).recall == 1.0
