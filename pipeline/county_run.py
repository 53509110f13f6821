"""What a deployment does with its texts when it is started: what is pending, the archive, a second reading."""

import time
from collections.abc import Sequence
from typing import Any

from domain.counting.stage_report import StageReport
from domain.places.region import RegionCode
from nlp.second_reader.client import Pace, SecondReader
from pipeline.crawling.collect import collect
from pipeline.deployment import Deployment
from pipeline.leads.assign import assign_leads
from pipeline.leads.open_planned import open_planned_leads
from pipeline.leads.remind import remind
from pipeline.leads.risk_points import find_risk_points
from pipeline.leads.succession import settle_successions
from pipeline.run_lock import run_lock
from pipeline.stages.classify import Classify
from pipeline.stages.coverage import CoverageStage
from pipeline.stages.judge import apply_judgements
from pipeline.stages.judge_households import apply_household_judgements
from pipeline.stages.lead import LeadStage
from pipeline.stages.link import LinkStage
from pipeline.stages.route import RouteStage
from pipeline.stages.run import Progress, beside, plan, run_one_stage, run_stage, run_stages
from pipeline.stages.second_read import SecondRead, SecondReadReport
from pipeline.stages.stage import Stage


def run_pending(deployment: Deployment, progress: Progress) -> list[StageReport]:
    """Run every stage over whatever is pending; ConfigError when another process is at it."""
    settings, clock, size = deployment.settings, deployment.clock, deployment.settings.batch_size
    with run_lock(settings.home):
        stages = deployment.stages()
        store, policy = deployment.store, deployment.policy
        return [
            collect(
                store,
                settings.spool,
                _regions(deployment),
                clock,
                batch_size=size,
                misdeclared=deployment.declared.unusable,
            ),
            apply_judgements(store, clock),
            *run_stages(store, stages, clock, batch_size=size, progress=progress),
            apply_household_judgements(store, *_link_and_lead(stages), clock),
            settle_successions(store, policy, settings.county_code, clock),
            open_planned_leads(store, policy, clock),
            assign_leads(store, policy.routing, clock),
            remind(store, policy.workflow.reminders, settings.county_code, clock),
            run_stage(
                store,
                beside(CoverageStage(deployment.gazetteer), stages, RouteStage.name),
                clock,
                batch_size=size,
                progress=progress,
            ),
            find_risk_points(store, policy.risk_points, settings.county_code, clock),
        ]


def _regions(deployment: Deployment) -> dict[str, RegionCode]:
    return {name: RegionCode.parse(spec.region) for name, (_, spec) in deployment.sources.items()}


def _link_and_lead(stages: Sequence[Stage[Any]]) -> tuple[LinkStage, LeadStage]:
    [link] = [stage for stage in stages if isinstance(stage, LinkStage)]
    [lead] = [stage for stage in stages if isinstance(stage, LeadStage)]
    return link, lead


def link_archive(deployment: Deployment, progress: Progress, expect: Progress) -> list[StageReport]:
    """Link every text whose link is older than the register, the parameters or the rules; leads follow with the run.

    What linking did, and after it what leads did where they followed at once.

    Parameters that were used before link all texts that others have linked since, and the leads follow at once: for the
    run both count as done, so that two processes with other parameters never link the archive in turn.

    Each batch is a transaction: what was done before a kill stays done. ConfigError when another process is at it.
    """
    with run_lock(deployment.settings.home):
        stages = deployment.stages()
        with deployment.store.reading() as work:
            overtaken = work.links.overtaken_at(_link_and_lead(stages)[0].version)
        if overtaken is not None:
            stages = [one.again(overtaken) if isinstance(one, LinkStage) else one for one in stages]
        followed = [] if overtaken is None else [LeadStage.name]
        return [
            run_one_stage(
                deployment.store,
                stages,
                name,
                deployment.clock,
                batch_size=deployment.settings.batch_size,
                progress=progress,
                expect=expect,
            )
            for name in (LinkStage.name, *followed)
        ]


def read_again(deployment: Deployment, progress: Progress, *, most: int | None = None) -> SecondReadReport | None:
    """Ask the second reader about doubtful texts; None when there is none.

    A lock of its own: the pipeline never waits for the second reader.
    """
    settings, clock = deployment.settings.second_reader, deployment.clock
    if settings is None:
        return None
    reader = SecondReader(settings.model, settings.transport(), Pace(settings.per_minute, clock, time.sleep))
    [classify] = [planned for planned in plan(deployment.stages()) if planned.stage.name == Classify.name]
    with run_lock(deployment.settings.home, "second-reader.lock"):
        asking = SecondRead(
            store=deployment.store,
            reader=reader,
            finder=deployment.mention_finder,
            clock=clock,
            doubt=settings.doubt,
            first_model=deployment.classifier.version,
            classified=classify.version,
        )
        return asking.run(settings.most_per_run if most is None else most, progress)
