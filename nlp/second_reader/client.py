"""Asks the second reader: paced, patient with a busy server, strict with its answer."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from domain.clock import Clock
from domain.failures.errors import ConfigError, SecondReaderFailed, SecondReaderUnreachable
from domain.texts.second_reading import Opinion
from nlp.second_reader.answer import read_answer
from nlp.second_reader.prompt import prompt_version, request_body

if TYPE_CHECKING:
    from nlp.second_reader.transport import HttpAnswer, Transport

Sleep = Callable[[float], None]
Check = Callable[[], None]
"""Asked right before every request; what it raises leaves the text unsent."""
_MOST_REQUESTS = 3
"""For one text in one run, the first included."""
_LONGEST_WAIT = 120.0
"""Seconds; a server that wants to be left alone for longer is asked again in a later run."""
_FIRST_WAIT = 2.0
_BUSY = frozenset({429, 503})
_WORTH_REPEATING = _BUSY | {500, 502, 504}


@dataclass
class Pace:
    """Keeps requests at least a minute's share apart."""

    per_minute: int
    clock: Clock
    sleep: Sleep
    _last: datetime | None = field(default=None, init=False)

    def wait(self) -> None:
        """Return when the next request may be sent."""
        if self._last is not None:
            share = 60 / self.per_minute
            passed = (self.clock.now() - self._last).total_seconds()
            # A clock that was set back must not make the wait longer than a share.
            left = min(share, share - passed)
            if left > 0:
                self.sleep(left)
        self._last = self.clock.now()


@dataclass(frozen=True)
class SecondReader:
    """A model behind an endpoint; it is told nothing but the guide and one masked text."""

    model: str
    transport: "Transport"
    pace: Pace

    @property
    def version(self) -> str:
        """The model and the guide it reads by."""
        return f"{self.model}+{prompt_version()}"

    def ask(self, masked: str, content: str, check: Check = lambda: None) -> Opinion:
        """What the model says of the text; `check` may still forbid to send it after waiting for its turn.

        Raises:
            ConfigError: when the address lies outside the intranet, redirects, or refuses the key or the model.
            SecondReaderUnreachable: when no answer came, or the server is too busy.
            SecondReaderFailed: when the server answered with an error.
            AnswerRefused: when the answer breaks the rules.
        """
        body = request_body(self.model, masked)
        for attempt in range(1, _MOST_REQUESTS + 1):
            self.pace.wait()
            check()
            answer = self.transport.post(body)
            if answer.status not in _WORTH_REPEATING or attempt == _MOST_REQUESTS:
                break
            self._wait_for(answer, attempt)
        _check(answer)
        return read_answer(answer.body, masked, content)

    def _wait_for(self, answer: "HttpAnswer", attempt: int) -> None:
        asked = _seconds(answer.retry_after, self.pace.clock.now())
        wait = _FIRST_WAIT * 2 ** (attempt - 1) if asked is None else asked
        if wait > _LONGEST_WAIT:
            raise SecondReaderUnreachable(f"第二判读服务要求等{wait:.0f}秒, 下次再问")
        self.pace.sleep(wait)


def _check(answer: "HttpAnswer") -> None:
    if answer.status == 200:
        return
    if 300 <= answer.status < 400:
        raise ConfigError(
            "第二判读服务要求转到别的地址; 不跟随转址, 请在 second_reader.url 写最终地址", reason="redirect"
        )
    if answer.status in {401, 403}:
        raise ConfigError(f"第二判读服务不认口令(HTTP {answer.status}), 请核对 second_reader.key_file", reason="key")
    if answer.status == 404:
        raise ConfigError("第二判读服务没有这个地址或这个模型(HTTP 404), 请核对 second_reader 的 url 和 model")
    if answer.status in _BUSY:
        raise SecondReaderUnreachable(f"第二判读服务正忙(HTTP {answer.status}), 下次再问")
    raise SecondReaderFailed(f"第二判读服务报错(HTTP {answer.status})")


def _seconds(text: str, now: datetime) -> float | None:
    """What a Retry-After header asks for, seconds or a date; None when it asks for nothing that can be read."""
    if text.strip().isdecimal():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return max(0.0, ((until if until.tzinfo else until.replace(tzinfo=UTC)) - now).total_seconds())
