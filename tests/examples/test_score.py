"""The end-to-end score, on cases that can be counted by hand."""

from examples.kehu.score import GoldText, LeadOutcome, score


def gold(
    locator: str, *, labels: tuple[str, ...] = ("illness",), matter: str | None = None, **changes: object
) -> GoldText:
    values: dict[str, object] = {
        "locator": locator,
        "labels": frozenset(labels),
        "restricted": False,
        "household_id": None,
        "matter": matter if matter is not None else (locator if labels else None),
        **changes,
    }
    return GoldText(**values)  # type: ignore[arg-type]


def outcome(*locators: str, household: str | None = None, candidates: tuple[str, ...] = ()) -> LeadOutcome:
    return LeadOutcome(
        lead_id="L1", household_id=household, candidates=frozenset(candidates), locators=frozenset(locators)
    )


def test_a_matter_told_twice_and_found_once_is_found():
    found = score([gold("a", matter="m"), gold("b", matter="m"), gold("c")], [outcome("b")], frozenset())

    assert (found.matters, found.matters_found, found.recall) == (2, 1, 0.5)


def test_a_lead_on_a_text_without_risk_is_wrong():
    found = score([gold("a"), gold("b", labels=())], [outcome("a"), outcome("b")], frozenset())

    assert (found.leads, found.leads_right, found.precision) == (2, 1, 0.5)


def test_the_wrong_door_is_told_from_no_door():
    texts = [gold("a", household_id="1"), gold("b", household_id="2"), gold("c", household_id="3")]
    leads = [outcome("a", household="1"), outcome("b", household="9"), outcome("c", candidates=("3", "4"))]

    found = score(texts, leads, frozenset())

    assert (found.doors, found.doors_right, found.doors_wrong, found.doors_among_candidates) == (3, 1, 1, 1)


def test_a_restricted_text_in_a_lead_is_counted_and_one_kept_needlessly_too():
    texts = [gold("a", restricted=True), gold("b", labels=()), gold("c")]

    found = score(texts, [outcome("a", "c")], frozenset({"b"}))

    assert (found.restricted, found.restricted_in_feed, found.restricted_needlessly) == (1, 1, 1)


def test_a_run_without_anything_scores_nothing_instead_of_failing():
    found = score([], [], frozenset())

    assert (found.recall, found.precision, found.household_accuracy) == (0.0, 0.0, 0.0)
