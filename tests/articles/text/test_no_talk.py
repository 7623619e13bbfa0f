"""Texts that ask or name and are no talk, and what stands over those that are."""

from __future__ import annotations

from articles.text.parse import parse_text


def test_questions_over_paragraphs_that_say_neither_i_nor_you_explain() -> None:
    text = (
        "Détroit de Kalva\n\nLes navires doivent s’annoncer. Explications en cinq questions.\n\n"
        "De quoi parle-t-on ?\n\nLe détroit sépare la côte de l’archipel des Trois-Sœurs, et un "
        "cinquième du minerai de la région y passe chaque année.\n\n"
        "Qui a décidé ?\n\nLe parlement, le 12 avril, par 61 voix contre 58. L’opposition a quitté "
        "l’hémicycle en emportant les micros.\n\n"
        "Est-ce légal ?\n\nOui et non. La convention de 1982 garantit le passage en transit et "
        "laisse à la côte le soin de demander un préavis.\n\n"
        "Et les oranges ?\n\nElles pourrissent. Un préavis impose aux petits caboteurs une nuit "
        "d’attente, selon la juriste Maud Perrin.\n\n"
        "Que peut-il se passer ?\n\nTrois voies sont ouvertes, la dernière prend six jours. Les "
        "armateurs ont déjà choisi.\n"
    )
    read = parse_text(text)
    assert read.kind == "article"
    heads = [text[p.start : p.end] for p in read.passages if p.role == "heading"]
    assert {"De quoi parle-t-on ?", "Et les oranges ?"} <= set(heads)


def test_names_before_what_goes_on_in_lower_case_head_a_list() -> None:
    text = (
        "L’agenda de la semaine\n\nChaque lundi, les rendez-vous de la vie diplomatique.\n\n"
        "Solène Marchais : la secrétaire d’État se rend mardi à Tallinn, puis à Riga.\n\n"
        "Ferdinand Aubier : le conseiller accompagne le président. Pourquoi ? On ne le dit pas.\n\n"
        "Rose Tancrède : l’ambassadrice commence à Nouméa une tournée de neuf escales.\n\n"
        "Solène Marchais : samedi, clôture des états généraux, à Rouen.\n\n"
        "Ferdinand Aubier : dîner avec son homologue, jeudi.\n"
    )
    assert parse_text(text).kind == "article"
