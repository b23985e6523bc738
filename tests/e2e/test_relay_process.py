"""The relay as a process: found, attached to, stopped, killed, and ending with its parent."""

from __future__ import annotations

import http.client
import json
import os
import signal
import stat
import subprocess
import sys
from typing import Any

import psutil
import pytest

from console.desk.accounts import AccountsDesk
from console.program import command_line, environment
from console.relay import process
from console.relay.lock import FolderLock, FolderTaken, is_taken
from console.relay.process import INFO_NAME
from tests.e2e.conftest import RelayProcess


def hanger(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line to its end."""
    return subprocess.run(
        command_line(*arguments), env=environment(), capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip


def ask(
    relay: RelayProcess, method: str, path: str, body: object = None, **headers: str
) -> tuple[int, Any]:
    """Status and JSON of one request."""
    line = http.client.HTTPConnection("127.0.0.1", relay.info.port, timeout=60)
    try:
        line.request(method, path, json.dumps(body) if body is not None else None, headers)
        answer = line.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        line.close()


def test_a_running_relay_tells_where_it_is_to_its_user_only(relay_process):
    file = relay_process.folder / INFO_NAME
    written = json.loads(file.read_text())
    assert set(written) == {"pid", "port", "secret", "tls_port"}
    assert written["pid"] == relay_process.info.pid != os.getpid()
    _, health = ask(relay_process, "GET", "/api/health")
    assert health["ok"] is True
    assert set(health) == {"ok", "head", "epoch", "version", "writer_ms"}
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_second_start_attaches_to_the_first(relay_process):
    again = hanger("relay", "--data", str(relay_process.folder), "--port", "0")
    assert again.returncode == 0
    assert relay_process.base in again.stdout
    assert process.start_background(relay_process.folder) == relay_process.info


def test_only_one_process_holds_a_data_folder(relay_process, tmp_path):
    with pytest.raises(FolderTaken):
        FolderLock(relay_process.folder).acquire()
    with FolderLock(tmp_path):
        assert is_taken(tmp_path)
    assert not is_taken(tmp_path)


def test_status_and_stop_say_what_is(relay_process):
    data = str(relay_process.folder)
    running = hanger("relay", "status", "--data", data)
    assert running.returncode == 0
    assert json.loads(running.stdout) | {"running": True, "healthy": True} == json.loads(
        running.stdout
    )
    assert hanger("relay", "stop", "--data", data).returncode == 0
    assert not psutil.pid_exists(relay_process.info.pid) or is_zombie(relay_process.info.pid)
    assert hanger("relay", "status", "--data", data).returncode == 3
    assert hanger("relay", "stop", "--data", data).returncode == 3


def is_zombie(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_a_relay_outlives_whoever_started_it(tmp_path):
    starter = (
        "import sys; from pathlib import Path; from console.relay import process; "
        "print(process.start_background(Path(sys.argv[1]), port=0, host='127.0.0.1').pid)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", starter, str(tmp_path)], env=environment(), capture_output=True,
        text=True, timeout=60, check=True,
    )  # fmt: skip
    info = process.find_running(tmp_path)
    assert info is not None
    assert info.pid == int(ended.stdout)
    assert process.is_healthy(info)
    assert process.stop(tmp_path)
    assert process.find_running(tmp_path) is None


@pytest.mark.usefixtures("started_whole")
def test_a_relay_started_for_a_program_ends_with_it(tmp_path):
    parent = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    info = process.start_background(tmp_path, port=0, host="127.0.0.1", parent_pid=parent.pid)
    relay = psutil.Process(info.pid)
    parent.communicate(b"\n")
    psutil.wait_procs([relay], timeout=10)
    assert process.find_running(tmp_path) is None
    assert not is_taken(tmp_path)


@pytest.mark.usefixtures("started_whole")
@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_relay_in_good_order(relay_process, number):
    os.kill(relay_process.info.pid, number)
    psutil.wait_procs([psutil.Process(relay_process.info.pid)], timeout=10)
    assert process.find_running(relay_process.folder) is None
    assert not (relay_process.folder / INFO_NAME).exists()
    assert relay_process.log[-1]["event"] == "relay_stopped"


@pytest.mark.usefixtures("started_whole")
def test_a_killed_relay_leaves_nothing_that_keeps_the_next_from_starting(relay_process):
    before = relay_process.info
    relay_process.kill_and_restart()
    assert relay_process.info.pid != before.pid
    assert relay_process.info.secret != before.secret
    assert process.is_healthy(relay_process.info)


def test_stop_needs_the_secret_and_no_browser(relay_process):
    def stop(secret: str, **headers: str) -> int:
        return ask(relay_process, "POST", "/api/stop", {"secret": secret}, **headers)[0]

    secret = relay_process.info.secret
    assert stop("guessed") == 403
    assert stop("") == 403
    assert stop(secret, Origin=relay_process.base) == 403
    assert stop(secret, **{"X-Forwarded-For": "127.0.0.1"}) == 403
    assert process.is_healthy(relay_process.info)
    assert stop(secret) == 200


async def test_the_address_test_tells_this_relay_from_silence(relay_process, tmp_path):
    accounts = AccountsDesk(tmp_path, relay_process.base)
    try:
        found = {each.url: each for each in await accounts.reach("http://127.0.0.1:9")}
    finally:
        await accounts.close()
    assert found[relay_process.base].answers
    assert found[relay_process.base].here_only
    assert not found["http://127.0.0.1:9"].answers


def test_wrong_settings_are_refused_with_a_sentence(tmp_path):
    (tmp_path / "hanger.toml").write_text("[relay]\nport = 'many'\n")
    ended = hanger("relay", "--data", str(tmp_path))
    assert ended.returncode == 2
    assert "relay.port" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_port_in_use_is_said_plainly(relay_process, tmp_path):
    ended = hanger(
        "relay", "--data", str(tmp_path / "other"), "--port", str(relay_process.info.port),
        "--host", "127.0.0.1",
    )  # fmt: skip
    assert ended.returncode == process.ExitCode.PORT_TAKEN
    assert "Traceback" not in ended.stderr


def test_an_unknown_command_is_refused_with_the_list():
    ended = hanger("rellay")
    assert ended.returncode == 2
    assert "relay stop" in ended.stderr
