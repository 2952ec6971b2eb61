"""What the bot tells its operator: one line for each event, on standard error, never with a token in it."""

import logging
import sys
import threading
from types import TracebackType
from typing import TextIO

import structlog
from structlog.stdlib import ProcessorFormatter
from structlog.typing import Processor

from bot.redaction import redacted

# The Bot API's URLs contain the token, and these know URLs; what they say below a warning is for their own authors.
_QUIET = ("aiohttp", "apscheduler", "asyncio", "httpcore", "httpx", "telegram", "watchfiles")

_FACTS: list[Processor] = [
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
]

_log = structlog.get_logger()


def set_up_log(*, token: str | None = None) -> None:
    """Send all that is logged, warned of or not caught to standard error, without *token* or anything like one.

    A terminal gets colours. Anything else gets logfmt: read as easily by a person in `docker logs` as by a machine,
    and a traceback stays in the one line of its event. May be called again, once the token is known.
    """
    logging.basicConfig(handlers=[_Handler(sys.stderr, token)], level=logging.INFO, force=True)
    logging.captureWarnings(capture=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.contextvars.merge_contextvars,
            *_FACTS,
            ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    # These Python prints by itself. What asyncio finds, it logs.
    sys.excepthook = _log_crash
    sys.unraisablehook = lambda crash: _log_crash(crash.exc_type, crash.exc_value, crash.exc_traceback)
    threading.excepthook = lambda crash: _log_crash(crash.exc_type, crash.exc_value, crash.exc_traceback)


def _log_crash(kind: type[BaseException], error: BaseException | None, traceback: TracebackType | None) -> None:
    _log.critical("crashed", exc_info=(kind, error or kind(), traceback))


class _Handler(logging.StreamHandler[TextIO]):
    """Writes events as lines, having taken the tokens out last, so that no way of rendering can bring one in."""

    def __init__(self, stream: TextIO, token: str | None) -> None:
        super().__init__(stream)
        self._token = token
        self.setFormatter(
            ProcessorFormatter(
                processors=[ProcessorFormatter.remove_processors_meta, *_rendering(colours=stream.isatty())],
                foreign_pre_chain=[structlog.stdlib.add_logger_name, *_FACTS],
            )
        )

    def format(self, record: logging.LogRecord) -> str:
        """Render as ever, then redact."""
        return redacted(super().format(record), self._token)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """Say that a line is missing; logging would print the arguments, and they are not redacted."""
        error = sys.exc_info()[0]
        print(f"a line of the log was lost: {record.name}, {error and error.__name__}", file=sys.__stderr__)


def _rendering(*, colours: bool) -> list[Processor]:
    if colours:
        # Not Rich's tracebacks: they show local variables, and may break or paint a token until it is no longer one.
        return [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
    return [
        structlog.processors.format_exc_info,
        structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"]),
    ]
