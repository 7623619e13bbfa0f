"""The form per passage that says something without any script: quote, motivation, text."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations.access import places_to_say, role_to_say
from annotations.forms.correcting import read_wanted
from annotations.forms.saying import Malformed, read_number, read_said
from annotations.models import Certainty, Entity, FlagKind, LinkStatus, Motivation, Tag
from annotations.models.annotation import make_uuid
from annotations.queries.meant import entities_named
from annotations.services.annotating import NotHere
from annotations.services.spans import Refused, Span, StaleSpan
from annotations.text.quotes import find_quote
from annotations.views.answers import answer
from annotations.views.correcting import outcome_of_correction
from annotations.views.faults import sentence_for, status_of
from annotations.views.saying import outcome_of, say
from articles.access import get_article, signed_in, with_access
from articles.models import Passage
from articles.queries.shelves import visible_shelves
from diplowatch.lib.roles import Role

if TYPE_CHECKING:
    from annotations.forms.saying import Said
    from articles.models import Article

MOTIVATIONS = [
    (value, label) for value, label in Motivation.choices if value != Motivation.REPLYING
]


class NotInText(Exception):
    """The passage does not have that quote, or not so often."""


@dataclass(slots=True)
class Sheet:
    """The form and what became of it."""

    request: HttpRequest
    article: Article
    passage: Passage
    may_share: bool
    fault: str = ""
    status: int = 200
    entities: list[Entity] = field(default_factory=list)

    def show(self) -> HttpResponse:
        """The form, with what was typed."""
        post = self.request.POST
        context: dict[str, Any] = {
            "article": self.article,
            "passage": self.passage,
            "key": post.get("id") or make_uuid(),
            "typed": post,
            "motivation": post.get("motivation", Motivation.HIGHLIGHTING),
            "occurrence": post.get("occurrence", "1"),
            "motivations": MOTIVATIONS,
            "flag_kinds": FlagKind.choices,
            "certainties": Certainty.choices,
            "tags": Tag.objects.live(),
            "entities": self.entities,
            "may_share": self.may_share,
            "fault": self.fault,
        }
        template = "annotations/say_about_passage.html"
        return render(self.request, template, context, status=self.status)

    def refuse(self, fault: str, status: int = 422) -> HttpResponse:
        """The form again, saying what is wrong."""
        self.fault, self.status = fault, status
        return self.show()


@require_http_methods(["GET", "POST"])
@with_access
def say_about_passage(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Say something about words of a passage, or about all of it."""
    user = signed_in(request)
    article = get_article(request, pk, Role.READER)
    shelves = visible_shelves(user)
    found = Passage.objects.live().filter(article=article, number=number)
    passage = found.only("number", "text", "revision").first()
    if passage is None:
        raise Http404
    may_share = article.collection_id in places_to_say(shelves, private=False)
    sheet = Sheet(request, article, passage, may_share)
    if request.method == "GET":
        return sheet.show()
    try:
        said = _as_said(sheet)
        named = said.motivation == Motivation.EDITING and request.POST.get("entity_name")
        if (said.motivation == Motivation.IDENTIFYING or named) and said.entity_id is None:
            said = _with_entity(sheet, said)
            if said.entity_id is None and said.status != LinkStatus.NOT_IDENTIFIABLE:
                return sheet.refuse(_which_entity(sheet))
        if said.motivation == Motivation.EDITING:
            get_article(request, pk, Role.ANNOTATOR)
            wanted = read_wanted(request.POST, said.spans)
            wanted = replace(wanted, said=replace(said, spans=()))
            outcome = outcome_of_correction(user, article, shelves, wanted)
            return answer(request, outcome)
        annotation, activity = say(user, shelves, pk, said)
    except NotInText:
        return sheet.refuse(_("These words do not stand in the passage, or not so often."))
    except NotHere as refused:
        get_article(request, pk, role_to_say(private="private" in request.POST))
        raise Http404 from refused
    except (Refused, Malformed) as fault:
        return sheet.refuse(sentence_for(fault), status_of(fault))
    return answer(request, outcome_of(annotation, activity, shelves, said))


def _as_said(sheet: Sheet) -> Said:
    """What the form says, its quote found in the passage; no quote means all of the passage."""
    post, passage = sheet.request.POST, sheet.passage
    said = read_said(post)
    quote = post.get("quote", "").replace("\r\n", "\n").strip()
    place = (0, len(passage.text))
    if quote:
        occurrence = read_number(post, "occurrence") or 1
        found = find_quote(passage.text, quote, min(occurrence, len(passage.text)))
        if found is None:
            raise NotInText
        place = found
    seen = read_number(post, "revision")
    if seen is not None and seen < passage.revision:
        raise StaleSpan(passage.number, "changed")  # how often words occur was said of another text
    revision = passage.revision if seen is None else seen
    span = Span(passage.number, revision, *place, passage.text[slice(*place)])
    return replace(said, spans=(span,), private=said.private or not sheet.may_share)


def _with_entity(sheet: Sheet, said: Said) -> Said:
    typed = sheet.request.POST.get("entity_name", "")
    sheet.entities = entities_named(typed or said.spans[0].exact)
    if len(sheet.entities) == 1 and typed:
        return replace(said, entity_id=sheet.entities[0].pk)
    return said


def _which_entity(sheet: Sheet) -> str:
    if sheet.entities:
        return _("Choose the entity that is meant.")
    return _("No entity bears this name. Type another name or its Wikidata id.")
