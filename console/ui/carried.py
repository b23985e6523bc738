"""Files and pictures that come from another program, dragged or pasted."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData
from PySide6.QtGui import QImage, QImageWriter, QPixmap


def holds(mime: QMimeData) -> bool:
    """Whether there are files or a picture in it, told without reading them."""
    return mime.hasImage() or any(url.isLocalFile() for url in mime.urls())


def pictures(mime: QMimeData) -> list[Path | bytes]:
    """Files by path, a bare picture as PNG bytes.

    A browser gives a picture's address beside the picture; the picture counts.
    """
    files: list[Path | bytes] = [
        Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()
    ]
    image = mime.imageData() if mime.hasImage() and not files else None
    if isinstance(image, QPixmap):
        image = image.toImage()
    return [_as_png(image)] if isinstance(image, QImage) and not image.isNull() else files


def _as_png(image: QImage) -> bytes:
    """An image encoded without loss."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"PNG").write(image)
    return bytes(buffer.data().data())
