"""What the form of an annotation's change sends: only the fields that its motivation has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annotations.forms.saying import read_number, read_tick
from annotations.models import LinkStatus, Motivation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotations.models import Annotation

# Sent by the form with private annotations' box, so that an unticked box is told from no box.
HAS_PRIVATE = "has_private"
NEVER_PRIVATE = (Motivation.REPLYING, Motivation.EDITING)
OF_CORRECTIONS = ("replacement", "flag_kind", "certainty", "evidence")


def read_changes(post: Mapping[str, str], annotation: Annotation) -> dict[str, Any]:
    """The fields to change, by the names that the service takes; raises `Malformed`."""
    changes: dict[str, Any] = {}
    if "body" in post:
        changes["body"] = post["body"]
    match annotation.motivation:
        case Motivation.TAGGING if "tag" in post:
            changes["tag_id"] = read_number(post, "tag")
        case Motivation.QUESTIONING if "flag_kind" in post:
            changes["flag_kind"] = post["flag_kind"]
        case Motivation.IDENTIFYING if "entity" in post:
            changes["entity_id"] = read_number(post, "entity")
        case Motivation.EDITING:
            sent = (name for name in OF_CORRECTIONS if name in post)
            changes |= {name: post[name] for name in sent}
    if HAS_PRIVATE in post and annotation.motivation not in NEVER_PRIVATE:
        changes["private"] = read_tick(post, "private")
    return changes


def status_of_change(changes: Mapping[str, Any], *, may_verify: bool) -> str:
    """The status of a link whose entity somebody changes: an editor's own choice is verified."""
    if changes["entity_id"] is None:
        return LinkStatus.NOT_IDENTIFIABLE
    return LinkStatus.VERIFIED if may_verify else LinkStatus.UNVERIFIED
