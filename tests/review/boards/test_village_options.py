"""The box in which a village is chosen."""

from domain.places.place import Place
from review.boards.village_options import village_options
from tests.factories import OTHER_VILLAGE, VILLAGE


def test_the_chosen_village_alone_is_selected():
    places = [Place(code=VILLAGE, name="庞家庄村"), Place(code=OTHER_VILLAGE, name="后庞家庄村")]

    assert village_options(places, VILLAGE.digits) == (
        '<option value="141124104202" selected>庞家庄村</option><option value="141124104203">后庞家庄村</option>'
    )
    assert "selected" not in village_options(places, "")


def test_a_name_is_never_markup():
    shown = village_options([Place(code=VILLAGE, name='<b>"村"</b>')], "")

    assert "<b>" not in shown
    assert "&lt;b&gt;&#34;村&#34;&lt;/b&gt;" in shown
