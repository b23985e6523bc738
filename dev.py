#!/usr/bin/env python3
"""The developer's one entry point: run, test, check, bench and soak.

Every command first brings the machine into a usable state: system libraries,
a virtual environment in ``.venv`` and the locked packages.  Only the standard
library is used here, because nothing else exists before that.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from tools.machine import (
    SetupError,
    find_browser,
    logged,
    prepare_debian,
    prepare_other,
    say,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "hanger-setup.json"
# Raise this when set-up itself changes, so that existing environments are made anew.
SETUP_VERSION = 1
# Beyond these the tests that drive browsers and relays get in each other's way.
MOST_WORKERS = 4
# Tests start the program again and again, and compiling it is a third of a start.
COMPILED_ONCE = {"PYTHONDONTWRITEBYTECODE": ""}
OLDEST, NEWEST = (3, 11), (3, 13)
WINDOWS = os.name == "nt"
IMPORT_LINTER = "from importlinter.cli import lint_imports_command as c; c(['--no-logo'])"

USAGE = """\
python3 dev.py run [--empty] [--headless --screenshots DIR] …
                            the console on the sample shop (or an empty shop)
python3 dev.py test [--no-check] [pytest arguments]
                            the checks, then every test
python3 dev.py check        ruff, mypy --strict, import-linter
python3 dev.py bench [NAME…] --json FILE
python3 dev.py soak […]     long campaigns of faults
python3 dev.py setup        only make the machine ready
python3 dev.py lock         write requirements.lock anew from pyproject.toml
"""

# --- Python itself --------------------------------------------------------------------------


def python_is_supported(version: Sequence[int]) -> bool:
    """Whether the locked packages exist for this version of Python."""
    return OLDEST <= tuple(version[:2]) <= NEWEST


def find_supported_python() -> str | None:
    """Another Python on this machine that is neither too old nor too new."""
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        probe = "import sys; sys.exit(sys.version_info[1] != int(sys.argv[1]))"
        if found and not subprocess.call(
            [found, "-c", probe, str(minor)], stderr=subprocess.DEVNULL
        ):
            return found
    return None


def use_supported_python(arguments: Sequence[str]) -> int | None:
    """Start again under a supported Python; None when this one will do."""
    if python_is_supported(sys.version_info):
        return None
    found = find_supported_python()
    if found is None:
        wanted = "{}.{} to {}.{}".format(*OLDEST, *NEWEST)
        raise SetupError(f"this is Python {platform.python_version()}; install Python {wanted}.")
    say(f"Python {platform.python_version()} is not supported; using {found}")
    return call([found, str(Path(__file__).resolve()), *arguments])


# --- The virtual environment ------------------------------------------------------------------


def venv_python(venv: Path = VENV) -> Path:
    """The interpreter inside a virtual environment."""
    return venv / ("Scripts/python.exe" if WINDOWS else "bin/python")


def base_key() -> str:
    """What an environment must have been made with to be kept at all."""
    parts = [SETUP_VERSION, platform.python_version(), platform.machine(), str(ROOT)]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def lock_key() -> str:
    """The exact set of packages that should be installed."""
    return hashlib.sha256(LOCK.read_bytes()).hexdigest()


def distributions() -> list[str]:
    """What is installed, by the folders pip leaves beside each package."""
    pattern = "Lib/site-packages" if WINDOWS else "lib/python*/site-packages"
    return sorted(path.name for path in VENV.glob(f"{pattern}/*.dist-info"))


def read_stamp() -> dict[str, object]:
    """What the last finished set-up wrote down; empty when there was none."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def is_whole(stamp: dict[str, object]) -> bool:
    """Whether the environment was finished by this Python and nothing was taken out since."""
    recorded = stamp.get("distributions")
    return (
        stamp.get("base") == base_key()
        and venv_python().exists()
        and isinstance(recorded, list)
        and set(recorded) <= set(distributions())
    )


def prepare_venv() -> None:
    """Make, repair or renew the virtual environment; do nothing when it is right."""
    stamp = read_stamp()
    if is_whole(stamp) and stamp.get("lock") == lock_key():
        return
    with only_one():
        stamp = read_stamp()
        if is_whole(stamp) and stamp.get("lock") == lock_key():
            return
        if not is_whole(stamp):
            make_venv()
        install_locked()


def make_venv() -> None:
    """A fresh environment in place of whatever stands there."""
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
    elif VENV.exists():
        say("the .venv is from another set-up or unfinished; making it anew")
        shutil.rmtree(VENV)
    say(f"making .venv with Python {platform.python_version()}")
    logged([sys.executable, "-m", "venv", str(VENV)])


