"""Persons of mentions in the database; records of older code are still read."""

from domain.links.mention import KinMention, Mentions, PersonMention, PersonRole, ValueMention
from domain.register.household import Relation, Sex
from storage.codec import dump, load, mentions_from, mentions_to


def test_mentions_come_back_as_they_were():
    mentions = Mentions(
        persons=(
            PersonMention(
                name="薛改花",
                role=PersonRole.RELATIVE,
                start=0,
                end=3,
                sex=Sex.FEMALE,
                age=58,
                health=("尿毒症",),
                relation=Relation.SPOUSE,
                relation_to="庞建国",
            ),
        ),
        areas=(ValueMention(text="八亩", value="8", start=4, end=6),),
        dates=(ValueMention(text="去年", value="2023", start=7, end=9),),
        relatives=(KinMention(text="两个孙子", relation=Relation.GRANDCHILD, start=10, end=14, count=2),),
    )

    assert mentions_from(load(dump(mentions_to(mentions)))) == mentions


def test_records_of_the_first_finder_are_read():
    record = {
        "persons": [{"name": "庞建国", "role": "sufferer", "start": 0, "end": 3}],
        "places": [],
        "phones": [],
        "id_numbers": [],
        "amounts": [],
    }

    found = mentions_from(record)

    assert found.persons == (PersonMention(name="庞建国", role=PersonRole.SUFFERER, start=0, end=3),)
    assert found.relatives == ()
