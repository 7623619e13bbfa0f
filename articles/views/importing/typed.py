"""What is typed on the page of a file: whatever is pressed there takes all of it along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.forms.importing import PassageForm, StagedForm, speakers_onto
from articles.services import staging
from articles.services.assessment import read_both
from articles.services.reports import written_date
from articles.services.store import title_of
from articles.text.adjust import Overrides, from_json
from articles.text.shapes import TextError
from articles.views.importing import shown

if TYPE_CHECKING:
    from django.http import QueryDict

    from articles.models import StagedFile
    from articles.text.reading import Choices, ReadFile


class Typed:
    """The details, the speakers and the passage that a page sent, each None where left alone."""

    def __init__(self, staged: StagedFile, data: QueryDict) -> None:
        """What `data` says otherwise than the page of `staged` shows."""
        self.staged, self.data = staged, data
        self.overrides = from_json(staged.overrides)
        try:
            read = read_both(staged)
        except TextError:
            self.bare, self.read = None, None
        else:
            self.bare, self.read = read
        details = StagedForm(data, initial=details_of(self.overrides, self.read), read_as=self.read)
        self.details = details if details.is_touched() else None
        self.index = place_of(data.get("passage", ""), self.read)
        self.passage = self._passage()
        self.speakers = self._speakers()

    def _passage(self) -> PassageForm | None:
        if self.read is None or self.index is None:
            return None
        form = passage_form_of(self.read, self.index, self.data)
        return form if form.has_changed() else None

    def _speakers(self) -> Overrides | None:
        """What was set before with the names that were typed."""
        if self.bare is None:
            return None
        parsed = self.bare.parsed
        rows = shown.shown_speakers(parsed, self.overrides)
        if not any(_is_another(row, self.data) for row in rows):
            return None
        return speakers_onto(self.overrides, self.data, parsed, range(len(rows)))

    @property
    def is_touched(self) -> bool:
        """Whether there is anything to keep."""
        return bool(self.details or self.passage or self.speakers)

    def is_valid(self) -> bool:
        """Whether all of it can be kept."""
        return all(form.is_valid() for form in (self.details, self.passage) if form)

    def is_stale(self) -> bool:
        """Whether the file was set right otherwise since the page at hand was shown."""
        return self.data.get("seen", "") != shown.mark_of(self.staged)

    def keep(self) -> bool:
        """Keep all of it; False where names and roles fit the file no more, read as it is then."""
        overrides = self.overrides
        if self.details:
            overrides = self.details.onto(overrides, self.read.parsed if self.read else None)
        is_of_structure = self.passage or self.speakers
        if not is_of_structure or _is_read_alike(self.overrides.choices, overrides.choices):
            self._change(self._structure_onto(overrides))
            return True
        self._change(overrides)
        again = Typed(self.staged, self.data)
        if not again.is_like(self):
            return False
        again._change(again._structure_onto(again.overrides))
        return True

    def is_like(self, other: Typed) -> bool:
        """Whether the file is read in the same passages, of the same speakers, as it was then."""
        if self.bare is None or other.bare is None or not self.is_valid():
            return False
        return _structure_of(self.bare) == _structure_of(other.bare)

    def _structure_onto(self, overrides: Overrides) -> Overrides:
        if self.passage and self.index is not None:
            overrides = self.passage.onto(overrides, self.index)
        if self.speakers and self.bare:
            parsed = self.bare.parsed
            places = range(len(parsed.speakers))
            overrides = speakers_onto(overrides, self.data, parsed, places)
        return overrides

    def _change(self, overrides: Overrides) -> None:
        changed = staging.change_staged(staged=self.staged, overrides=overrides)
        self.staged.overrides = changed.overrides


def _is_another(row: shown.ShownSpeaker, data: QueryDict) -> bool:
    """Whether the page said something else of a speaker than it was shown with."""
    name = " ".join(data.get(f"name-{row.index}", row.name).split())
    same = "" if row.same is None else str(row.same)
    return name != " ".join(row.name.split()) or data.get(f"same-{row.index}", same) != same


def _is_read_alike(one: Choices, other: Choices) -> bool:
    """Whether these choices read a file the same, but for its details."""
    return (one.encoding, one.kind, one.language) == (other.encoding, other.kind, other.language)


def _structure_of(read: ReadFile) -> tuple[list[tuple[int, int]], list[str]]:
    """Where the passages lie, and who speaks."""
    parsed = read.parsed
    places = [(passage.start, passage.end) for passage in parsed.passages]
    return places, [speaker.name for speaker in parsed.speakers]


def place_of(asked: str, read: ReadFile | None) -> int | None:
    """The passage that a page names, counted from 0."""
    number = shown.whole(asked)
    if read is None or number is None or not 1 <= number <= len(read.parsed.passages):
        return None
    return number - 1


def passage_form_of(read: ReadFile, index: int, data: QueryDict | None = None) -> PassageForm:
    """The form of one passage, as it stands or as it was sent."""
    passage = read.parsed.passages[index]
    names = [speaker.name for speaker in read.parsed.speakers]
    speaker = "" if passage.speaker is None else names[passage.speaker]
    return PassageForm(read.parsed, data, initial={"role": passage.role, "speaker": speaker})


def details_of(overrides: Overrides, read: ReadFile | None) -> dict[str, str]:
    """The details as the form shows them: as set, else as read."""
    choices = overrides.choices
    found = {"kind": choices.kind or "", "encoding": choices.encoding or ""}
    if read is None:
        return found
    parsed = read.parsed
    return found | {
        "title": title_of(read),
        "date": written_date(read) or "",
        "language": parsed.language,
        "source": parsed.source,
        "url": parsed.url,
    }
