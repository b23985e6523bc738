"""Structured logs: one JSON object a line, with ids and never with what people said.

A log is read by more people than a shop's data, is copied into reports and is
kept for longer.  So whatever carries text, numbers or keys of a person is
dropped here, once, whoever wrote the line and by whatever library.
"""

from __future__ import annotations

import logging
import logging.handlers
import re
import sys
from collections.abc import Callable, Mapping, MutableMapping
from pathlib import Path
from typing import Any, TextIO

import structlog

Event = MutableMapping[str, Any]

# A key is private when it is one of these words or ends in one (`peer_phone`, `new_pin`).
PRIVATE_WORDS = frozenset({
    "address", "answer", "authorization", "bearer", "birthday", "body", "content", "cookie",
    "credential", "email", "headers", "message_text", "name", "note", "password", "payload",
    "phone", "pin", "pinyin", "preview", "query", "secret", "text", "ticket", "title", "token",
})  # fmt: skip
# Names of things that are not people.
PUBLIC_KEYS = frozenset({"command_name", "file_name", "logger_name", "scope_name", "thread_name"})
DROPPED = "[dropped]"

_PHONE = re.compile(
    r"(?<![0-9A-Za-z-])(?:\+?86[ -]?)?(1[3-9]\d)[ -]?\d{4}[ -]?(\d{4})(?![0-9A-Za-z-])"
)
_ROTATE_BYTES = 5_000_000
_ROTATE_FILES = 5


def get_logger(name: str) -> Any:
    """A logger whose lines say which part of the program wrote them."""
    return structlog.stdlib.get_logger(name, part=name)


def is_private(key: str) -> bool:
    """Whether a value under this key may tell something about a person."""
    folded = key.casefold()
    return folded not in PUBLIC_KEYS and any(
        folded == word or folded.endswith(f"_{word}") for word in PRIVATE_WORDS
    )


def scrub(value: Any) -> Any:
    """The value with private parts dropped and phone numbers taken out, however deep they sit."""
    if isinstance(value, str):
        return _PHONE.sub("[phone]", value)
    if isinstance(value, bytes | bytearray | memoryview):
        return f"[{len(value)} bytes]"
    if isinstance(value, Mapping):
        return {
            str(key): DROPPED if is_private(str(key)) else scrub(item)
            for key, item in value.items()
        }
    if isinstance(value, list | tuple | set | frozenset):
        return [scrub(item) for item in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return f"<{type(value).__name__}>"


def drop_private(_logger: Any, _method: str, event: Event) -> Event:
    """Take everything private out of a line, last of all before it is written."""
    return dict(scrub(event))


def describe_exception(_logger: Any, _method: str, event: Event) -> Event:
    """Say what was raised and where, without the message, which may quote a person's data."""
    raised = event.pop("exc_info", None)
    if raised is True:
        raised = sys.exc_info()
    error = raised[1] if isinstance(raised, tuple) else raised
    if isinstance(error, BaseException):
        event["error"] = type(error).__qualname__
        event["error_code"] = getattr(error, "code", None)
        event["error_at"] = _places(error)
    event.pop("stack_info", None)
    return event


def _places(error: BaseException) -> list[str]:
    """The innermost places an exception came through: file, line and function."""
    places: list[str] = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places[-8:]


def _formatter() -> structlog.stdlib.ProcessorFormatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            describe_exception,
            drop_private,
            structlog.processors.JSONRenderer(ensure_ascii=False, sort_keys=True),
        ],
    )


def _handler(target: Path | TextIO) -> logging.Handler:
    if not isinstance(target, Path):
        return logging.StreamHandler(target)
    return logging.handlers.RotatingFileHandler(
        target, maxBytes=_ROTATE_BYTES, backupCount=_ROTATE_FILES, encoding="utf-8", delay=True
    )


def configure(target: Path | TextIO, level: int = logging.INFO) -> Callable[[], None]:
    """Send all logs of this process to a file or stream; call the result to stop that.

    Lines of other libraries are written too, from WARNING on.
    """
    handler = _handler(target)
    handler.setFormatter(_formatter())
    root = logging.getLogger()
    root.addHandler(handler)
    logging.getLogger("hanger").setLevel(level)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            describe_exception,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *names: logging.getLogger(".".join(("hanger", *names))),
    )

    def stop() -> None:
        root.removeHandler(handler)
        handler.close()

    return stop
