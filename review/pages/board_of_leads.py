"""看板: the leads of a place in numbers; each number leads to the feed that shows exactly these leads."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from domain.accounts.account import Account
from domain.clock import CHINA
from review.boards.counts import CountedBoard, count_board, count_small_board
from review.requests import desk_of, page, signed_in
from review.rights import access

router = APIRouter()


@router.get("/board")
def show(request: Request) -> HTMLResponse:
    """The board of the account's region; a village gets a few numbers of its own."""
    account = signed_in(request)
    access.require(access.may_see_lead_board(account))
    return _whole(request, account) if access.may_know_sources(account) else _small(request, account)


def _small(request: Request, account: Account) -> HTMLResponse:
    desk = desk_of(request)
    with desk.store.reading() as work:
        board = count_small_board(work, account, desk.today)
    return page(request, "board_village.html", account, board=board)


def _whole(request: Request, account: Account) -> HTMLResponse:
    desk = desk_of(request)
    today = desk.today

    def count() -> CountedBoard:
        with desk.store.reading() as work:
            return count_board(work, account, today)

    with desk.store.reading() as work:
        mark, place = work.lead_board.mark(), work.places.name_of(account.region)
    kept = desk.boards.get((account.region, account.role, today), mark, count, desk.clock.now())
    at = kept.at.astimezone(CHINA)
    return page(request, "board_leads.html", account, board=kept.board, at=at, current=kept.current, place=place)
