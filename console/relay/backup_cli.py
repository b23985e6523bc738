"""``hanger backup`` and ``hanger restore``: a relay's data copied, and brought back."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from console import paths
from console.relay import backups
from console.relay.backups import BackupRefused, Facts
from console.relay.cli import BUNDLED
from console.relay.lock import FolderTaken


def main(arguments: Sequence[str]) -> int:
    """``hanger backup``; the result is the exit code."""
    options = _options("backup", "Copy the shop's data into a new folder, while the relay runs.",
                       "where to; a new folder", arguments)  # fmt: skip
    return _answer(
        lambda: backups.make(options.data, options.folder),
        lambda facts: f"Copied to {options.folder}: the shop as of {_when(facts)}.",
    )


def restore(arguments: Sequence[str]) -> int:
    """``hanger restore``; the result is the exit code."""
    options = _options("restore", "Let the relay go on with a backup. Stop it first.",
                       "what “hanger backup” made", arguments)  # fmt: skip
    return _answer(
        lambda: backups.bring_back(options.data, options.folder),
        lambda facts: (
            f"The shop is as of {_when(facts)} again. When the relay starts, campaigns that were"
            " not finished wait for you, and opt-outs and erasures since then are repeated."
        ),
    )


def _options(
    verb: str, description: str, what: str, arguments: Sequence[str]
) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=f"hanger {verb}", description=description)
    parser.add_argument("folder", type=Path, metavar="FOLDER", help=what)
    parser.add_argument("--data", type=Path, metavar="DIR", help="the relay's data folder")
    options = parser.parse_args(arguments)
    data = options.data or paths.locate().data / BUNDLED
    options.data = data.expanduser().resolve()
    options.folder = options.folder.expanduser().resolve()
    return options


def _answer(work: Callable[[], Facts], done: Callable[[Facts], str]) -> int:
    try:
        sentence = done(work())
    except BackupRefused as refused:
        return _give_up(str(refused))
    except FolderTaken:
        return _give_up("the relay is running; stop it first with “hanger relay stop”.")
    except OSError as error:
        return _give_up(f"{error.filename or 'the data'}: {error.strerror or error}.")
    sys.stdout.write(f"{sentence}\n")
    return 0


def _give_up(sentence: str) -> int:
    sys.stderr.write(f"hanger: {sentence}\n")
    return 1


def _when(facts: Facts) -> str:
    return "its first day" if facts.as_of is None else f"{facts.as_of.astimezone():%Y-%m-%d %H:%M}"
