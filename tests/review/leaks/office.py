"""The application over a random world, with everything switched on that has routes."""

from dataclasses import replace
from pathlib import Path

from fastapi import FastAPI

from pipeline.deliveries.web_reception import WebReception
from pipeline.leads.workflow import CountyWorkflow
from pipeline.linking.absence_words import absence_thresholds
from pipeline.policy.tables import load_policy
from review.app import create_app
from storage.store import Store
from tests.factories import COUNTY
from tests.fakes import FakeClock
from tests.review.leaks.planted_reveals import planted_reveals
from tests.review.leaks.search import Found, Search
from tests.review.leaks.world import World, fill
from tests.review.receiving import LIMITS, submission_imports
from tests.review.reported import Reported


def application(world: World) -> FastAPI:
    """Every page and the interface; nobody is stopped by a number of calls or of reveals in a day."""
    policy = load_policy()
    return create_app(
        world.store,
        world.clock,
        policy.departments,
        second_reader=True,
        reports=Reported(),
        reception=world.reception,
        workflow=CountyWorkflow(policy),
        absence=absence_thresholds(),
        disclosure=replace(policy.disclosure.rules, reveals_per_day=100_000),
    )


def searched(store: Store, folder: Path, seed: int, *, most_objects: int | None = None) -> Found:
    """What the search through the world of this seed found."""
    clock = FakeClock()
    limits = replace(LIMITS, calls_per_minute=1_000_000)
    imports = submission_imports(store, clock, folder, limits, house=COUNTY)
    reception = WebReception(imports, COUNTY, lambda: None)
    world = fill(store, clock, reception, seed)
    world.reveals += planted_reveals(world)
    return Search(world, application(world)).run(most_objects=most_objects)
