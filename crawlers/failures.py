"""Gives every way in which a request can fail its name."""

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.internet.error import ConnectError, ConnectionClosed
from twisted.python.failure import Failure
from twisted.web.client import ResponseFailed

from crawlers.asking.refusals import problem_of_status
from crawlers.middlewares.named_problem import NamedProblem
from domain.media.crawl import FetchProblem

_BY_TYPE: tuple[tuple[type[BaseException], FetchProblem], ...] = (
    (DownloadTimeoutError, FetchProblem.TIMEOUT),
    (CannotResolveHostError, FetchProblem.NAME_UNKNOWN),
    (DownloadConnectionRefusedError, FetchProblem.REFUSED),
    (ResponseDataLossError, FetchProblem.INCOMPLETE),
    (DownloadCancelledError, FetchProblem.TOO_LARGE),
    (UnsupportedURLSchemeError, FetchProblem.REDIRECT_ABROAD),
    (ConnectError, FetchProblem.REFUSED),
    (ConnectionClosed, FetchProblem.CONNECTION_LOST),
)


def name_failure(failure: Failure) -> tuple[FetchProblem, str]:
    """The class of a failure and what more there is to say in Chinese; a library's own words are English."""
    error = failure.value
    if isinstance(error, NamedProblem):
        return error.problem, str(error)
    if isinstance(error, HttpError):
        return problem_of_status(error.response.status), f"状态码{error.response.status}"
    for kind, problem in _BY_TYPE:
        if isinstance(error, kind):
            return problem, ""
    if isinstance(error, DownloadFailedError | ResponseFailed):
        return _by_reasons(error), ""
    return (FetchProblem.CONNECTION_LOST if isinstance(error, OSError) else FetchProblem.BAD_ANSWER), ""


def _by_reasons(error: BaseException) -> FetchProblem:
    """A connection that was closed, or an answer that Twisted could not parse."""
    cause = error.__cause__ or error.__context__ or error
    reasons = [reason.value for reason in getattr(cause, "reasons", ()) if isinstance(reason, Failure)]
    closed = any(isinstance(reason, ConnectionClosed) for reason in reasons)
    parsed = any(not isinstance(reason, ConnectionClosed) for reason in reasons)
    return FetchProblem.BAD_ANSWER if parsed and not closed else FetchProblem.CONNECTION_LOST
