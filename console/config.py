"""The settings of console and relay, read once at start and passed down as values.

They live in ``hanger.toml`` in the data folder.  A missing file means the
defaults; a wrong one is refused with one sentence for every mistake, so that
nobody has to correct and start again five times.
"""

from __future__ import annotations

import dataclasses
import re
import tomllib
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from pathlib import Path

Check = Callable[[Any], str | None]

_HOST = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]+")


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing wrong with the settings: a stable code, where it is, and a sentence."""

    code: str
    key: str
    sentence: str


class ConfigError(Exception):
    """The settings cannot be used; every mistake is listed."""

    code = "config.invalid"

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__("\n".join(mistake.sentence for mistake in mistakes))
        self.mistakes = mistakes


def _between(low: float, high: float) -> Check:
    def check(value: Any) -> str | None:
        return None if low <= value <= high else f"must be between {low:g} and {high:g}"

    return check


def _one_of(*choices: str) -> Check:
    def check(value: Any) -> str | None:
        return None if value in choices else f"must be one of {', '.join(choices)}"

    return check


def _is_origin(url: str, schemes: tuple[str, ...]) -> bool:
    """Whether this is what a browser calls an origin: scheme, host, port and nothing else."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    plain = f"[{host}]" if ":" in host else host
    expected = f"{parts.scheme}://{plain}" + ("" if port is None else f":{port}")
    written = _HOST.fullmatch(host) is not None and url.lower() == expected
    return written and parts.scheme in schemes


def _origin(*schemes: str) -> Check:
    def check(value: Any) -> str | None:
        urls = value if isinstance(value, tuple) else (value,)
        good = all(_is_origin(url, schemes) for url in urls)
        return None if good else f"must look like {schemes[0]}://shop.example, without a path"

    return check


def _checked(default: Any, check: Check) -> Any:
    return field(default=default, metadata={"check": check})


@dataclass(frozen=True, slots=True)
class ConsoleConfig:
    """How this computer's console behaves."""

    relay: str | None = _checked(None, _origin("https", "http"))
    """The relay to talk to; None means the bundled one on this computer."""
    language: str = _checked("auto", _one_of("auto", "zh", "en"))
    theme: str = _checked("auto", _one_of("auto", "light", "dark"))
    log_level: str = _checked("info", _one_of("debug", "info", "warning", "error"))


@dataclass(frozen=True, slots=True)
class RelayConfig:
    """How the relay listens and what it lets in."""

    host: str = "0.0.0.0"  # noqa: S104  phones reach the relay from outside this computer
    port: int = _checked(8787, _between(0, 65535))
    """0 lets the system choose."""
    public_url: str | None = _checked(None, _origin("https", "http"))
    """The address that phones use; None until the owner has told how they reach the shop."""
    origins: tuple[str, ...] = _checked((), _origin("https", "http"))
    """Further addresses whose pages may open a websocket, compared exactly."""
    trusted_proxies: tuple[str, ...] = ()
    """Proxies whose word about the sender's address, and about https, is believed."""
    tls_certificate: str | None = None
    """PEM file of the certificate and what it was signed with; with it the port speaks https."""
    tls_key: str | None = None
    """PEM file of its private key; named together with the certificate or not at all."""
    backlog: int = _checked(4096, _between(16, 65535))
    heartbeat_seconds: float = _checked(20.0, _between(1, 300))
    stalled_seconds: float = _checked(30.0, _between(1, 3600))
    """After this long without reading what it was sent, a connection is closed."""
    max_connections: int = _checked(10_000, _between(1, 1_000_000))
    max_connections_per_address: int = _checked(64, _between(1, 1_000_000))
    max_frame_bytes: int = _checked(65_536, _between(1024, 1_048_576))
    send_buffer_bytes: int = _checked(131_072, _between(4096, 16_777_216))
    """Unsent bytes from which a connection counts as lagging and is paged from the database."""
    log_level: str = _checked("info", _one_of("debug", "info", "warning", "error"))


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that can be set in the file."""

    console: ConsoleConfig = ConsoleConfig()
    relay: RelayConfig = RelayConfig()


_TYPE_NAMES = {int: "a whole number", float: "a number", str: "text", bool: "true or false"}


def load(file: Path) -> Config:
    """The settings in a file; the defaults when there is none."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Config()
    except (OSError, UnicodeDecodeError) as error:
        sentence = f"{file.name} cannot be read: {type(error).__name__}."
        raise ConfigError((Mistake("config.unreadable", "", sentence),)) from error
    return parse(text, file.name)


def parse(text: str, name: str = "hanger.toml") -> Config:
    """The settings written in TOML."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        sentence = f"{name} is not valid TOML: {error}."
        raise ConfigError((Mistake("config.syntax", "", sentence),)) from error
    return from_mapping(raw)


def from_mapping(raw: Mapping[str, Any]) -> Config:
    """The settings in a mapping of sections, or every mistake in it at once."""
    mistakes: list[Mistake] = []
    sections: dict[str, Any] = {}
    kinds: dict[str, type[Any]] = {"console": ConsoleConfig, "relay": RelayConfig}
    for name, values in raw.items():
        if name not in kinds:
            mistakes.append(_unknown(name, kinds))
        elif not isinstance(values, Mapping):
            sentence = f"“{name}” must be a section, written [{name}]."
            mistakes.append(Mistake("config.wrong_type", name, sentence))
        else:
            sections[name] = _section(kinds[name], name, values, mistakes)
    if mistakes:
        raise ConfigError(tuple(mistakes))
    return Config(**sections)


def _section(
    kind: type[Any], section: str, values: Mapping[str, Any], mistakes: list[Mistake]
) -> Any:
    """One section as a value; what is wrong with it is added to the mistakes."""
    fields = {item.name: item for item in dataclasses.fields(kind)}
    wanted = typing.get_type_hints(kind)
    good: dict[str, Any] = {}
    for name, value in values.items():
        key = f"{section}.{name}"
        if name not in fields:
            mistakes.append(_unknown(key, [f"{section}.{known}" for known in fields]))
            continue
        converted, problem = _convert(wanted[name], value)
        code = "config.wrong_type"
        if problem is None and converted is not None and "check" in fields[name].metadata:
            code, problem = "config.bad_value", fields[name].metadata["check"](converted)
        if problem is not None:
            mistakes.append(Mistake(code, key, f"“{key}” {problem}."))
        good[name] = converted
    return kind(**good)


def _convert(wanted: Any, value: Any) -> tuple[Any, str | None]:
    """The value in the wanted type, or what it must be instead."""
    if isinstance(wanted, types.UnionType):
        wanted = next(kind for kind in typing.get_args(wanted) if kind is not type(None))
    if typing.get_origin(wanted) is tuple:
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value), None
        return None, 'must be a list of texts, written ["…", "…"]'
    if wanted is float and type(value) is int:
        return float(value), None
    return (value, None) if type(value) is wanted else (None, f"must be {_TYPE_NAMES[wanted]}")


def _unknown(key: str, known: typing.Iterable[str]) -> Mistake:
    sentence = f"“{key}” is not a setting; known here are {', '.join(known)}."
    return Mistake("config.unknown_key", key, sentence)
