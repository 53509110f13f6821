"""Logs that tell where something went wrong and never with which values: texts and numbers of people stay out."""

import logging
import secrets
import sys
import threading
import traceback
from types import TracebackType

from domain.privacy.masking import mask_text

_NUMBERED = "错误编号 "
_DIGITS_BYTES = 4
WHERE = "where"
"""The attribute of a log record that tells where in the program its error was."""
_LINE_ENDS = {ord(one): repr(one)[1:-1] for one in "\r\n\x0b\x0c\x85\u2028\u2029\x1b"}
_OUTSPOKEN = ("sqlalchemy", "python_multipart", "pdfminer", "urllib3", "httpx", "httpcore", "multipart")
"""Libraries that log rows, forms, pages or addresses below warnings; they are not asked to, whatever the level."""


def error_number(error: BaseException) -> str:
    """Eight hexadecimal digits by which a person and the log mean the same error; the same error keeps its number."""
    known = next((note for note in getattr(error, "__notes__", ()) if note.startswith(_NUMBERED)), None)
    if known is not None:
        return str(known).removeprefix(_NUMBERED)
    number = secrets.token_hex(_DIGITS_BYTES)
    error.add_note(f"{_NUMBERED}{number}")
    return number


def is_numbered(error: BaseException) -> bool:
    """True when the error was given a number, and so was logged."""
    return any(note.startswith(_NUMBERED) for note in getattr(error, "__notes__", ()))


def frames(error: BaseException) -> str:
    """Types and places of the error and of what caused it, a line each; no message, which may quote a value."""
    lines: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        lines.append(f"{type(current).__module__}.{type(current).__qualname__}")
        found = traceback.extract_tb(current.__traceback__)
        lines.extend(f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in found)
        current = current.__cause__ or current.__context__
    return "\n".join(lines)


def log_error(log: logging.Logger, error: BaseException, said: str) -> None:
    """Write an error that nobody foresaw: its number, what is said, and where in the program it was."""
    log.error("错误编号 %s %s", error_number(error), said, extra={WHERE: frames(error)})


class QuietFormatter(logging.Formatter):
    """Masks phones and ID numbers, keeps what is said on one line, and writes errors without their messages."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, and below it where the error came from."""
        # Another handler may have kept its own, outspoken version of the error in the record.
        kept, record.exc_text = record.exc_text, None
        try:
            written = super().format(record)
        finally:
            record.exc_text = kept
        where = getattr(record, WHERE, "")
        return mask_text(f"{written}\n{where}" if where else written)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name that logging calls
        """One line, so that no value can look like a line of its own."""
        return super().formatMessage(record).translate(_LINE_ENDS)

    def formatException(self, ei: object) -> str:  # noqa: N802 - the name that logging calls
        """Types and places."""
        error = ei[1] if isinstance(ei, tuple) else None
        return frames(error) if isinstance(error, BaseException) else ""


def start_logging(level: int = logging.WARNING) -> None:
    """Send what is logged to standard error through the quiet formatter, uncaught errors of all threads too."""
    handler = logging.StreamHandler()
    handler.setFormatter(QuietFormatter("%(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=level, handlers=[handler])
    for name in _OUTSPOKEN:
        logging.getLogger(name).setLevel(logging.WARNING)
    # What somebody else has put there, such as a test runner, stays.
    if sys.excepthook is sys.__excepthook__:
        sys.excepthook = _uncaught
    if threading.excepthook is threading.__excepthook__:
        threading.excepthook = _uncaught_in_thread


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    log_error(logging.getLogger("qianshao"), error, "程序出错")


def _uncaught_in_thread(arguments: threading.ExceptHookArgs) -> None:
    if arguments.exc_value is not None:
        _uncaught(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)
