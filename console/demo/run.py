"""``hanger demo``: the console on the sample shop, with its relay and its members.

A composition root like ``console.desktop``, which it hands over to; relay and members end
with the window.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from console import desktop, paths
from console.demo import crowd, sample
from console.demo.seed import PIN
from console.relay.lock import FolderTaken
from console.relay.process import RelayFailed


def main(arguments: Sequence[str]) -> int:
    """Open the sample shop; the result is the exit code."""
    if list(arguments[:1]) == ["members"]:
        return crowd.main(arguments[1:])
    options, passed_on = _parser().parse_known_args(arguments)
    unseen = any(each.startswith(("--headless", "--screenshots")) for each in passed_on)
    with ExitStack() as stack:
        try:
            shop = _enter(stack, options, beside=unseen)
        except FolderTaken as taken:
            return _call(Path(str(taken)))
        except RelayFailed as failure:
            sys.stderr.write(f"hanger: {failure}\n")
            return 1
        sys.stdout.write(f"The sample shop's phone page: {shop.relay.url}\n")
        sys.stdout.write(f"Everybody's PIN here, for the lock: {PIN}\n")
        sys.stdout.flush()
        places = ["--home", str(shop.home), "--relay-data", str(shop.relay_folder)]
        return desktop.main([*places, "--as-owner", *passed_on])


def _enter(stack: ExitStack, options: argparse.Namespace, *, beside: bool) -> sample.Sample:
    """Begin a sample shop.  ``beside``: where one lives already, in a folder next to it.

    Raises ``FolderTaken`` and ``RelayFailed``.
    """
    wanted = options.folder or paths.locate().cache / "sample-shop"
    for number in itertools.count(1):
        folder = wanted if number == 1 else wanted.with_name(f"{wanted.name}-{number}")
        try:
            return stack.enter_context(
                sample.running(
                    folder, members=not options.no_members, host=options.host, pace=options.pace
                )
            )
        except FolderTaken:
            if not beside or options.folder:
                raise
    raise AssertionError("numbers do not end")


def _call(folder: Path) -> int:
    """Somebody looks at the sample shop already: her window comes to the front."""
    if desktop.call(sample.home_of(folder)):
        sys.stdout.write("The sample shop is open already; its window comes to the front.\n")
        return 0
    sys.stderr.write(
        f"hanger: a sample shop without a window lives in {folder}; "
        "end it, or choose another place with --folder\n"
    )
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hanger demo", description="The console on the sample shop, made anew.",
        epilog="Other options are those of hanger open, such as --headless --screenshots DIR.",
    )  # fmt: skip
    parser.add_argument("--folder", type=Path, help="where the sample shop is kept")
    parser.add_argument("--no-members", action="store_true", help="nobody writes by herself")
    parser.add_argument("--pace", type=float, default=1.0, help="2: members live twice as fast")
    parser.add_argument(
        "--host", default="127.0.0.1",
        help="0.0.0.0 lets a real phone in the same network open the page",
    )  # fmt: skip
    return parser
