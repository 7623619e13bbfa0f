"""What a correction changes, word by word, as HTML."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from html import escape
from typing import Final

TOKEN: Final = re.compile(r"\w+|\s+|.", re.DOTALL)
LONGEST: Final = 2_000  # code points compared word by word


def render_change(old: str, new: str) -> str:
    """The old words that go as `<del>`, the new ones as `<ins>`, what stays as it is."""
    if len(old) + len(new) > LONGEST:
        return _pair(old, new)
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    made: list[str] = []
    gone = come = ""
    blocks = matcher.get_opcodes()
    for place, (what, start, end, begin, stop) in enumerate(blocks):
        same = "".join(before[start:end])
        # Words changed one behind the other are read as one change.
        if what == "equal" and (same.strip() or place in (0, len(blocks) - 1)):
            made += (_pair(gone, come), escape(same))
            gone = come = ""
        else:
            gone += same
            come += "".join(after[begin:stop])
    return "".join([*made, _pair(gone, come)])


def _pair(old: str, new: str) -> str:
    gone = f"<del>{escape(old)}</del>" if old else ""
    come = f"<ins>{escape(new)}</ins>" if new else ""
    return gone + (" " if gone and come else "") + come
