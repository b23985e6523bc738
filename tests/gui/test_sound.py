"""Playing never freezes the window, whatever the player's own threads have to say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.helpers.recordings import voice

PATIENCE_S = 60
PLAY_AND_STOP = """
import sys, threading
from pathlib import Path
from PySide6.QtCore import QTimer, qInstallMessageHandler
from PySide6.QtWidgets import QApplication
from console.ui.sound import Sound

qInstallMessageHandler(lambda *_: None)
app = QApplication([])
sound, file, rounds = Sound(), Path(sys.argv[1]), 60

def busy():
    while True:
        pass

def play():
    sound.play(file)
    QTimer.singleShot(rounds % 4, stop)

def stop():
    global rounds
    sound.stop()
    rounds -= 1
    QTimer.singleShot(0, play if rounds else app.quit)

# Whoever wants to say something has to wait for Python.
threading.Thread(target=busy, daemon=True).start()
QTimer.singleShot(0, play)
app.exec()
sys.stdout.write("quiet")
sys.stdout.flush()
__import__("os")._exit(0)
"""


def test_a_player_whose_threads_write_to_the_log_can_be_stopped_at_any_moment(
    tmp_path: Path,
) -> None:
    file = tmp_path / "voice.wav"
    file.write_bytes(voice("wav", 2))
    done = subprocess.run(
        [sys.executable, "-c", PLAY_AND_STOP, str(file)],
        capture_output=True, text=True, timeout=PATIENCE_S, check=False,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.stdout == "quiet"
