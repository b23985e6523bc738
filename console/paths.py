"""Where the program keeps things, as a value that is passed down.

Nothing else in the program asks the system for a folder, so a test, a second
shop or a portable installation only has to hand in another ``Paths``.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

if TYPE_CHECKING:
    from collections.abc import Mapping

APP_NAME = "Hanger"
HOME_VARIABLE = "HANGER_HOME"
CONFIG_NAME = "hanger.toml"


@dataclass(frozen=True, slots=True)
class Paths:
    """The folders of one installation; ``create`` brings them into being."""

    data: Path
    """What must never be lost: databases, media, the configuration file."""
    cache: Path
    """What can be fetched or made again."""
    config: Path
    """What only this computer and its user prefer: window sizes, last shop."""
    logs: Path

    @property
    def config_file(self) -> Path:
        """The settings of console and relay; it belongs to the data and moves with them."""
        return self.data / CONFIG_NAME

    def create(self) -> Paths:
        """Make the folders, closed to other users of this computer."""
        for folder in (self.data, self.cache, self.config, self.logs):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self


def under(home: Path) -> Paths:
    """All folders inside one: for a named shop, a portable copy or a test."""
    home = home.expanduser().resolve()
    return Paths(home / "data", home / "cache", home / "config", home / "logs")


def standard() -> Paths:
    """The folders that this operating system sets aside for programs."""
    dirs = platformdirs.PlatformDirs(APP_NAME, appauthor=False)
    return Paths(
        data=Path(dirs.user_data_dir),
        cache=Path(dirs.user_cache_dir),
        config=Path(dirs.user_config_dir),
        logs=Path(dirs.user_log_dir),
    )


def locate(environment: Mapping[str, str] = os.environ, home: Path | None = None) -> Paths:
    """The folders to use: those under ``home``, else under HANGER_HOME, else the standard ones."""
    if home is not None:
        return under(home)
    named = environment.get(HOME_VARIABLE, "").strip()
    return under(Path(named)) if named else standard()


def resources() -> Path:
    """The read-only files that come with the program: page, icons, translations, pictures."""
    package = Path(__file__).resolve().parent
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen) / "resources"
    installed = package / "_resources"
    return installed if installed.is_dir() else package.parent / "resources"
