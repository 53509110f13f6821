"""The dropout that draws bytes."""

import pytest
import torch

from nlp.training.network.dropout import ByteDropout


@pytest.mark.parametrize("shape", [(40, 96, 53), (7,), (1, 0, 3)])
def test_what_stays_is_stronger_and_what_goes_is_nought(shape: tuple[int, ...]) -> None:
    torch.manual_seed(0)
    found = ByteDropout(0.25).train()(torch.ones(shape))
    assert found.shape == shape
    assert torch.isin(found, torch.tensor([0.0, 4 / 3])).all()


def test_as_much_is_dropped_as_was_asked_and_the_mean_stays() -> None:
    torch.manual_seed(0)
    found = ByteDropout(0.3).train()(torch.ones(1000, 1000))
    assert (found == 0).float().mean().item() == pytest.approx(0.3, abs=0.004)
    assert found.mean().item() == pytest.approx(1.0, abs=0.004)


def test_what_was_dropped_learns_nothing() -> None:
    torch.manual_seed(0)
    given = torch.ones(64, requires_grad=True)
    found = ByteDropout(0.5).train()(given)
    torch.autograd.backward(found.sum())
    assert given.grad is not None
    assert torch.equal(given.grad == 0, found == 0)


def test_two_draws_differ_and_one_seed_draws_the_same_again() -> None:
    dropout, given = ByteDropout(0.5).train(), torch.ones(256)
    torch.manual_seed(1)
    first, second = dropout(given), dropout(given)
    torch.manual_seed(1)
    assert not torch.equal(first, second)
    assert torch.equal(dropout(given), first)


def test_while_reading_nothing_is_dropped() -> None:
    given = torch.rand(32)
    assert torch.equal(ByteDropout(0.9).eval()(given), given)
