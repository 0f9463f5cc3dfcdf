"""What makes a passphrase: long enough that a stolen file is not opened by trying.

Three random words make one (National Cyber Security Centre, "Three random words"). Nothing else is asked of it.
"""

from __future__ import annotations

from core.text import counted

SHORTEST = 10
_LONGEST = 1024
_DIFFERENT = 5


def why_weak(passphrase: str) -> str:
    """Why a passphrase is not taken, as a sentence; empty where it is."""
    letters = len(passphrase)
    if letters < SHORTEST:
        has = "one letter" if letters == 1 else counted(letters, "letter") if letters else "nothing in it"
        return f"The passphrase has {has}; it needs {SHORTEST} or more. Three random words make a good one."
    if letters > _LONGEST:
        return f"The passphrase has {counted(letters, 'letter')}; {_LONGEST:,} are the most."
    if len(set(passphrase)) < _DIFFERENT:
        return (
            f"The passphrase is made of fewer than {_DIFFERENT} different letters. Three random words make a good one."
        )
    if not passphrase.isprintable():
        return "The passphrase holds a character that cannot be typed. Use letters, figures, signs and blanks."
    return ""
