"""How a Chinese name is spelled, for searching by keyboard.  Pure functions."""

from __future__ import annotations

from pypinyin import lazy_pinyin


def spelled(name: str) -> tuple[str, str]:
    """``林晓雯`` → ``("linxiaowen", "lxw")``; Latin names stay as they are, in lower case."""
    parts = [part.strip().casefold() for part in lazy_pinyin(name)]
    return "".join(parts), "".join(part[:1] for part in parts if part)
