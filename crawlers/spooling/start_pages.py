"""What each declared start page of a source gave in one run: one changed list must not hide behind healthy ones."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from domain.media.crawl import FetchProblem, StartPageState, Weight

START = "list_start"
"""Key in a list request's meta: the declared start address that it stands for, or inside whose page it was named."""
ISSUE = "list_issue"
"""Key in a list request's meta: the day's issue of a paper, counted back from the newest; 0 where there are none."""

_Issue = tuple[str, int]
_STRONGEST = (StartPageState.NAMES, StartPageState.UNKNOWN, StartPageState.MISSING, StartPageState.BARREN)


class StartPages:
    """Collects what was seen on start pages and on the pages inside them, such as the pages of an issue.

    Further pages of a list (paging) do not count: they may be left over from before the first one was changed.
    """

    def __init__(self, declared: Sequence[str]) -> None:
        """Nothing is known yet of the declared start addresses."""
        self._declared = tuple(declared)
        self._seen: defaultdict[_Issue, set[StartPageState]] = defaultdict(set)
        self._without_issue = set[str]()

    def note(self, meta: Mapping[str, Any], state: StartPageState) -> None:
        """Keep what a list page showed; `meta` is its request's, one without a start page is passed over."""
        if START in meta:
            self._seen[_issue(meta)].add(state)

    def failed(self, meta: Mapping[str, Any], problem: FetchProblem) -> None:
        """Keep that a list page did not come.

        A refusal is an alarm of its own and a pause ends by itself: both say nothing of the list.
        """
        known = problem.weight is Weight.FAILED or problem is FetchProblem.ROBOTS
        self.note(meta, StartPageState.MISSING if known else StartPageState.UNKNOWN)

    def no_issue(self, meta: Mapping[str, Any]) -> None:
        """Keep that a day's issue is not there; only a paper of which no issue is there is missing."""
        if START in meta:
            self._without_issue.add(meta[START])

    def is_barren(self, meta: Mapping[str, Any]) -> bool:
        """True for a list page of a start page, or issue, on which no article was found."""
        return START in meta and self._of(_issue(meta)) is StartPageState.BARREN

    def states(self) -> dict[str, StartPageState]:
        """The state of every declared start page; of a paper that of its newest issue that answered."""
        return {address: self._state(address) for address in self._declared}

    def _state(self, address: str) -> StartPageState:
        issues = sorted(issue for issue in self._seen if issue[0] == address)
        if issues:
            return self._of(issues[0])
        return StartPageState.MISSING if address in self._without_issue else StartPageState.UNKNOWN

    def _of(self, issue: _Issue) -> StartPageState:
        return next((state for state in _STRONGEST if state in self._seen[issue]), StartPageState.UNKNOWN)


def _issue(meta: Mapping[str, Any]) -> _Issue:
    return meta[START], int(meta.get(ISSUE, 0))
