"""The table of steps in print: `docs/workflow.md` is what this returns, and a test compares."""

from collections.abc import Iterable, Iterator

from domain.labelled import Labelled
from domain.leads.lead import LeadStatus, Phase
from domain.leads.workflow import TRANSITIONS, Deadline, Requirement, Transition, owed
from domain.words.vocabulary import Role

_HEAD = """# The way of a lead

Printed from `domain/leads/workflow.py` by `qianshao lead workflow`; change the table there, never here. Every step is
checked in the transaction that records it: the status, the role, what was filled in, who has the lead, and recusal.

- Undo (撤销) is no row: within the minutes of `workflow.toml` somebody may take back the own last step, whichever it
  was. It is appended like any other, nothing is deleted.
- `system` assigns new leads by `routing.toml` and assigns anew when a text, a place or the holder changed.
- Recusal (回避): whoever a text of the lead may name, and every member of the household, gets and decides nothing; the
  lead goes up from village to town to county, in words that do not tell why. Whom a lead may touch reads of it no whole
  letter nor who wrote it; an accusation that may mean somebody of the petition office does not exist
  for that person.
- 上门未果 records that somebody was at the door and met nobody, or learned nothing yet, once for every visit. The day
  by which the visit is owed stays, and the time to the visit is counted to the one that found something out. After as
  many days in vain as `workflow.toml` says the town is told, then the county; feed and boards show the number. Days
  are counted, not entries, anew when the door led to something or the lead points at another household. An entry that
  arrives twice is one.
- A department acts only on leads that were transferred to it.
- 重复 and 并案 name the lead that goes on (继续办理的线索): of the same household, or of the same place where either is
  linked to none; in sight of whoever decides; itself neither 重复 nor 并案, so that no chain of them leads back. A step
  is not taken back where that would make such a chain. When the system gives the named lead up, or points it at another
  household, the lead with its texts goes on where it is of the same household or place; otherwise the one that was
  closed is open again (入户中). Both are appended by `system` at the next run.
- 已转纪检 is known to the petition office and the county. Everybody else reads 上级处理, as for leads that were handed
  up; filters, counts, deadlines and history treat both alike.
"""


def markdown() -> str:
    """The page: statuses with what each owes, then every row."""
    return "\n".join([_HEAD, *_statuses(), "", *_steps(), ""])


def _statuses() -> Iterator[str]:
    yield "| phase | status | 中文 | owes |"
    yield "|---|---|---|---|"
    for phase in Phase:
        for status in LeadStatus:
            if status.phase is phase:
                yield f"| {phase.label} | `{status.value}` | {status.label} | {_owes(status)} |"


def _owes(status: LeadStatus) -> str:
    first, then = owed(status), owed(status, carried_out=True)
    if first is None:
        return ""
    return first.label if then in (None, first) else f"{first.label}, then {then.label}"


def _steps() -> Iterator[str]:
    yield "| step | from | to | who | has to be filled in | meets |"
    yield "|---|---|---|---|---|---|"
    for row in TRANSITIONS:
        yield f"| {' | '.join(_cells(row))} |"


def _cells(row: Transition) -> tuple[str, ...]:
    return (
        row.step.label,
        _labels(row.before, LeadStatus),
        row.after.label if row.after else "(stays)",
        _labels(row.roles, Role),
        _labels(row.requires, Requirement),
        _labels(row.meets, Deadline),
    )


def _labels(chosen: Iterable[Labelled], order: type[Labelled]) -> str:
    wanted = set(chosen)
    return "、".join(one.label for one in order if one in wanted)
