"""The text itself: collections, sources, articles with their passages, and the log."""

from __future__ import annotations

from articles.models.article import Article, DatePrecision, Kind, Speaker, Status
from articles.models.collection import Collection, Membership, Visibility
from articles.models.handing import Handing, HandOver, HandOverState
from articles.models.log import Activity, Revision, Verb
from articles.models.original import PassageOriginal
from articles.models.passage import Passage, Role
from articles.models.rule import HouseRule, Rule
from articles.models.source import BatchState, ImportBatch, SourceFile, StagedFile, StagedState
from articles.models.tally import ArticleTally, Word

__all__ = [
    "Activity",
    "Article",
    "ArticleTally",
    "BatchState",
    "Collection",
    "DatePrecision",
    "HandOver",
    "HandOverState",
    "Handing",
    "HouseRule",
    "ImportBatch",
    "Kind",
    "Membership",
    "Passage",
    "PassageOriginal",
    "Revision",
    "Role",
    "Rule",
    "SourceFile",
    "Speaker",
    "StagedFile",
    "StagedState",
    "Status",
    "Verb",
    "Visibility",
    "Word",
]
