"""Rules about consent: what counts as an opt-out.  Standard library only."""

from __future__ import annotations

import unicodedata

MARKETING = "marketing"
PRIVACY = "privacy"
OPT_OUT_WORDS = frozenset({"退订", "td", "t", "取消订阅", "unsubscribe"})


def is_opt_out(body: str) -> bool:
    """Whether a member's whole message takes her consent for marketing back.

    Compared after NFKC, trim and case-fold, so ``ＴＤ `` is one and ``不要退订`` is not.
    """
    return unicodedata.normalize("NFKC", body).strip().casefold() in OPT_OUT_WORDS
