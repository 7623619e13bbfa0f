"""What the forms of a whole passage and of the structure send."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from annotations.forms.saying import Malformed, read_number
from articles.services.rewriting import LONGEST, Rewriting

if TYPE_CHECKING:
    from collections.abc import Mapping

_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")
LONGEST_REASON = 2_000


def read_words(post: Mapping[str, str], name: str) -> str:
    """Words as a form sends them: line ends as texts have them, nothing that cannot be stored."""
    words = post.get(name, "").replace("\r\n", "\n").replace("\r", "\n")
    words = _UNSTORABLE.sub("", words)
    if len(words) > LONGEST:
        raise Malformed(name)
    return words


def read_rewriting(post: Mapping[str, str], number: int) -> Rewriting:
    """A passage as somebody typed it; raises `Malformed`."""
    revision = read_number(post, "revision")
    if revision is None or revision < 0 or "text" not in post or "stood" not in post:
        raise Malformed("revision")
    return Rewriting(
        number,
        revision,
        read_words(post, "stood"),
        read_words(post, "text"),
        read_words(post, "reason").strip()[:LONGEST_REASON],
    )
