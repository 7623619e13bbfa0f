"""The forms of a name, and which of them garbled words call for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.forms import ACRONYM, FULL, GIVEN, SURNAME, form_for, forms_of

BLINKEN = forms_of("Antony Blinken", ["Tony Blinken", "Antony John Blinken"], "person")
MINISTRY = forms_of(
    "ministère de l’Europe et des Affaires étrangères", ["Quai d'Orsay", "MEAE"], "organisation"
)
OECD = forms_of(
    "Organisation de coopération et de développement économiques", ["O.C.D.E."], "organisation"
)


def test_the_own_spelling_is_called_for_though_another_is_nearer() -> None:
    forms = forms_of("Antony Blinken", ["Anthony Blinken", "Tony Blinken"], "person")
    assert form_for("Anthony Blingen", forms, "person") == "Antony Blinken"
    assert form_for("Tony Blinquen", forms, "person") == "Tony Blinken"
    assert form_for("Blingen", forms, "person") == "Blinken"
    assert "Anthony Blinken" in [form.text for form in forms]  # still to be chosen


def kinds(label: str, kind: str = "person") -> dict[str, str]:
    return {form.text: form.kind for form in forms_of(label, (), kind)}


@pytest.mark.parametrize(
    ("label", "surname", "first"),
    [
        ("Antony Blinken", "Blinken", "Antony"),
        ("Jean-Yves Le Drian", "Le Drian", "Jean-Yves"),
        ("Ursula von der Leyen", "von der Leyen", "Ursula"),
        ("Mohammed ben Salmane", "ben Salmane", "Mohammed"),
        ("Luiz Inácio Lula da Silva", "da Silva", "Luiz"),
    ],
)
def test_a_person_has_a_surname_with_its_particles(label: str, surname: str, first: str) -> None:
    found = kinds(label)
    assert list(found)[:2] == [label, surname]
    assert (found[label], found[surname], found[first]) == (FULL, SURNAME, GIVEN)


@pytest.mark.parametrize("label", ["Benoît XVI", "Charles III", "Pelé", ""])
def test_kings_popes_and_single_names_have_no_surname(label: str) -> None:
    assert set(kinds(label).values()) <= {FULL}


def test_families_that_come_first_are_surnames() -> None:
    assert kinds("Xi Jinping") == {"Xi Jinping": FULL, "Xi": SURNAME}


def test_only_persons_have_surnames_and_only_bodies_initials() -> None:
    assert kinds("Vert Galant", "place") == {"Vert Galant": FULL}
    assert kinds("Cour pénale internationale", "organisation")["CPI"] == ACRONYM
    assert "CPI" not in kinds("Cour pénale internationale", "event")


def test_an_acronym_has_no_dots_and_an_apostrophe_is_curled() -> None:
    assert [form.text for form in OECD][:2] == [
        "Organisation de coopération et de développement économiques",
        "OCDE",
    ]
    assert "Quai d’Orsay" in [form.text for form in MINISTRY]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("Blingen", "Blinken"),
        ("Anthony Blingen", "Antony Blinken"),
        ("Tony Blinquen", "Tony Blinken"),
        ("Anthony", "Antony"),
        ("M. Blingen", "M. Blinken"),
        ("BLINGEN", "BLINKEN"),
        ("Secrétaire", "Blinken"),
        ("en termes de prix", "Antony Blinken"),
        ("d'Anthony Blingen", "d’Antony Blinken"),
        ("d’Blingen", "de Blinken"),
        ("l'Blingen", "Blinken"),
        ("qu'Blingen", "que Blinken"),
        (" Blingen ", "Blinken"),
    ],
)
def test_the_words_call_for_the_form_that_is_like_them(words: str, wanted: str) -> None:
    assert form_for(words, BLINKEN, "person") == wanted


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("Qui de Arsay", "Quai d’Orsay"),
        ("Quai Dorsay", "Quai d’Orsay"),
        ("le Quai d Orsey", "le Quai d’Orsay"),
        ("MEAI", "MEAE"),
        ("Ministère des affaires étrangère", "ministère de l’Europe et des Affaires étrangères"),
    ],
)
def test_a_body_is_written_as_it_was_called(words: str, wanted: str) -> None:
    assert form_for(words, MINISTRY, "organisation") == wanted


@pytest.mark.parametrize(
    ("words", "wanted"), [("l'O.C.D.E", "l’OCDE"), ("OKDE", "OCDE"), ("O C D E", "OCDE")]
)
def test_an_acronym_keeps_its_article(words: str, wanted: str) -> None:
    assert form_for(words, OECD, "organisation") == wanted


@pytest.mark.parametrize(
    ("words", "label", "wanted"),
    [
        ("Macrom", "Emmanuel Macron", "Macron"),
        ("Mahmoud à basse", "Mahmoud Abbas", "Mahmoud Abbas"),
        ("Le Driant", "Jean-Yves Le Drian", "Le Drian"),
        ("von der Layenne", "Ursula von der Leyen", "von der Leyen"),
        ("Degaulle", "Charles de Gaulle", "de Gaulle"),
        ("Gaule", "Charles de Gaulle", "Gaulle"),
        ("d’Egaulle", "Charles de Gaulle", "de Gaulle"),
        ("Zelinski", "Volodymyr Zelensky", "Zelensky"),
        ("Si Jinpin", "Xi Jinping", "Xi Jinping"),
    ],
)
def test_particles_stand_once(words: str, label: str, wanted: str) -> None:
    assert form_for(words, forms_of(label, (), "person"), "person") == wanted


@given(
    st.text(max_size=30),
    st.text(min_size=1, max_size=30).filter(str.strip),
    st.lists(st.text(max_size=20), max_size=4),
    st.sampled_from(["person", "place", "organisation", ""]),
)
def test_there_is_a_form_for_whatever_was_written(
    words: str, label: str, aliases: list[str], kind: str
) -> None:
    forms = forms_of(label, aliases, kind)
    assert forms[0].text == label
    assert len({form.text for form in forms}) == len(forms)
    assert bool(form_for(words, forms, kind)) == bool(words.strip())
    assert form_for(words, (), kind) == ""
