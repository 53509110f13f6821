"""Reveals as if everybody had been allowed to ask for everything."""

from collections.abc import Iterator
from datetime import timedelta

from domain.leads.disclosure import Reveal, RevealField
from domain.register.household import HouseholdId
from domain.texts.document import DocumentId
from tests.fakes import NOON
from tests.review.leaks.secrets import Kind, Secret
from tests.review.leaks.world import World


def planted_reveals(world: World) -> Iterator[str]:
    """Reveals of every account about every text and household of three leads, as if each had been allowed to ask.

    What the page shows is asked anew, so that one that should never have been made shows nothing either.
    """
    state = world.state()
    with world.store.unit_of_work() as work:
        for account in world.accounts.values():
            for view in world.rng.sample(list(state.leads.values()), 3):
                documents = [one.document_id for one in view.evidence]
                households = [view.lead.household_id] if view.lead.household_id else list(world.households)[:2]
                for kind in RevealField:
                    subjects = documents if kind.of_text else households
                    for subject in subjects[:2]:
                        number, reason = f"{world.rng.getrandbits(128):032x}", world.mark()
                        made = Reveal(
                            id=number,
                            account=account.username,
                            field=kind,
                            lead_id=view.lead.id,
                            document_id=DocumentId(subject) if kind.of_text else None,
                            household_id=None if kind.of_text else HouseholdId(subject),
                            reason=reason,
                            at=NOON,
                            until=NOON + timedelta(hours=1),
                        )
                        work.reveals.add(made)
                        world.secrets.append(Secret(value=reason, kind=Kind.REASON, lead_id=view.lead.id))
                        yield number
        work.commit()
