"""Errors that nobody foresaw: a number for the person, the place in the program for the log, values for neither."""

import logging

from fastapi import Request

from domain.privacy.quiet_logs import error_number, is_numbered, log_error

_LOG = logging.getLogger("review")


def report_unexpected(request: Request, error: Exception) -> str:
    """The error's number; the first time it is logged with method and route, never with the address asked for."""
    if not is_numbered(error):
        route = getattr(request.scope.get("route"), "path", "-")
        log_error(_LOG, error, f"{request.method} {route}")
    return error_number(error)
