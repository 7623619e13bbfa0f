"""Labels of one letter, first names cut to one, titles under a date, marks that alone tell."""

from __future__ import annotations

from articles.text.parse import parse_text
from tests.articles.text.readings import initials, turns


def test_a_single_letter_that_is_also_an_article_is_a_label() -> None:
    text = (
        "Un déjeuner avec Anne Roy\n\nLa gouverneure commande deux fois du hareng.\n\n"
        "L : Vous ne parlez jamais à la presse.\n\nAR : Je parle, mais je ne dis rien.\n\n"
        "L : Direz-vous quelque chose ?\n\nAR : Que le hareng est bon, et je le pense.\n\n"
        "L : Et la banque ?\n\nAR : Elle dort, je l'ai bordée moi-même.\n"
    )
    read = parse_text(text)
    assert initials(read)[-6:] == "qaqaqa"
    asked = [text[p.start :].split()[0] for p in read.passages if p.role == "question"]
    assert asked == ["Vous", "Direz-vous", "Et"]


def test_a_title_whose_words_a_letter_might_stand_for_is_no_turn() -> None:
    text = (
        "Lunch with the Ledger: Anne Roy\n\nThe governor orders herring, and then again.\n\n"
        "L: You never talk to the press.\n\nAR: I talk, but I say nothing.\n\n"
        "L: Will you say something now?\n\nAR: That the herring is good. I mean it.\n\n"
        "L: And the bank?\n\nAR: It sleeps. I tucked it in myself.\n"
    )
    read = parse_text(text)
    assert initials(read) == "hpqaqaqa"
    assert text[read.passages[2].start :].startswith("You never")
    assert {name for role, name in turns(read) if role == "answer"} == {"Anne Roy"}


def test_a_first_name_cut_to_a_letter_that_is_a_particle_is_one() -> None:
    read = parse_text(
        "Table ronde\n\nYasmine Benali, géographe, et Otto Lind, négociant, débattent avec Anne "
        "Roy.\n\nAnne Roy. – Qui a lu ce traité ?\n\nOtto Lind. – Nous le lisons chaque année.\n\n"
        "A. Roy. – Vous contestez la carte ?\n\nY. Benali. – Je conteste qu'il y en ait une.\n\n"
        "A. Roy. – Et vous, que dites-vous ?\n\nO. Linnd. – Je charge du sel, moi.\n\n"
        "A. Roy. – Faut-il la refaire ?\n\nY. Benali. – Pas tant que je vivrai.\n"
    )
    answers = [name for role, name in turns(read) if role == "answer"]
    assert answers == ["Otto Lind", "Yasmine Benali", "Otto Lind", "Yasmine Benali"]


def test_a_title_below_outlet_and_date_is_no_answer() -> None:
    read = parse_text(
        "L'Estafette\n14 mars 2011\n\nPaul Serre : « On ne rouvre pas une ambassade »\n\n"
        "Rappelé en 2005, il publie ses carnets. Il a reçu Anne Roy chez lui.\n\n"
        "Anne Roy: Vous êtes parti sans vos valises ?\n"
        "Paul Serre: « Elles sont restées neuf mois dans la cave. »\n\n"
        "Et vous les avez reprises ?\n\n« J'ai d'abord payé la garde, qui était chère. »\n\n"
        "Vous a-t-on remercié ?\n\n« Pas encore, mais je relève mon courrier chaque matin. »\n\n"
        "Que faut-il pour rouvrir ?\n\n« Un toit, un chiffreur, et la patience que je n'ai pas. »\n"
    )
    first = next(p for p in read.passages if p.role in ("question", "answer", "statement"))
    assert first.role == "question"
    assert len(turns(read)) == 8


