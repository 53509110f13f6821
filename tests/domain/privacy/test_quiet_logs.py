"""What a log tells, and what it keeps to itself."""

import io
import logging

from domain.privacy.quiet_logs import QuietFormatter, error_number, frames, is_numbered, log_error

SECRET = "张三三家里断了药"


def fail() -> None:
    try:
        {}[SECRET]
    except KeyError as cause:
        raise ValueError(f"cannot read {SECRET} 13800000000") from cause


def caught() -> ValueError:
    try:
        fail()
    except ValueError as exc:
        return exc
    raise AssertionError


class Lines(logging.Handler):
    """Keeps what the quiet formatter writes."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(QuietFormatter("%(levelname)s %(message)s"))
        self.written: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.written.append(self.format(record))


def logged(*arguments: object, error: BaseException | None = None) -> str:
    lines, log = Lines(), logging.Logger("tests")
    # An outspoken handler comes first and leaves its version of the error in the record.
    log.addHandler(logging.StreamHandler(io.StringIO()))
    log.addHandler(lines)
    log.error(*arguments, exc_info=error)  # type: ignore[arg-type]
    return lines.written[0]


def test_a_logged_error_says_where_and_not_with_what():
    said = logged("a file failed", error=caught())

    assert "builtins.ValueError" in said
    assert "builtins.KeyError" in said
    assert "test_quiet_logs.py" in said
    assert SECRET not in said
    assert "13800000000" not in said


def test_phones_and_id_numbers_are_masked_in_every_line():
    assert logged("%s of %s", "13800000000", "141124196101010000") == "ERROR 138****0000 of 141124********0000"


def test_a_value_cannot_begin_a_line_of_its_own():
    said = logged("no such source: %s", "x\nERROR all is well\r\u2028\x1b[2J")

    assert len(said.splitlines()) == 1
    assert "\x1b" not in said


def test_an_error_keeps_its_number_and_others_have_others():
    first, second = caught(), caught()

    assert not is_numbered(first)
    assert error_number(first) == error_number(first)
    assert is_numbered(first)
    assert error_number(first) != error_number(second)


def test_an_unforeseen_error_is_found_by_its_number():
    lines, log, error = Lines(), logging.Logger("tests"), caught()
    log.addHandler(lines)

    log_error(log, error, "GET /leads/{lead_id}")

    assert error_number(error) in lines.written[0]
    assert "test_quiet_logs.py" in lines.written[0]
    assert SECRET not in lines.written[0]


def test_a_circle_of_causes_ends():
    error = caught()
    assert error.__cause__ is not None
    error.__cause__.__cause__ = error

    assert frames(error).count("builtins.ValueError") == 1
