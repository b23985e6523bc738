"""``hanger open``: options, one program per folder, the loop, and the gallery of screens.

The only module besides ``ui.tasks`` that knows qasync; ``console.app`` is what runs in it.
"""

from __future__ import annotations

import argparse
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import qasync
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from console import config, log, paths
from console.app import Program, console_settings
from console.autostart import own_command
from console.program import command_line, environment, start_detached
from console.relay import process
from console.ui import collector, icons, qt_log, text_size, turns
from console.ui.instance import call_running, instance_name, listen
from console.ui.signals import end_on_signals
from console.views import main_gallery

_AGAIN: Final = 75
"""From the loop: the program is to be opened once more."""


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="hanger open", description="the console of this shop")
    parser.add_argument("--home", type=Path, help="keep everything in this folder")
    parser.add_argument("--relay-data", type=Path, help="data folder of the bundled relay")
    parser.add_argument("--as-owner", action="store_true", help="sign the owner in by itself")
    parser.add_argument("--at-login", action="store_true", help="begin without the window")
    parser.add_argument("--empty", action="store_true", help="open a new, empty shop")
    parser.add_argument("--headless", action="store_true", help="show no window")
    parser.add_argument("--screenshots", type=Path, metavar="DIR", help="save every screen, end")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> int:
    """``hanger open``: the exit code is 1 when the settings are wrong or a screen failed."""
    options = _options(arguments)
    if options.headless or options.screenshots:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with ExitStack() as stack:
        home = options.home
        if options.empty and home is None:
            home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="hanger-shop-")))
        places = paths.locate(home=home).create()
        stack.callback(log.configure(places.logs / "console.log", logging.INFO))
        try:
            settings = config.load(places.config_file).console
        except config.ConfigError as error:
            sys.stderr.write(f"{error}\n")
            return 1
        relay_folder = options.relay_data or places.data / "relay"
        if options.empty:
            stack.callback(process.stop, relay_folder)
        code = _run(options, places, relay_folder, settings)
        return _begin_anew(options, places, relay_folder) if code == _AGAIN else code


def call(home: Path) -> bool:
    """Show the window of the program that keeps everything in ``home``; False: none runs."""
    return call_running(instance_name(paths.locate(home=home).data))


def _begin_anew(options: argparse.Namespace, places: paths.Paths, relay_folder: Path) -> int:
    """Open the program once more as a process of its own, e.g. in another size.

    What ends with this one, a shop to look at, waits for it.
    """
    kept = ["--home", str(places.data.parent if options.home is None else options.home.resolve())]
    same = ["open", *(kept if options.home is not None or options.empty else [])]
    if options.relay_data is not None or options.empty:
        same += ["--relay-data", str(relay_folder.resolve())]
    if not (options.as_owner or options.empty):
        start_detached(command_line(*same))
        return 0
    return subprocess.call(
        command_line(*same, *(["--as-owner"] if options.as_owner else [])), env=environment()
    )


def _run(
    options: argparse.Namespace,
    places: paths.Paths,
    relay_folder: Path,
    settings: config.ConsoleConfig,
) -> int:
    text_size.apply(console_settings(places.data))
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("Hanger")
    app.setWindowIcon(QIcon(str(icons.folder() / "hanger-256.png")))
    if not options.screenshots and call_running(instance_name(places.data)):
        return 0
    turns.keep_short()
    with qt_log.kept(), collector.in_gui_thread(), qasync.QEventLoop(app) as loop:
        work = _drive(app, options, places.data, relay_folder, settings)
        return int(loop.run_until_complete(work))


async def _drive(
    app: QApplication,
    options: argparse.Namespace,
    home: Path,
    relay_folder: Path,
    settings: config.ConsoleConfig,
) -> int:
    kept = ["--home", str(options.home.resolve())] if options.home is not None else []
    program = Program(
        app, home, relay_folder, settings, as_owner=options.as_owner, for_now=options.empty,
        login_command=own_command("open", *kept, "--at-login"), quietly=options.at_login,
    )  # fmt: skip
    if options.screenshots is None:
        server = listen(instance_name(home), program.window.show_again)
        pulse = end_on_signals(program.end)
        try:
            await program.run()
        finally:
            pulse.stop()
            server.close()
        return _AGAIN if program.restarts else 0
    failures = ["the shop did not open"]
    try:
        await program.open_now()
        if program.accounts is not None:
            failures = await main_gallery.take(
                options.screenshots, program.window, program.appearance, program.accounts
            )
    finally:
        await program.close()
    sys.stderr.writelines(f"{failure}\n" for failure in failures)
    return 1 if failures else 0
