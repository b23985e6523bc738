"""How Chinese words are spelled, for finding things by keyboard."""

from __future__ import annotations

import functools


@functools.lru_cache(maxsize=8_192)
def spelled(words: str) -> tuple[str, str]:
    """``稍等`` → ``("shaodeng", "sd")``; Latin words stay as they are, in lower case."""
    # Its dictionaries take half a second to load, which no start should wait for.
    from pypinyin import lazy_pinyin  # noqa: PLC0415

    parts = [part.strip().casefold() for part in lazy_pinyin(words)]
    return "".join(parts), "".join(part[:1] for part in parts if part)
