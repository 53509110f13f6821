"""Errors that nobody foresaw: a number for the person, the place in the program for the log, values for neither."""

import logging

from fastapi import Request

from domain.quiet_logs import error_number, frames, is_numbered

_LOG = logging.getLogger("review")


def report_unexpected(request: Request, error: Exception) -> str:
    """The error's number; the first time it is logged with method and route, never with the address asked for."""
    known, number = is_numbered(error), error_number(error)
    if not known:
        route = getattr(request.scope.get("route"), "path", "-")
        _LOG.error("错误编号 %s %s %s\n%s", number, request.method, route, frames(error))
    return number
