"""Files written where the user asked for them: whole or not at all.

Knows nothing of what is in them.  Everything here may be called in any thread.
"""

from __future__ import annotations

import errno
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from console.ui.i18n import translate

_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def whole(to: Path) -> Iterator[BinaryIO]:
    """A file to write into; it is put in its place when the block ends, so that nobody opens half
    of it.

    Raises ``OSError``.  After that, and after anything the block raised, what lay there before
    is unchanged and nothing lies beside it.
    """
    to = to.resolve()  # where a link leads is written, the link stays one
    if to.exists() and not os.access(to, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(to))
    part = to.with_name(f".{uuid.uuid4().hex}.part")
    try:
        with part.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if to.exists():
            shutil.copymode(to, part)
        part.replace(to)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def write_whole(to: Path, content: bytes) -> None:
    """Put a file there at once.  Raises ``OSError``; what lay there before is then unchanged."""
    with whole(to) as file:
        file.write(content)


def fault(error: OSError) -> str:
    """Why a file could not be written: ``full``, ``denied``, ``folder`` or ``failed``."""
    if error.errno in _FULL:
        return "full"
    if isinstance(error, PermissionError):
        return "denied"
    return "folder" if isinstance(error, FileNotFoundError) else "failed"


def failure(error: OSError, to: Path) -> str:
    """The same as one sentence."""
    words = {
        "full": translate("Files", "“{name}” cannot be written: no room is left on that disk."),
        "denied": translate("Files", "“{name}” cannot be written: it may be open in another"
                            " program such as Excel, or you may not write there. Close it, or"
                            " choose another name or folder."),
        "folder": translate("Files", "“{name}” cannot be written: its folder is gone. Choose"
                            " another one."),
        "failed": translate("Files", "“{name}” cannot be written: {error}"),
    }[fault(error)]  # fmt: skip
    return words.format(name=to.name, error=error.strerror or error)
