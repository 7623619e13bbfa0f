"""Django's `i18n` tags for templates, but words that stand in one are looked up once a language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template import Library
from django.templatetags import i18n
from django.templatetags.i18n import TranslateNode
from django.utils.translation import get_language

if TYPE_CHECKING:
    from django.template import Context
    from django.template.base import Parser, Token

register = Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class KeptWords(TranslateNode):
    """Words that are the same wherever their language is."""

    def __init__(self, words: TranslateNode) -> None:
        """Nothing is looked up yet."""
        super().__init__(words.filter_expression, words.noop, None, words.message_context)
        self.known: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        """The words in the language at hand."""
        language = get_language()
        known = self.known.get(language)
        if known is None:
            known = self.known[language] = super().render(context)
        return known


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> TranslateNode:
    """`{% translate "Words" %}`, as Django reads it."""
    words = i18n.do_translate(parser, token)
    return KeptWords(words) if _is_constant(words) else words


def _is_constant(words: TranslateNode) -> bool:
    """Whether nothing but the language decides on what is said, and that is not put by."""
    said = words.filter_expression
    context = words.message_context
    return (
        words.asvar is None
        and said.var.literal is not None
        and not said.filters
        and (context is None or not (context.is_var or context.filters))
    )
