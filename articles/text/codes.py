"""Every code that reading a file can give, with its English sentence; the interface translates.

Parameters are named in the sentences: `%(name)s`. A test holds this list and the code together.
"""

from __future__ import annotations

FAULTS = {
    "text_error": "The file could not be read.",
    "empty_file": "The file is empty.",
    "binary_file": "The file is no text. What is read: plain text, Markdown, HTML, and zip "
    "archives of them.",
    "unknown_encoding": "No encoding is called “%(encoding)s”.",
    "not_in_encoding": "The file is not in %(encoding)s: it fails at byte %(position)s.",
    "no_encoding_fits": "No encoding fits the file.",
}

NOTICES = {
    "encoding_guessed": "The encoding was guessed: %(encoding)s.",
    "encoding_marked": "The file's first bytes say %(encoding)s, so it was read in that.",
    "controls_removed": "Control characters were removed: %(count)s.",
    "surrogates_removed": "Broken characters were removed: %(count)s.",
    "bidirectional_removed": "Marks that turn the direction of writing were removed: %(count)s.",
    "date_not_valid": "The header's date does not exist: %(date)s.",
    "no_words": "There are no words after the header.",
    "long_paragraph_cut": "Very long paragraphs were cut at the end of a sentence: %(count)s.",
    "kind_doubtful": "It is not sure whether this is an article or an interview.",
    "language_doubtful": "It is not sure which language this is.",
    "turns_doubtful": "It is not sure who speaks where.",
    "no_turns_found": "No questions and answers were found.",
}

KIND_EVIDENCE = {
    "kind_forced": "The kind was given.",
    "article_no_turns": "No convention of interviews explains the text.",
    "article_prose": "Running text explains it better than a talk does.",
    "interview_turns": "Questions and answers take turns.",
}

PASSAGE_EVIDENCE = {
    "labels": "A name is printed before each turn.",
    "labels_first": "Names are printed before the first turns, the voices then alternate.",
    "labels_answers": "A name is printed before each answer.",
    "labels_questions": "A label is printed before each question.",
    "label_lines": "A name stands on a line of its own before each turn.",
    "bare_names": "A name without a mark stands before each turn.",
    "quotes": "Answers stand in quotation marks.",
    "dash_questions": "Questions begin with a dash or bullet.",
    "dash_answers": "Answers begin with a dash or bullet.",
    "dash_turns": "Each turn begins with a dash.",
    "marked_questions": "Questions are set in bold or as headings.",
    "marked_answers": "Answers are set in bold.",
    "bare": "Questions are told by their wording.",
    "paragraph": "Running text.",
    "heading": "A short line without a full stop.",
    "introduction": "It stands before the first question.",
    "closing": "It stands after the last answer.",
    "stage_direction": "It stands in brackets.",
    "editor_note": "It is worded as a note.",
    "related_link": "It is worded as a link to another text.",
    "pull_quote": "It repeats words of the text.",
    "biography": "It tells who the speaker is.",
}

DETAIL_EVIDENCE = {
    "date_header": "The header gives the date.",
    "date_file_name": "The file name gives the date.",
    "date_printed": "A line over the text gives the date.",
    "date_none": "Neither the header, the file name nor a line over the text gives a date.",
    "title_header": "The header gives the title.",
    "title_heading": "The first line is a heading.",
    "title_who_outlet": "It is made of who speaks and who asks.",
    "title_sentence": "It is the beginning of the first sentence.",
    "title_file_name": "It is the file name.",
    "title_none": "Nothing gives a title.",
    "language_forced": "The language was given.",
    "language_header": "The header gives the language.",
    "language_words": "Frequent words tell the language.",
    "language_none": "Too few words tell the language.",
}

CODES: dict[str, str] = FAULTS | NOTICES | KIND_EVIDENCE | PASSAGE_EVIDENCE | DETAIL_EVIDENCE
