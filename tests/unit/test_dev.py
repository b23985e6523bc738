"""The set-up that runs before anything else exists."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest

import dev
from tools import machine

ROOT = Path(dev.__file__).parent


@pytest.fixture
def empty_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project folder in which set-up may do as it likes."""
    lock = tmp_path / "requirements.lock"
    lock.write_text("")
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(dev, "STAMP", tmp_path / ".venv" / "stamp.json")
    monkeypatch.setattr(dev, "LOCK", lock)
    monkeypatch.setattr(dev, "venv_python", lambda: tmp_path / ".venv" / "python")
    return tmp_path


@pytest.fixture
def steps(empty_project: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the steps that set-up takes, which here only pretend to do their work."""
    taken: list[str] = []

    def logged(command: Sequence[str], *, fatal: bool = True) -> bool:
        if "venv" in command:
            taken.append("venv")
            (empty_project / ".venv").mkdir()
            (empty_project / ".venv" / "python").touch()
        else:
            taken.append("install")
            site = empty_project / ".venv" / "lib" / "python3" / "site-packages"
            (site / "hat-1.0.dist-info").mkdir(parents=True, exist_ok=True)
        return True

    monkeypatch.setattr(dev, "logged", logged)
    monkeypatch.setattr(dev, "WINDOWS", False)
    return taken


@pytest.mark.parametrize(
    ("version", "supported"),
    [((3, 10, 9), False), ((3, 11, 0), True), ((3, 13, 7), True), ((3, 14, 0), False)],
)
def test_only_pythons_that_have_the_packages_are_used(
    version: tuple[int, int, int], supported: bool
) -> None:
    assert dev.python_is_supported(version) is supported


def test_another_python_is_asked_for_when_none_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "python_is_supported", lambda _: False)
    monkeypatch.setattr(dev, "find_supported_python", lambda: None)
    with pytest.raises(dev.SetupError, match=r"install Python 3\.11 to 3\.13"):
        dev.use_supported_python([])


def test_first_set_up_makes_and_fills_the_environment(steps: list[str]) -> None:
    dev.prepare_venv()
    assert steps == ["venv", "install"]


def test_second_set_up_does_nothing(steps: list[str]) -> None:
    dev.prepare_venv()
    steps.clear()
    dev.prepare_venv()
    assert steps == []


def test_a_changed_lock_installs_into_a_whole_environment(steps: list[str]) -> None:
    dev.prepare_venv()
    steps.clear()
    dev.LOCK.write_text("hat==1.1")
    dev.prepare_venv()
    assert steps == ["install"]


@pytest.mark.parametrize("damage", ["python", "stamp.json", "lib/python3/site-packages"])
def test_a_broken_environment_is_made_anew(
    steps: list[str], empty_project: Path, damage: str
) -> None:
    dev.prepare_venv()
    steps.clear()
    broken = empty_project / ".venv" / damage
    broken.rename(empty_project / "taken-away")
    dev.prepare_venv()
    assert steps == ["venv", "install"]


def test_an_interrupted_installation_leaves_no_stamp(
    steps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    dev.prepare_venv()
    dev.LOCK.write_text("hat==1.1")
    monkeypatch.setattr(dev, "logged", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        dev.prepare_venv()
    assert not dev.STAMP.exists()


def test_stamp_of_another_python_is_not_believed(steps: list[str]) -> None:
    dev.prepare_venv()
    stamp = json.loads(dev.STAMP.read_text())
    assert dev.is_whole(stamp)
    assert not dev.is_whole({**stamp, "base": "another"})


def test_renamed_system_package_counts_under_either_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "installed_packages", lambda _: {"new-name", "libgl1"})
    assert machine.missing_packages(["new-name|old-name", "libgl1", "libegl1"]) == ["libegl1"]


def test_the_one_command_is_printed_when_a_password_is_needed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(machine, "administrator", lambda: None)
    assert not machine.install_packages(["new|libegl1", "fonts-noto-cjk"])
    printed = capsys.readouterr().err
    assert "sudo apt-get install -y --no-install-recommends libegl1 fonts-noto-cjk" in printed


def test_missing_library_stops_but_missing_font_does_not(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(machine, "install_packages", lambda _: False)
    monkeypatch.setattr(machine, "venv_package", list)
    monkeypatch.setattr(
        machine, "missing_packages", lambda names: [n for n in names if "font" in n]
    )
    monkeypatch.setattr(machine, "QT_LIBRARIES", ("libegl1",))
    machine.prepare_debian(browser=False)
    assert "going on without" in capsys.readouterr().err
    monkeypatch.setattr(machine, "missing_packages", list)
    with pytest.raises(machine.SetupError, match="libegl1"):
        machine.prepare_debian(browser=False)


def test_named_browser_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    browser = tmp_path / "chromium"
    browser.touch()
    monkeypatch.setenv("HANGER_CHROMIUM", str(browser))
    assert machine.find_browser() == str(browser)
    browser.unlink()
    assert machine.find_browser() is None


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ([], ["demo"]),
        (["--seed", "3"], ["demo", "--seed", "3"]),
        (["--empty"], ["open", "--empty"]),
        (["--headless", "--screenshots", "x"], ["demo", "--headless", "--screenshots", "x"]),
    ],
)
def test_run_starts_the_sample_shop_or_an_empty_one(typed: list[str], told: list[str]) -> None:
    assert dev.run_command(typed) == told


@pytest.mark.parametrize(
    ("checks", "tests", "result"), [(0, 0, 0), (1, 0, 1), (0, 2, 2), (1, 2, 2)]
)
def test_test_fails_when_checks_or_tests_fail(
    monkeypatch: pytest.MonkeyPatch, checks: int, tests: int, result: int
) -> None:
    monkeypatch.setattr(dev, "prepare", lambda **_: None)
    monkeypatch.setattr(dev, "check", lambda: checks)
    monkeypatch.setattr(dev, "python", lambda *_, **__: tests)
    assert dev.test([]) == result


def test_unknown_command_shows_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["dance"]) == 2
    assert "dev.py run" in capsys.readouterr().err
    assert dev.main(["--help"]) == 0


def test_exit_codes_are_passed_on() -> None:
    assert dev.call([sys.executable, "-c", "raise SystemExit(7)"]) == 7


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM to pass on")
def test_a_signal_ends_the_program_too() -> None:
    waiting = [sys.executable, "-c", "print(1, flush=True); input()"]
    command = [sys.executable, "-c", f"import dev, sys; sys.exit(dev.call({waiting!r}))"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        guard = threading.Timer(20, process.kill)
        guard.start()
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"1"
        process.send_signal(signal.SIGTERM)
        assert process.wait() == 128 + signal.SIGTERM
        guard.cancel()


def test_every_locked_package_has_a_hash_and_no_address() -> None:
    text = dev.LOCK.read_text()
    packages = [block for block in text.split("\n") if block and block[0].isalnum()]
    assert len(packages) > 30
    assert "://" not in text
    for block in text.replace("\\\n", " ").splitlines():
        if block and block[0].isalnum():
            assert "--hash=sha256:" in block


def test_lock_holds_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    locked = {line.split(" ")[0].lower() for line in dev.LOCK.read_text().splitlines()}
    assert {name.split(";")[0].strip().lower() for name in wanted} <= locked


def test_whole_runs_use_a_process_more_than_cores_and_chosen_tests_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(dev.os, "cpu_count", lambda: 16)
    assert dev.side_by_side([])[:4] == ["-n", "4", "--dist", "loadfile"]
    monkeypatch.setattr(dev.os, "cpu_count", lambda: 2)
    assert dev.side_by_side([])[:2] == ["-n", "3"]
    assert dev.side_by_side(["tests/unit"]) == []
    monkeypatch.setattr(dev.os, "cpu_count", lambda: 1)
    assert dev.side_by_side([]) == []


def test_a_run_whose_test_crashes_ends_and_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "test_fine.py").write_text("def test_fine(): pass\n")
    (tmp_path / "test_bad.py").write_text(
        "import os, signal\n"
        "def test_crashes(): os.kill(os.getpid(), signal.SIGABRT)\n"
        "def test_after(): pass\n"
    )
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    monkeypatch.setattr(dev.os, "cpu_count", lambda: 2)
    command = [sys.executable, "-m", "pytest", "-p", "no:asyncio", *dev.side_by_side([])]
    ended = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode == 1
    assert "crashed while running 'test_bad.py::test_crashes'" in ended.stdout
