"""With whom the speakers of an article were identified."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from django.utils.translation import get_language

from annotations.models import LinkStatus
from annotations.queries.said import in_language
from diplowatch.lib.statements import fetch_planned

if TYPE_CHECKING:
    from articles.models import Article

IDENTITIES: Final = """
SELECT i.speaker_id, i.status, i.entity_id, {label}
FROM annotations_speakeridentity AS i
JOIN articles_speaker AS s ON s.id = i.speaker_id AND NOT s.retired
LEFT JOIN annotations_entity AS e ON e.id = i.entity_id
WHERE s.article_id = %s AND (i.entity_id IS NOT NULL OR i.status = 'not_identifiable')"""


class Identity(NamedTuple):
    """Who a speaker is; without an entity nobody can tell."""

    status: str
    entity: int | None
    label: str | None

    @property
    def status_label(self) -> str:
        """How sure it is."""
        return str(LinkStatus(self.status).label)


def identities_in(article: Article) -> dict[int, Identity]:
    """By the speakers' ids; those of whom nothing is said are left out."""
    sql = IDENTITIES.format(label=in_language("e.label", get_language() or ""))
    return {speaker: Identity(*said) for speaker, *said in fetch_planned(sql, [article.pk])}
