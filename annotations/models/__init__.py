"""What people say about the texts: annotations with their targets, entities, tags."""

from __future__ import annotations

from annotations.models.annotation import (
    Annotation,
    Certainty,
    CorrectionState,
    FlagKind,
    Motivation,
    Target,
    TargetState,
)
from annotations.models.entity import (
    Entity,
    EntityIdentifier,
    EntityKind,
    EntityName,
    LinkStatus,
    NameKind,
    Office,
    SpeakerIdentity,
)
from annotations.models.tag import Tag
from annotations.models.word import KnownWord

__all__ = [
    "Annotation",
    "Certainty",
    "CorrectionState",
    "Entity",
    "EntityIdentifier",
    "EntityKind",
    "EntityName",
    "FlagKind",
    "KnownWord",
    "LinkStatus",
    "Motivation",
    "NameKind",
    "Office",
    "SpeakerIdentity",
    "Tag",
    "Target",
    "TargetState",
]