def test_an_answer_after_a_dash_may_ask_back() -> None:
    read = parse_text(
        "Paul Serre, consul honoraire : « Je suis payé en mangues »\n\n"
        "Entretien avec le doyen des consuls honoraires, dans sa quincaillerie.\n\n"
        "Comment devient-on consul honoraire ?\n— On a un magasin et un téléphone. J'étais le "
        "seul à avoir les deux.\n\nQue vous a-t-il dit ?\n— Que je ne serais pas payé. Il a tenu "
        "parole. Je suis payé en mangues, par les familles, quand un marin rentre chez lui.\n\n"
        "Combien en avez-vous fait rentrer ?\n— Deux cent six. Il y a un équipage entier, en 1974. "
        "L'armateur avait fait faillite et ils mangeaient les mouettes.\n\nVous les avez logés ?\n"
        "— Dans la réserve. "
        "Ils ont repeint le magasin pour "
        "remercier. En rouge. Je ne l'ai jamais refait.\n\n"
        "On va vous remplacer par une adresse électronique.\n— Elle vendra des clous ?\n\n"
        "Le consulat honoraire a fermé le 30 juin.\n"
    )
    assert [role[0] for role, _ in turns(read)] == list("qaqaqaqaqa")


def test_remarks_in_italics_are_questions_though_hardly_one_asks() -> None:
    read = parse_text(
        "An exchange with Anne Roy\n\nThe former interpreter of the talks on what gets lost.\n\n"
        "*You've said that you were the only person in the room who understood everything, and "
        "the only one who wasn't allowed to.*\n\n"
        "That's the oath. I've kept it rather badly, as they say, but I've kept the part that "
        "matters, and I mean to keep it longer than they do.\n\n"
        "*Give me an example of something lost.*\n\n"
        "A joke, always. The general made one about a mango. I said: please laugh. They laughed, "
        "and he thought that he was funny for the rest of the week.\n\n"
        "We got two articles out of that.\n\n*And something that ought to have been.*\n\n"
        "A word for surrender. There are four. I chose the one that is used for the tide when it "
        "is going out, and nobody in the room has forgiven me.\n\n"
        "*Did they notice?*\n\nOne of them did. He looked at me, and he picked up his pen.\n"
    )
    assert read.kind == "interview"
    assert [role for role, _ in turns(read)].count("question") == 4


def test_an_office_with_a_surname_alone_in_the_head_names_who_holds_it() -> None:
    read = parse_text(
        "REMARKS BY PRESIDENT HOLLISTER UPON DEPARTURE\n\nSouth Lawn\n\n"
        "THE PRESIDENT:  Well, I'm off to see the corn.  I have a minute for you.\n\n"
        "Q    Sir, did you talk to the Speaker?\n\nTHE PRESIDENT:  I talked.  He listened.\n\n"
        "Q    Will there be a bill?\n\nTHE PRESIDENT:  There'll be a Friday, I promise.\n"
    )
    assert {name for _, name in turns(read) if name} == {"President Hollister"}


def test_a_stage_direction_after_a_quotation_leaves_it_an_answer() -> None:
    read = parse_text(
        "Rappelé en 2005, l'ancien ambassadeur publie ses carnets. Il a reçu Anne Roy chez lui.\n\n"
        "Anne Roy: Vous dites que vous êtes parti sans vos valises. C'était une image ?\n"
        "Paul Serre: « Pas du tout. Elles sont restées neuf mois dans la cave. »\n\n"
        "Et vous les avez reprises ?\n\n« J'ai envoyé la facture au ministère. Une "
        "administration qui perd un papier ne ment pas, elle attend. »\n\n"
        "On vous a reproché votre silence.\n\n« Un ambassadeur rappelé n'a rien à dire. »\n\n"
        "Votre successeur a trouvé une maison vide.\n\n"
        "« Il a trouvé une maison propre. C'est moi qui ai lavé les rideaux. » (Il rit.)\n\n"
        "Que faudrait-il pour rouvrir ?\n\n« Un toit, un chiffreur et de la patience. »\n"
    )
    assert [role[0] for role, _ in turns(read)] == list("qaqaqaqaqa")


def test_a_collective_is_who_wrote_a_letter() -> None:
    told = (
        "Ouvrez les archives du bac de Lorne\n\nCOLLECTIF\n\nQuarante passeurs demandent que l'on "
        "ouvre les archives du bac, fermées depuis la nuit du naufrage.\n\nNous avons écrit deux "
        "fois. On nous a répondu que rien ne manquait, puis que tout manquait.\n"
    )
    assert [p.role for p in parse_text(told).passages][:3] == ["heading", "note", "paragraph"]
