"""The structure of a text, changed at one of its passages: split, joined, roles, who speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations.forms.saying import Malformed, read_number
from annotations.text.quotes import whole_quotes
from annotations.views.acted import answer_act
from annotations.views.requests import is_htmx, is_reading, with_events
from articles.access import get_article, signed_in, with_access
from articles.models import Role as TextRole
from articles.queries.shelves import visible_shelves
from articles.queries.structure import structure_of
from articles.services import structuring
from articles.services.log import Agent
from articles.services.operating import GoneText
from articles.services.structuring import At, By, StaleStructure, WrongStructure
from articles.text.operations import Merge
from articles.text.voicing import EVERYWHERE, HERE, ONWARDS
from articles.views.editing import editing
from diplowatch.lib.roles import Role

if TYPE_CHECKING:
    from collections.abc import Mapping

    from articles.models import Article
    from articles.queries.structure import Structure
    from articles.services.operating import Done

CONFLICT, INVALID = 409, 422


@require_http_methods(["GET", "POST"])
@with_access
def change_structure(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What may be changed at a passage, as forms; and one of them done."""
    article = get_article(request, pk, Role.EDITOR)
    if request.method == "GET":
        return _show(request, article, number)
    act = request.POST.get("act", "")
    if act not in DONE:
        return _show(request, article, number, fault=_not_understood(), status=INVALID)
    try:
        done = _do(request, article, number, act)
    except Malformed:
        return _show(request, article, number, fault=_not_understood(), status=INVALID)
    except StaleStructure:
        fault = _("Somebody changed this meanwhile. Look at how it stands now, and do it again.")
        return _show(request, article, number, fault=fault, status=CONFLICT)
    except WrongStructure as wrong:
        return _show(request, article, number, fault=sentence_of(wrong), status=INVALID)
    except GoneText as gone:
        raise Http404 from gone
    if done is None:
        return _nothing(request, article, number)
    role = visible_shelves(request.user).roles[article.collection_id]
    told = _other_voice(done, number) or said(act)
    return answer_act(request, article, role, done.activity, told, number=number)


def said(act: str) -> str:
    """What an act at a passage did, in a word or two."""
    return {
        "split": _("Split."), "merge": _("Joined."), "role": _("Role changed."),
        "voice": _("Speaker changed."), "exchange": _("Exchange changed."),
    }[act]  # fmt: skip


def _other_voice(done: Done, number: int) -> str:
    """That two were joined whom different people spoke; "" where it was not so."""
    [operated] = done.operated
    merge = next((one for one in operated.operations if isinstance(one, Merge)), None)
    if merge is None or merge.speaker is None:
        return ""
    structure = structure_of(operated.article_id)
    names = {voice.position: voice.name for voice in structure.voices}
    place = structure.place_of(number)
    now = None if place is None else structure.passages[place].state.speaker
    if now in (None, merge.speaker):
        return ""
    return _("Joined: what %(other)s said is now said by %(name)s.") % {
        "other": names[merge.speaker], "name": names[now],
    }  # fmt: skip


DONE = ("split", "merge", "role", "voice", "exchange")


def _do(request: HttpRequest, article: Article, number: int, act: str) -> Done | None:
    post = request.POST
    by = By(article.pk, Agent(signed_in(request)), editing(visible_shelves(request.user)))
    revision = read_number(post, "revision")
    if revision is None:
        raise Malformed("revision")
    at = At(number, revision, post.get("seen", ""))
    if act == "split":
        return structuring.split_passage(by, at, _place(post, article, number))
    if act == "merge":
        return structuring.merge_passage(by, at, read_number(post, "following"))
    if act == "role":
        return structuring.set_role(by, at, post.get("role", ""))
    if act == "exchange":
        return structuring.set_exchange(by, at, read_number(post, "exchange"))
    return structuring.give_voice(
        by, at, position=read_number(post, "speaker"), name=post.get("name", "").strip(),
        reach=post.get("reach", HERE),
    )  # fmt: skip


def _place(post: Mapping[str, str], article: Article, number: int) -> int:
    """Where the second passage begins: a place in the text, or the words it begins with."""
    place = read_number(post, "place")
    if place is not None:
        return place
    words = post.get("words", "").replace("\r\n", "\n").strip()
    structure = structure_of(article.pk)
    here = structure.place_of(number)
    if not words:
        raise WrongStructure("words")
    found = [] if here is None else whole_quotes(structure.passages[here].state.text, words)
    if len(found) != 1:
        raise WrongStructure("several" if found else "words")
    return found[0]


def _nothing(request: HttpRequest, article: Article, number: int) -> HttpResponse:
    if is_reading(request, article):
        return with_events(HttpResponse(), toast={"text": _("Nothing was changed.")})
    return HttpResponseRedirect(f"{article.get_absolute_url()}#p{number}")


def _show(
    request: HttpRequest, article: Article, number: int, *, fault: str = "", status: int = 200
) -> HttpResponse:
    structure = structure_of(article.pk)
    place = structure.place_of(number)
    if place is None:
        if fault and structure.was_there(number):
            return render(
                request, "annotations/refused.html",
                {"reason": fault, "back": article.get_absolute_url()}, status=status,
            )  # fmt: skip
        raise Http404
    held = structure.passages[place]
    _before, after = structure.around(place)
    context: dict[str, Any] = {
        "article": article,
        "number": number,
        "passage": held,
        "seen": structuring.mark_of(held),
        "following": after,
        "roles": TextRole.choices,
        "is_spoken": held.state.role in ("question", "answer", "statement"),
        "is_paired": held.state.role in ("question", "answer"),
        "voices": structure.live_voices,
        "reaches": [(HERE, _("here")), (ONWARDS, _("from here on")),
                    (EVERYWHERE, _("everywhere this speaker stands"))],
        "typed": request.POST,
        "fault": fault,
        "chosen": _chosen(request.POST, structure) if status == CONFLICT else "",
    }  # fmt: skip
    name = "_change_structure" if is_htmx(request) else "change_structure"
    return render(request, f"annotations/{name}.html", context, status=status)


def _chosen(post: Mapping[str, str], structure: Structure) -> str:
    """What somebody chose who was refused, as they would say it."""
    match post.get("act"):
        case "role":
            return str(dict(TextRole.choices).get(post.get("role", ""), ""))
        case "exchange":
            return post.get("exchange", "")
        case "voice":
            names = {str(voice.position): voice.name for voice in structure.voices}
            return post.get("name", "") or names.get(post.get("speaker", ""), _("nobody named"))
    return ""


def _not_understood() -> str:
    return _("The server does not understand what was sent.")


def sentence_of(wrong: WrongStructure) -> str:
    """Why something cannot be done."""
    sentences = {
        "edge": _("There are no words on one side: choose a place inside the passage."),
        "last": _("This is the last passage: there is none to join it with."),
        "words": _("These words do not stand in the passage."),
        "several": _("These words stand there several times. Type more of them."),
        "unspoken": _("Only questions, answers and statements are spoken. Change the role first."),
        "unpaired": _("Only questions and answers belong to an exchange. Change the role first."),
        "exchange": _("An exchange has a number from 1 on."),
        "name": _("Give a name."),
        "taken": _("There is a speaker of that name already. Join the two instead."),
        "speaks": _("This speaker says something: give the words to another first."),
        "same": _("Choose another speaker to join with."),
        "many": _("These are too many speakers for one text."),
        "empty": _("Nothing of the text would be left."),
    }
    return sentences.get(wrong.reason, _not_understood())
