"""What stands around and between turns and paragraphs: cut, kept apart, given its role."""

from __future__ import annotations

from articles.text.parse import parse_text


def test_two_lines_over_wider_paragraphs_are_not_joined() -> None:
    wide = "La commission a siégé deux jours sans désemparer et n'a rendu ses conclusions. " * 3
    head = "La commission des détroits rend ses conclusions sur le port\nBrest, samedi soir\n\n"
    read = parse_text(f"{head}{wide.strip()}\n\n{wide.strip()}\n")
    assert read.passages[0].end == head.index("\n")


def test_three_questions_boxed_in_a_report_leave_it_an_article() -> None:
    report = "Le chantier du port prend du retard. Les entreprises se plaignent de la vase. " * 3
    box = (
        "Trois questions à Maud Kerven\n\nÊtes-vous inquiète ?\n\nNous le sommes tous.\n\n"
        "Que demandez-vous ?\n\nUne réunion par mois.\n\nIrez-vous en justice ?\n\nNous y sommes."
    )
    read = parse_text(f"Le port s'enlise\n\n{report}\n\n{report}\n\n{box}\n\n{report}\n")
    assert read.kind == "article"


def test_questions_under_one_sign_and_lists_under_another() -> None:
    read = parse_text(
        "Anselme Ravel, arpenteur. Il a reçu notre journal pour un entretien.\n\n"
        "► Vous avez compté les bornes ?\n\nJe les ai comptées deux fois. Je peux citer :\n\n"
        "• un pont repeint une année sur deux ;\n• une source sans maître.\n\n"
        "► Racontez-nous le fleuve\n\nJ'y suis resté onze jours. Nous étions six.\n\n"
        "► Et maintenant ?\n\nJe pars en mer. J'ai le mal de mer.\n"
    )
    assert [p.role[0] for p in read.passages] == list("pqaaaqaqa")
