"""Danger first. These words are in code, not in a file an author can change: they must be there
when the database, the keys, the mail and every YAML file are broken.

Sources, each to be checked again before launch (stored copies, 2019 to 2026): the silent solution
(IOPC, May 2019), emergency text (Relay UK and NHS leaflets), 999 BSL (Ofcom, June 2022).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

HEADER: Final = "In danger now? Call 999."

DIAL_999: Final = """\
Call 999 now if anyone is in danger.

If you cannot speak: call 999 from a mobile and stay on the line. \
When you hear the recorded message, press 55. A silent call alone does not bring the police. \
Pressing 55 does not tell them where you are.

If you cannot use your voice or hear: text 999 if your phone is registered. \
If it is not, text "register" to 999 first and follow the reply. \
Relay UK: dial 18000. British Sign Language: use the 999 BSL app or 999bsl.co.uk.

Outside the United Kingdom: call 112 or the local emergency number.

This chat is not an emergency service. Nobody is watching it now."""

NOT_SAVED: Final = """\
In danger now? Call 999.

Something here is not working. What you just sent was not saved, and nobody has seen it.

Please try again in a few minutes. If a child needs help and it is not an emergency, \
call the police on 101 or the NSPCC on 0808 800 5000. \
To pass on information without saying who you are, call Crimestoppers on 0800 555 111."""

FILE_NOT_SENT: Final = f"""\
{HEADER}

The file could not be sent. Please ask for it again in a moment."""

EDIT_NOT_READ: Final = f"""\
{HEADER}

Changes to a message you sent are not read. Please type it again."""

CARRY_ON: Final = "Carry on"
CARRY_ON_OPTION: Final = "on"  # on every urgent or help screen: shows the present screen again

_LONGEST: Final = 64  # a longer message says more than the word
_URGENT: Final = frozenset({"999", "danger", "emergency", "112", "sos"})
_UNSEEN: Final = re.compile("[\ufe0f\u20e3\u200b-\u200f\u2060\ufeff]")  # also of 9️⃣ keycaps
_EDGES: Final = re.compile(r"^[\W_]+|[\W_]+$")


def is_urgent(text: str) -> bool:
    """Whether a whole message asks for 999: the word alone, in any case, however punctuated, in
    the digits of any script; "9 9 9" is 999 too.
    """
    if len(text) > _LONGEST:
        return False
    plain = unicodedata.normalize("NFKC", _EDGES.sub("", _UNSEEN.sub("", text))).casefold()
    word = "".join(str(int(c)) if c.isdecimal() else c for c in plain)
    return word in _URGENT or "".join(word.split()) == "999"
