"""The language of a text, told by its small words."""

from __future__ import annotations

import pytest

from articles.text.language import tell_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Réunion de Paris : le ministre de retour en mai", "fr"),
        ("De minister van Financiën was in Parijs en in Berlijn", "nl"),
        ("El ministro de la Defensa habló en Madrid con los periodistas y se fue", "es"),
        ("Il ministro degli Esteri è a Roma con una delegazione della Difesa", "it"),
        ("O ministro da Defesa esteve em Lisboa com os seus colegas e não falou", "pt"),
        ("Der Minister ist mit einer Delegation zu Besuch und spricht nicht", "de"),
        ("The minister was in Paris with his colleagues and did not speak", "en"),
        ("Pékin proteste contre la visite de Nancy Pélosi à Taïwan. Washington minimise.", "fr"),
        ("Accord de paix signé à Alger", "fr"),
        ("La señora de la Vega visita la capital de la región", "es"),
        ("Zbigniew przyjechał wczoraj", ""),
    ],
)
def test_short_texts_are_told_apart(text: str, language: str) -> None:
    assert tell_language(text)[0] == language
