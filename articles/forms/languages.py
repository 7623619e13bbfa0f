"""The languages that a text may be said to be in, by their names in the interface's language."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from babel import Locale
from django.utils.translation import get_language
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Mapping

USUAL = (
    "fr", "en", "de", "es", "it", "pt", "nl", "ru", "uk", "ar", "he", "fa", "tr", "zh-hans",
)  # fmt: skip
OTHERS = (
    "am", "az", "be", "bg", "bn", "ca", "cs", "da", "el", "et", "eu", "fi", "ga", "ha", "hi",
    "hr", "hu", "hy", "id", "ja", "ka", "kk", "ko", "ku", "lt", "lv", "mk", "mn", "nb", "pl",
    "ps", "ro", "sk", "sl", "so", "sq", "sr", "sv", "sw", "th", "ur", "uz", "vi", "zh",
)  # fmt: skip


def language_choices(*own: str) -> list[tuple[str, str]]:
    """The languages to choose from, the usual ones first, then by name; `own` are among them.

    "" stands first, for a language that is not known.
    """
    names = _names(get_language() or "en")
    usual = dict.fromkeys(code for code in (*own, *USUAL) if code)
    others = sorted((_named(code, names), code) for code in OTHERS if code not in usual)
    return [
        ("", _("Not known")),
        *((code, _named(code, names)) for code in usual),
        *((code, name) for name, code in others),
    ]


def language_name(code: str) -> str:
    """The language's name in the interface's language; the code itself where none is known."""
    return _named(code, _names(get_language() or "en"))


@cache
def _names(interface: str) -> Mapping[str, str]:
    return dict(Locale.parse(interface, sep="-").languages)


def _named(code: str, names: Mapping[str, str]) -> str:
    parts = code.split("-")
    known = "_".join([parts[0], *(part.capitalize() for part in parts[1:])])
    name = names.get(known)
    return name[:1].upper() + name[1:] if name else code
