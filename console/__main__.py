"""The command line ``hanger``: finds the part that was asked for and loads only that.

Every part is named here as text and imported when it is chosen, since the desktop's
libraries cost most of a second that ``hanger relay stop`` has no use for.
"""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Sequence
from types import ModuleType

from console import __version__

PARTS = {
    "open": "console.desktop",
    "demo": "console.demo.run",
    "relay": "console.relay.cli",
    "backup": "console.relay.backup_cli",
    "restore": "console.relay.backup_cli:restore",
    "media-worker": "console.media.worker",
}
"""Commands and what answers them: a module's ``main(arguments) -> int``, or another function."""
USAGE = """\
usage: hanger [COMMAND] [options]

  open                 the console of this shop (also without a command)
  demo                 the console on the sample shop 时光衣橱, with simulated members
  relay                the relay alone, until it is stopped
  relay stop | status  end the relay of a data folder, or say whether it runs
  relay pair           a code that connects a console with the relay of this computer
  backup FOLDER        copy the shop's data, also while the relay runs
  restore FOLDER       go on with a backup; opt-outs and erasures since stay in force

hanger COMMAND --help tells the options of a command.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the result is the exit code (2: no such command)."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] in (["-h"], ["--help"], ["help"]):
        sys.stdout.write(USAGE)
        return 0
    if given[:1] == ["--version"]:
        sys.stdout.write(f"hanger {__version__}\n")
        return 0
    command = given.pop(0) if given and not given[0].startswith("-") else "open"
    if command not in PARTS:
        sys.stderr.write(f"hanger: there is no command “{command}”.\n\n{USAGE}")
        return 2
    module, _, function = PARTS[command].partition(":")
    answer = getattr(_load(module), function or "main")
    return int(answer(given) or 0)


def _load(module: str) -> ModuleType:
    """Import without looking for garbage: there is none, and the looking takes a fifth of it."""
    collects = gc.isenabled()
    gc.disable()
    try:
        return importlib.import_module(module)
    finally:
        if collects:
            gc.enable()


if __name__ == "__main__":
    sys.exit(main())
