"""Whatever recorded it, a voice message is the same small file, and says nothing of its place."""

from __future__ import annotations

import io
import wave
from pathlib import Path

import av
import pytest

from console.media.jobs import Answer, Job
from console.media.recordings import process
from console.wire.errors import Code, Refusal
from tests.helpers.pictures import PLACE
from tests.helpers.recordings import VOICES, voice

SECONDS = 3.0


def nothing_recorded() -> bytes:
    """A whole WAV file of no length."""
    stream = io.BytesIO()
    with wave.open(stream, "wb") as output:
        output.setparams((1, 2, 16_000, 0, "NONE", ""))
        output.writeframes(b"")
    return stream.getvalue()


@pytest.fixture
def made(tmp_path: Path):  # type: ignore[no-untyped-def]
    """Process a recording here; its answer and the folder with what was made."""

    def run(data: bytes, name: str = "recording") -> tuple[Answer, Path]:
        source, target = tmp_path / name, tmp_path / f"{name}-made"
        source.write_bytes(data)
        target.mkdir()
        return process(Job(str(source), str(target)), lambda _part: None), target

    return run


@pytest.mark.parametrize("kind", sorted(VOICES))
def test_every_recording_becomes_the_same_small_file(made, kind):
    answer, folder = made(voice(kind, SECONDS))
    facts = answer.facts
    assert (facts.mime, facts.width, facts.height, facts.blurhash) == ("audio/mp4", 0, 0, "")
    assert facts.duration_ms == pytest.approx(SECONDS * 1000, abs=60)
    file = folder / "voice.m4a"
    assert file.stat().st_size == facts.size < 8_000 * SECONDS
    assert PLACE not in file.read_bytes()
    with av.open(str(file)) as container:
        (sound,) = container.streams
        assert (sound.codec_context.name, sound.codec_context.layout.name) == ("aac", "mono")
        assert sound.codec_context.profile == "LC"
        assert {"creation_time", "comment"}.isdisjoint(container.metadata)


def test_the_bars_show_silence_loud_and_half_as_loud(made):
    bars = [int(digit, 16) for digit in made(voice("wav", 6.0))[0].facts.waveform]
    assert len(bars) == 64
    assert set(bars[1:19]) == {0}
    assert set(bars[24:40]) == {15}
    assert set(bars[46:62]) <= {7, 8}


def test_a_short_recording_has_fewer_bars(made):
    facts = made(voice("wav", 0.3))[0].facts
    assert 5 <= len(facts.waveform) <= 8
    assert facts.duration_ms == pytest.approx(300, abs=5)


def test_the_index_comes_before_the_sound(made):
    _, folder = made(voice("webm"))
    data = (folder / "voice.m4a").read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


def test_a_recording_in_two_channels_is_mixed_to_one(made):
    stream = io.BytesIO()
    with av.open(stream, "w", format="wav") as output:
        sound = output.add_stream("pcm_s16le", rate=8_000, layout="stereo")
        frame = av.AudioFrame("s16", "stereo", 8_000)
        frame.planes[0].update(b"\x00\x20\x00\x20" * 8_000)
        frame.sample_rate = 8_000
        output.mux(sound.encode(frame))
        output.mux(sound.encode(None))
    assert made(stream.getvalue())[0].facts.duration_ms == 1_000


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"nothing that was ever recorded" * 40, Code.MEDIA_TYPE),
        (b"#EXTM3U\n#EXTINF:9,\nfile:///etc/passwd\n" * 9, Code.MEDIA_TYPE),
        (b"ffconcat version 1.0\nfile /etc/passwd\n" * 9, Code.MEDIA_TYPE),
        (voice("m4a")[: 4_000], Code.MEDIA_BROKEN),
        (voice("webm")[:200], Code.MEDIA_BROKEN),
        (nothing_recorded(), Code.MEDIA_BROKEN),
        (b"OggS" + bytes(9_000), Code.MEDIA_BROKEN),
        (b"\x1aE\xdf\xa3" + b"\xff" * 9_000, Code.MEDIA_BROKEN),
    ],
    ids=["text", "playlist", "concat", "cut m4a", "cut webm", "empty", "zeros", "ones"],
)  # fmt: skip
def test_what_is_no_honest_recording_is_refused(made, data, code):
    with pytest.raises(Refusal) as caught:
        made(data)
    assert caught.value.code is code


def test_a_recording_that_is_too_long_is_refused(made):
    with pytest.raises(Refusal) as caught:
        made(voice("wav", 303.0))
    assert caught.value.code is Code.MEDIA_TOO_LONG


def test_a_long_recording_whose_header_is_silent_about_it_is_refused(made):
    with pytest.raises(Refusal) as caught:
        made(voice("amr", 303.0))
    assert caught.value.code is Code.MEDIA_TOO_LONG
