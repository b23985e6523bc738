"""Brings the console's Chinese up to date with its source texts.

``python -m tools.translate`` reads every text of the screens into ``hanger_zh_CN.ts`` (what is
translated stays, what nobody says any more goes), compiles it, and names what has no Chinese
yet; the exit code is 1 while there is any.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
TEXTS = ROOT / "resources" / "i18n" / "hanger_zh_CN.ts"
SPOKEN_IN = ("console/ui", "console/views")


def _tool(name: str) -> str:
    return str(Path(sys.executable).with_name(f"pyside6-{name}"))


def update() -> None:
    """Source texts into the file, then the file into what Qt loads."""
    options = ["-extensions", "py", "-no-obsolete", "-locations", "none", "-silent"]
    subprocess.run([_tool("lupdate"), *options, *SPOKEN_IN, "-ts", str(TEXTS)], cwd=ROOT,
                   check=True)  # fmt: skip
    subprocess.run([_tool("lrelease"), "-silent", str(TEXTS)], cwd=ROOT, check=True)


def untranslated() -> list[str]:
    """``context: source`` of every text without Chinese."""
    contexts = ElementTree.parse(TEXTS).getroot().findall("context")  # noqa: S314 - own file
    return [
        f"{context.findtext('name')}: {message.findtext('source')}"
        for context in contexts
        for message in context.findall("message")
        if not message.findtext("translation")
    ]


def main() -> int:
    """Update and report."""
    update()
    missing = untranslated()
    for text in missing:
        sys.stdout.write(f"no Chinese: {text}\n")
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main())
