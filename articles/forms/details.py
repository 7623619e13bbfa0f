"""The details of an article as a person types them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.forms.dates import DateField
from articles.forms.languages import language_choices
from articles.models import Kind, Status
from articles.models.article import TITLE_LENGTH
from articles.services.details import Details, mark_of
from diplowatch.lib.dates import typed_date

if TYPE_CHECKING:
    from articles.models import Article

LONGEST_SOURCE = 300
LONGEST_URL = 2_000
LONGEST_PROBLEM = 2_000


class WebAddressField(forms.URLField):
    """An address that a browser opens as a page."""

    default_validators = [URLValidator(schemes=["http", "https"])]


class DetailsForm(forms.Form):
    """All details of one article, and the mark of those that the person was shown."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=TITLE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
    )
    follow_text = forms.BooleanField(
        label=gettext_lazy("The title follows the text"), required=False
    )
    date = DateField(label=gettext_lazy("Date"))
    source = forms.CharField(
        label=gettext_lazy("Source"), max_length=LONGEST_SOURCE, required=False
    )
    url = WebAddressField(
        label=gettext_lazy("Web address"),
        max_length=LONGEST_URL,
        required=False,
        assume_scheme="https",
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Kind.choices)
    status = forms.ChoiceField(label=gettext_lazy("Status"), choices=Status.choices)
    problem = forms.CharField(
        label=gettext_lazy("Problem"),
        max_length=LONGEST_PROBLEM,
        required=False,
        help_text=gettext_lazy("What is wrong with a problematic text"),
    )

    def __init__(self, article: Article, *args: Any, **kwargs: Any) -> None:
        """Offer the usual languages and the article's own."""
        super().__init__(*args, **kwargs)
        self.article = article
        field = self.fields["language"]
        field.choices = language_choices(article.language)  # type: ignore[attr-defined]  # a ChoiceField

    def clean_title(self) -> str:
        """One line."""
        return " ".join(self.cleaned_data["title"].split())

    def clean(self) -> dict[str, Any]:
        """A title is needed unless it follows the text, a reason where there is a problem."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("title") and not cleaned.get("follow_text") and "title" in cleaned:
            self.add_error("title", _("Give a title, or let it follow the text."))
        if cleaned.get("status") == Status.PROBLEMATIC and not cleaned.get("problem"):
            self.add_error("problem", _("Say what the problem is."))
        return cleaned

    def details(self) -> Details:
        """What the person states; a title set by hand no longer follows the text."""
        cleaned = self.cleaned_data
        date, precision = cleaned["date"]
        return Details(
            title=cleaned["title"] or self.article.title,
            title_derived=self._follows(cleaned),
            date=date,
            date_precision=precision,
            source=cleaned["source"],
            url=cleaned["url"],
            language=cleaned["language"],
            kind=cleaned["kind"],
            status=cleaned["status"],
            problem=cleaned["problem"] if cleaned["status"] == Status.PROBLEMATIC else "",
        )

    def _follows(self, cleaned: dict[str, Any]) -> bool:
        typed_another = cleaned["title"] not in {"", self.article.title}
        return cleaned["follow_text"] and not (self.article.title_derived and typed_another)


def details_as_typed(article: Article) -> dict[str, Any]:
    """The form's values for an article as it stands."""
    return {
        "seen": mark_of(article),
        "title": article.title,
        "follow_text": article.title_derived,
        "date": typed_date(article.date, article.date_precision),
        "source": article.source,
        "url": article.url,
        "language": article.language,
        "kind": article.kind,
        "status": article.status,
        "problem": article.problem,
    }
