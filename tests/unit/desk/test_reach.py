"""What the console tells about microphone and camera on members' phones."""

from __future__ import annotations

import json

import pytest

from console import paths
from console.desk.reach import STEPS, Microphone, of_address


@pytest.mark.parametrize(
    ("address", "microphone"),
    [
        ("https://shop.example", Microphone.YES),
        ("https://192.168.1.20:8787", Microphone.YES),
        ("http://192.168.1.20:8787", Microphone.NO),
        ("http://shop.example", Microphone.NO),
        ("http://127.0.0.1:8787", Microphone.HERE),
    ],
)
def test_only_https_gives_every_phone_a_microphone(address, microphone):
    reach = of_address(address)
    assert reach.microphone is microphone
    assert reach.secure is (microphone is Microphone.YES)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_answer_and_every_way_has_its_sentence(language):
    file = paths.resources() / "text" / f"reach.{language}.json"
    sentences = json.loads(file.read_text(encoding="utf-8"))
    assert set(sentences) == {*(each.value for each in Microphone), *STEPS}
    assert all(sentences.values())
