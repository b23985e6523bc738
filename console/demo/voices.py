"""What simulated members say: the phrasebook, with things of the catalogue in its blanks."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass

from PIL import Image

from console.demo import sound
from console.demo.catalogue import Product, products
from console.demo.phrases import Subject, say, subject_for
from console.demo.pictures import artwork

_OPENINGS = (
    ("stock_questions", 70), ("small_talk", 10), ("complaints", 4), ("tourists", 5),
    ("long", 1), ("rtl", 1), ("emoji", 4), ("not_opt_out", 1),
)  # fmt: skip
_REPLIES = (("follow_ups", 40), ("thanks", 35), ("emoji", 15))


@dataclass(frozen=True, slots=True)
class Voice:
    """One member's way of speaking; she asks about things made for her.

    Attributes:
        gender: ``f`` or ``m``.
    """

    gender: str

    def question(self, rng: random.Random) -> str:
        """Something she writes first."""
        return say(rng, _draw(rng, _OPENINGS), self._subject(rng))

    def answer(self, rng: random.Random, said: str) -> str:
        """Her answer; the longer the shop wrote, the likelier she goes on."""
        if len(said) < 6 and rng.random() < 0.6:
            return ""
        return say(rng, _draw(rng, _REPLIES), self._subject(rng))

    def photo(self, rng: random.Random) -> bytes:
        """A picture of one of the shop's things, as if she had kept it."""
        item = self._product(rng)
        with Image.open(artwork() / item.picture(rng.choice(item.colours))) as picture:
            jpeg = io.BytesIO()
            picture.convert("RGB").save(jpeg, "JPEG", quality=rng.randint(80, 92))
        return jpeg.getvalue()

    def spoken(self, rng: random.Random) -> bytes:
        """A few seconds of somebody speaking, her own voice high or low."""
        pitch_hz = 125.0 if self.gender == "m" else 215.0
        return sound.speech(rng.randrange(1_000_000), rng.uniform(2, 9), pitch_hz=pitch_hz)

    def _product(self, rng: random.Random) -> Product:
        return rng.choice([item for item in products() if item.gender in (self.gender, "u")])

    def _subject(self, rng: random.Random) -> Subject:
        item = self._product(rng)
        return subject_for(rng, item, rng.choice(item.sizes))


def _draw(rng: random.Random, weighted: tuple[tuple[str, int], ...]) -> str:
    names, weights = zip(*weighted, strict=True)
    return str(rng.choices(names, weights)[0])
