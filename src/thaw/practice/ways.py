"""Ways out: lines that tell a person they may stop, go, or make a break."""

import re

from thaw.practice.english import clause_at

_LEAVING = re.compile(r"\b(?:stop|pause|end|leave|step away)\b", re.IGNORECASE)
_MEANT_FOR_YOU = re.compile(r"\b(?:you|can|could|this|here)\b", re.IGNORECASE)


def is_way_out(text: str) -> bool:
    """Return whether ``text`` names a way out of the sitting.

    A word of leaving counts where its clause speaks to the person or of what goes on here:
    "you can rest, or stop", "end it here", but not "the end of the street" (clinical rule R10).
    """
    for found in _LEAVING.finditer(text):
        start, end = clause_at(text, found.start())
        if _MEANT_FOR_YOU.search(text, start, end):
            return True
    return False
