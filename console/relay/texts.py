"""The texts that members agree to, and the sentences of ``resources/text``.

Read once at start.  What a member agreed to is recorded by the hash of both languages'
wording, so that a later change of a word is a later text.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class ConsentText:
    """One text in every language.

    Attributes:
        zh: the Chinese wording; paragraphs are divided by empty lines.
        en: the English wording.
        hash: SHA-256 over both, as it is written into the consent ledger.
    """

    zh: str
    en: str
    hash: str

    def public(self) -> dict[str, str]:
        """As ``/api/shop`` gives it out."""
        return {"zh": self.zh, "en": self.en, "hash": self.hash}


@dataclass(frozen=True, slots=True)
class Texts:
    """Everything a member is asked to agree to."""

    privacy: ConsentText
    marketing: ConsentText


def load_texts(folder: Path) -> Texts:
    """The texts in ``resources/text``.  Raises ``OSError`` when one is missing or broken."""
    return Texts(_consent(folder, "privacy"), _consent(folder, "marketing"))


def _consent(folder: Path, name: str) -> ConsentText:
    wordings = {language: _wording(folder / f"{name}.{language}.json") for language in LANGUAGES}
    canonical = json.dumps(wordings, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    return ConsentText(wordings["zh"], wordings["en"], digest)


def _wording(file: Path) -> str:
    try:
        return str(json.loads(file.read_text(encoding="utf-8"))["text"])
    except (ValueError, KeyError, TypeError) as error:
        raise OSError(f"{file} holds no text") from error
