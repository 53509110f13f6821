"""Where a village lies, or that nobody says."""

from domain.places.place import Place, Position
from domain.places.region import RegionCode
from review.boards.village_map import CountyMap

HERE = RegionCode("141124104202")
NEAR = RegionCode("141124104203")
FAR = RegionCode("141124105201")


def place(code: RegionCode, name: str, longitude: float | None = None, latitude: float = 38.0) -> Place:
    position = None if longitude is None else Position(longitude, latitude, "虚构")
    return Place(code=code, name=name, position=position)


def test_north_is_up_and_east_is_right():
    places = [place(HERE, "甲", 110.5, 38.2), place(NEAR, "乙", 110.9, 38.0), place(FAR, "丙", 111.0, 37.8)]
    first, last = CountyMap(places).around(HERE), CountyMap(places).around(FAR)

    assert first is not None
    assert last is not None
    assert first.x < last.x
    assert first.y < last.y
    assert 0 < last.x < last.width
    assert 0 < last.y < last.height


def test_the_own_town_is_told_from_the_others_and_neighbours_stand_by_distance():
    found = CountyMap([place(HERE, "甲", 110.5), place(FAR, "丙", 110.9), place(NEAR, "乙", 110.6)]).around(HERE)

    assert found is not None
    assert found.town_points.count("M") == 2
    assert found.all_points.count("M") == 1
    assert found.neighbours == ("乙 约9公里", "丙 约35公里")
    assert found.sources == ("虚构",)


def test_without_a_position_there_is_a_list_and_no_map():
    found = CountyMap([place(HERE, "甲"), place(NEAR, "乙", 110.6), place(FAR, "丙", 110.9)]).around(HERE)

    assert found is not None
    assert found.height == 0
    assert found.neighbours == ("乙",)


def test_a_place_that_is_no_village_has_none():
    places = [place(HERE, "甲", 110.5), place(NEAR, "乙", 110.6)]
    assert CountyMap(places).around(RegionCode("141124104")) is None
    assert CountyMap(places).around(FAR) is None


def test_villages_on_one_point_do_not_break_it():
    assert CountyMap([place(HERE, "甲", 110.5), place(NEAR, "乙", 110.5)]).around(HERE) is not None
