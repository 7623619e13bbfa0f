"""The way about a text, and where it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.models import LinkStatus

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotations.queries.identities import Identity
    from annotations.turns import Outline, Voice


def render_outline(
    outline: Outline, language: str, identify: int | None = None,
    identities: Mapping[int, Identity] | None = None, *, speakers: str = "",
) -> SafeString:  # fmt: skip
    """Who speaks, and the headings and questions; `language` is the text's.

    `identify` is the article whose speakers the person may identify; `identities` are by speaker;
    `speakers` is the address where they are edited.
    """
    known = identities or {}
    parts = []
    if outline.voices:
        said = "".join(
            _voice(voice, identify, known.get(voice.speaker_id)) for voice in outline.voices
        )
        parts.append(f'<h2>{escape(_("Speakers"))}</h2><ul class="voices">{said}</ul>')
        if speakers:
            words = escape(_("Edit the speakers"))
            parts.append(f'<p class="identity"><a href="{escape(speakers)}">{words}</a></p>')
    if outline.entries:
        title = _("Questions") if outline.voices else _("Sections")
        lines = "".join(
            f'<li><a href="#p{entry.number}">{escape(entry.text)}</a></li>'
            for entry in outline.entries
        )
        lang = f' lang="{escape(language)}"' if language else ""
        parts.append(f'<h2>{escape(title)}</h2><ol class="entries"{lang}>{lines}</ol>')
    return SafeString("".join(parts))


def _voice(voice: Voice, identify: int | None, identity: Identity | None) -> str:
    count = len(voice.turns)
    turns = ngettext("%(turns)s turn", "%(turns)s turns", count) % {"turns": count}
    title = _("To the next turn of %(name)s") % {"name": voice.name}
    return (
        f'<li><a href="#p{voice.turns[0]}" data-next-turn="{voice.speaker_id}"'
        f' title="{escape(title)}"><b>{escape(voice.name)}</b> <span>{escape(turns)}</span>'
        f"</a>{_identity(voice, identify, identity)}</li>"
    )


def _identity(voice: Voice, identify: int | None, identity: Identity | None) -> str:
    """Who a speaker is, how sure that is where it is not verified, and the way to say it."""
    parts, status = [], ""
    if identity is not None:
        status = f' data-status="{identity.status}"'
        if identity.entity is not None:
            address = reverse("show_entity", args=(identity.entity,))
            parts.append(f'<a href="{address}">{escape(identity.label or "")}</a>')
        if identity.status != LinkStatus.VERIFIED:
            parts.append(f"<span>{escape(identity.status_label)}</span>")
    if identify is not None:
        address = reverse("identify_speaker", args=(identify, voice.speaker_id))
        parts.append(f'<a class="identify" href="{address}">{escape(_("Identify"))}</a>')
    return f'<p class="identity"{status}>{" ".join(parts)}</p>' if parts else ""


def render_source(source: str, url: str) -> SafeString:
    """The source of a text, a link where an http address is known."""
    if not url.startswith(("http://", "https://")):
        return format_html("{}", source)
    return format_html(
        '<a class="source-link" href="{}" rel="noopener noreferrer">{}</a>', url, source or url
    )