def install_locked() -> None:
    """Install exactly the locked packages; the stamp exists only while they are whole."""
    STAMP.unlink(missing_ok=True)
    say("installing the locked packages (about 250 MB to download the first time)")
    pip = [str(venv_python()), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    options = ["--quiet", "--require-hashes", "--no-deps", "--requirement", str(LOCK)]
    logged([*pip, "install", *options])
    stamp = {"base": base_key(), "lock": lock_key(), "distributions": distributions()}
    STAMP.write_text(json.dumps(stamp), encoding="utf-8")


@contextlib.contextmanager
def only_one() -> Iterator[None]:
    """Let one dev.py at a time change the environment; the others wait."""
    with (ROOT / ".venv.lock").open("a+") as file:
        if WINDOWS:
            import msvcrt  # noqa: PLC0415  exists on Windows only

            while True:
                with contextlib.suppress(OSError):
                    file.seek(0)
                    msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
                    break
        else:
            import fcntl  # noqa: PLC0415  exists on POSIX only

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def prepare(*, browser: bool = False) -> None:
    """Everything a command may rely on."""
    if shutil.which("dpkg-query") and shutil.which("apt-get"):
        prepare_debian(browser=browser)
    else:
        prepare_other(browser=browser)
    prepare_venv()


# --- Running other programs -------------------------------------------------------------------


def call(command: Sequence[str], environment: dict[str, str] | None = None) -> int:
    """Run a program in the foreground, pass signals on to it and return its exit code."""
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    previous = signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    try:
        return as_exit_code(process.wait())
    except KeyboardInterrupt:
        # The terminal has sent the same signal to the program, which now ends by itself.
        with contextlib.suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
            process.wait(timeout=15)
        return 130
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        signal.signal(signal.SIGTERM, previous)


def as_exit_code(returncode: int) -> int:
    """A death by signal as the shell writes it."""
    return 128 - returncode if returncode < 0 else returncode


def python(*arguments: str, offscreen: bool = False, **extra: str) -> int:
    """Run the virtual environment's interpreter with these arguments."""
    environment = {**os.environ, "PYTHONUTF8": "1", **extra}
    if offscreen:
        environment["QT_QPA_PLATFORM"] = "offscreen"
    return call([str(venv_python()), *arguments], environment)


# --- The commands -----------------------------------------------------------------------------


def run_command(arguments: Sequence[str]) -> list[str]:
    """What the installed program is told for ``dev.py run``."""
    return ["open" if "--empty" in arguments else "demo", *arguments]


def has_display() -> bool:
    """Whether a window can be shown here."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in named)


def run(arguments: Sequence[str]) -> int:
    """The console on the sample shop, or on an empty one."""
    headless = "--headless" in arguments
    if not headless and not has_display():
        raise SetupError("there is no display here; add --headless --screenshots DIR.")
    prepare()
    return python("-m", "console", *run_command(arguments), offscreen=headless)


def check(_: Sequence[str] = ()) -> int:
    """Style, types and the direction of imports; every tool runs, the worst result counts."""
    prepare()
    typed = [name for name in ("console", "bench", "soak") if (ROOT / name).is_dir()]
    tools = {
        "ruff check": ("-m", "ruff", "check", "."),
        "ruff format": ("-m", "ruff", "format", "--check", "."),
        "mypy": ("-m", "mypy", "--strict", *typed),
        "import-linter": ("-c", IMPORT_LINTER),
    }
    results = {}
    for name, command in tools.items():
        started = time.monotonic()
        results[name] = python(*command)
        verdict = "passed" if results[name] == 0 else "FAILED"
        say(f"{name} {verdict} in {time.monotonic() - started:.1f} s")
    return max(results.values())


def test(arguments: Sequence[str]) -> int:
    """The checks, then the tests; both always run, so that one look shows everything."""
    prepare(browser=True)
    checked = 0 if "--no-check" in arguments else check()
    browser = find_browser()
    extra = {"HANGER_CHROMIUM": browser} if browser else {}
    extra |= COMPILED_ONCE
    rest = [argument for argument in arguments if argument != "--no-check"]
    tested = python("-m", "pytest", *side_by_side(rest), *rest, offscreen=True, **extra)
    if checked and not tested:
        say("the tests passed, but the checks above did not")
    return tested or checked


def side_by_side(arguments: Sequence[str]) -> list[str]:
    """Whole files of tests in several processes, unless only some tests are asked for.

    One more than there are cores, since tests often wait for a browser, a relay or a clock.
    They stay in the order in which they were collected: neighbours share a browser and a
    relay, and long ones come first (``tests/conftest.py``).
    A worker that crashed is not replaced: the new one would be handed the same file
    again, and the run would neither end nor name the test that crashed.
    """
    cores = os.cpu_count() or 1
    if arguments or cores < 2:
        return []
    files = ["--dist", "loadfile", "--no-loadscope-reorder"]
    return ["-n", str(min(cores + 1, MOST_WORKERS)), *files, "--max-worker-restart", "0"]


def forward(package: str, arguments: Sequence[str]) -> int:
    """Measurements and long campaigns of faults have command lines of their own."""
    prepare()
    return python("-m", package, *arguments, offscreen=True)


def setup(_: Sequence[str]) -> int:
    """Only the preparation."""
    prepare(browser=True)
    say("ready")
    return 0


def lock(arguments: Sequence[str]) -> int:
    """Resolve pyproject.toml for every platform and Python into one hashed list."""
    prepare()
    options = "--all-extras --universal --generate-hashes --no-emit-index-url --no-header --quiet"
    files = [str(LOCK.relative_to(ROOT)), "pyproject.toml"]
    return python("-m", "uv", "pip", "compile", *options.split(), *arguments, "-o", *files)


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "run": run,
    "test": test,
    "check": check,
    "bench": functools.partial(forward, "bench"),
    "soak": functools.partial(forward, "soak"),
    "setup": setup,
    "lock": lock,
}


def main(arguments: Sequence[str]) -> int:
    """Carry out one command and return the exit code."""
    command = COMMANDS.get(arguments[0]) if arguments else None
    if command is None:
        asked = bool(arguments) and arguments[0] in ("-h", "--help", "help")
        print(USAGE, end="", file=sys.stdout if asked else sys.stderr)
        return 0 if asked else 2
    try:
        restarted = use_supported_python(arguments)
        return command(arguments[1:]) if restarted is None else restarted
    except SetupError as problem:
        say(str(problem))
        return 1
    except KeyboardInterrupt:
        return 130


def leave() -> NoReturn:
    """End with the command's exit code, printable on any console."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):
            stream.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(main(sys.argv[1:]))


if __name__ == "__main__":
    leave()
