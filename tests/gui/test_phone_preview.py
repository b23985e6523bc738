"""The phone beside a draft paints a campaign in the shape in which the phone shows it."""

from __future__ import annotations

import msgspec
import pytest
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QApplication

from console.desk.types import PhotoItem
from console.ui import theme
from console.ui.appearance import Appearance
from console.ui.phone_preview import PhonePreview, Shown

WIDTH, HEIGHT = 276, 640
MIDDLE = WIDTH // 2
RED = QColor(200, 0, 0)


def photo(width: int, height: int, caption: str = "") -> PhotoItem:
    return PhotoItem(media_id=1, width=width, height=height, caption=caption)


def painted(
    phone: PhonePreview, *photos: PhotoItem, layout: str = "", language: str = "zh"
) -> list[QColor]:
    """The colours down the middle of the phone."""
    phone.show_message(Shown(words="x", photos=photos, layout=layout, language=language))
    image = phone.grab().toImage()
    return [image.pixelColor(MIDDLE, y) for y in range(HEIGHT)]


def card_ends(column: list[QColor]) -> int:
    """Where, looked at from below, the ground ends and the card begins."""
    paper = theme.LIGHT.color("paper")
    foot = max(y for y in range(HEIGHT - 60) if column[y] == paper)
    return max(y for y in range(foot) if column[y] != paper)


@pytest.fixture
def phone(qapp: QApplication, appearance: Appearance) -> PhonePreview:
    ground = QPixmap(100, 100)
    ground.fill(RED)
    made = PhonePreview(lambda _: ground)
    made.resize(WIDTH, HEIGHT)
    return made


@pytest.mark.parametrize(
    ("size", "shape"),
    [((900, 1600), 1.25), ((900, 1000), 1.11), ((1000, 700), 0.7), ((1600, 400), 0.56)],
)
def test_a_cover_keeps_its_photos_shape_within_reason(
    phone: PhonePreview, size: tuple[int, int], shape: float
) -> None:
    card_width = WIDTH - 2 * 9 - 2 * 12
    high = painted(phone, photo(*size)).count(RED)
    assert high == pytest.approx(shape * card_width, abs=3)


@pytest.mark.parametrize("layout", ["grid", "strip", "cards"])
def test_a_long_caption_is_broken_and_not_cut(phone: PhonePreview, layout: str) -> None:
    def ends(caption: str) -> int:
        tiles = [photo(100, 40, "短")] + [photo(100, 40, caption)] * 2
        return card_ends(painted(phone, *tiles, layout=layout))

    one, two, three = ends("短"), ends("米色风衣 ¥599"), ends("米色双排扣系带长款风衣 ¥599")
    assert one < two < three


@pytest.mark.parametrize("layout", ["grid", "strip", "cards"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_below_a_photo_that_shows_an_article_stands_the_button_to_keep_one(
    phone: PhonePreview, layout: str, language: str
) -> None:
    plain = [photo(100, 40, "短")] * 3
    linked = [plain[0], msgspec.structs.replace(plain[1], product_id=7), plain[2]]

    def ends(photos: list[PhotoItem]) -> int:
        return card_ends(painted(phone, *photos, layout=layout, language=language))

    assert ends(linked) >= ends(plain) + 32
    assert ends([*linked[:2], linked[1]]) == ends(linked), "those side by side share the room"
