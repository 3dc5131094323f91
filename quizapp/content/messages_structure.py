"""Words for unknown and missing keys, files in the wrong place (Q2) and references (Q3)."""

from quizapp.content.messages_yaml import Words
from quizapp.core.messages import N_

STRUCTURE: Words = {
    "unknown_key": (
        "Q201",
        N_("“%(key)s” is not known here"),
        N_("use one of: %(known)s"),
    ),
    "missing_key": (
        "Q202",
        N_("“%(key)s” is missing"),
        N_("add a line “%(key)s: …”"),
    ),
    "empty_value": (
        "Q203",
        N_("There is nothing after the name"),
        N_("write a value, or delete the line if it is optional"),
    ),
    "expected_mapping": (
        "Q204",
        N_("Lines such as “name: value” are expected here"),
        N_("use one of: %(keys)s"),
    ),
    "expected_list": (
        "Q205",
        N_("A list is expected here"),
        N_("begin each item with “- ”, or write [one, two]"),
    ),
    "expected_text": (
        "Q206",
        N_("“%(value)s” is not read as text"),
        N_('put it in quotes: "%(value)s"'),
    ),
    "expected_number": (
        "Q207",
        N_("“%(value)s” is not a whole number"),
        N_("write a number such as 1, without quotes"),
    ),
    "expected_true_false": (
        "Q208",
        N_("“%(value)s” is neither true nor false"),
        N_("write true or false, without quotes"),
    ),
    "not_one_of": (
        "Q209",
        N_("“%(value)s” is not possible here"),
        N_("use one of: %(options)s"),
    ),
    "wrong_form": (
        "Q210",
        N_("“%(value)s” does not have the right form"),
        N_("it must match %(pattern)s"),
    ),
    "out_of_range": (
        "Q211",
        N_("%(value)s is out of range"),
        N_("the smallest number is %(minimum)s, the largest %(maximum)s"),
    ),
    "too_few_items": (
        "Q212",
        N_("The list is too short"),
        N_("it needs %(minimum)s items or more"),
    ),
    "too_many_items": (
        "Q214",
        N_("The list is too long: it has %(count)s items"),
        N_("at most %(maximum)s are read: make several quizzes of it"),
    ),
    "text_too_long": (
        "Q215",
        N_("The text is too long: it has %(count)s signs"),
        N_("at most %(maximum)s are read: cut it into several passages"),
    ),
    "to_fill_in": (
        "Q216",
        N_("This place is still to be filled in"),
        N_("write your own text or value in place of À REMPLIR or TO FILL IN"),
    ),
    "unknown_kind": (
        "Q213",
        N_("There is no kind of exercise called “%(value)s”"),
        N_("use one of: %(options)s"),
    ),
    "wrong_place": (
        "Q220",
        N_("A file in this place is not read"),
        N_("put it at <source>/source.yaml or <source>/<language>/<quiz>.yaml"),
    ),
    "wrong_suffix": (
        "Q221",
        N_("The name of the file does not end in .yaml"),
        N_("rename it"),
    ),
    "wrong_folder": (
        "Q222",
        N_("The source is called “%(id)s”, its folder “%(folder)s”"),
        N_("rename one of them"),
    ),
    "wrong_file_name": (
        "Q223",
        N_("The quiz is called “%(id)s”, its file “%(name)s”"),
        N_("rename one of them"),
    ),
    "language_mismatch": (
        "Q224",
        N_("The quiz is in “%(language)s”, its folder is for “%(folder)s”"),
        N_("move the file, or correct the language"),
    ),
    "source_missing": (
        "Q225",
        N_("The folder “%(folder)s” has no source.yaml"),
        N_("describe the article in a file source.yaml beside the folders of languages"),
    ),
    "source_broken": (
        "Q226",
        N_("The quiz cannot be read before its source.yaml is right"),
        N_("correct the problems of source.yaml first"),
    ),
    "repeated_source": (
        "Q227",
        N_("The source “%(id)s” is also in %(first)s"),
        N_("give one of them another id and folder"),
    ),
    "repeated_quiz": (
        "Q228",
        N_("There is another quiz “%(id)s” in this language"),
        N_("give one of them another id"),
    ),
    "repeated_exercise": (
        "Q229",
        N_("An exercise of %(first)s is called “%(id)s” too"),
        N_("exercise ids are unique in a source: rename one of them"),
    ),
    "repeated_id": (
        "Q230",
        N_("The id “%(id)s” is used before"),
        N_("give each its own id"),
    ),
    "languages_differ": (
        "Q231",
        N_("The quiz differs from the one in %(other)s: %(difference)s"),
        N_("the languages of a quiz have the same exercises with the same ids"),
    ),
    "not_translated": (
        "Q232",
        N_("Other quizzes of the source are also in: %(languages)s"),
        N_("add this quiz in that language, with the same ids"),
    ),
    "unknown_passage": (
        "Q301",
        N_("The source has no passage “%(id)s”"),
        N_("use the id of a passage in source.yaml"),
    ),
    "repeated_passage": (
        "Q302",
        N_("The passage “%(id)s” is shown twice"),
        N_("name it once"),
    ),
    "translation_missing": (
        "Q303",
        N_("The passage “%(id)s” is not translated into the language of the quiz"),
        N_("add it under translations in source.yaml"),
    ),
    "unknown_evidence": (
        "Q304",
        N_("The source has no evidence “%(id)s”"),
        N_("use the id of a piece of evidence in source.yaml"),
    ),
    "unknown_language": (
        "Q305",
        N_("Words cannot be told apart in the language “%(value)s”"),
        N_("use fr or en"),
    ),
    "hash_mismatch": (
        "Q306",
        N_("The text of “%(id)s” is not the one that its sha256 was made of"),
        N_("restore the text; if the change is meant, the new one is %(actual)s"),
    ),
    "figure_without_unit": (
        "Q307",
        N_("The figure of “%(id)s” has no unit"),
        N_('add a line such as unit: "%%"'),
    ),
    "not_verbatim": (
        "Q308",
        N_("The article has “%(article)s” where “%(id)s” has “%(passage)s”"),
        N_("copy the passage from line %(line)s of the article exactly"),
    ),
    "not_in_article": (
        "Q309",
        N_("Nothing like “%(id)s” stands in the article"),
        N_("is it the right article? Copy the passage from it exactly"),
    ),
    "span_not_found": (
        "Q310",
        N_("“%(find)s” does not stand in the passage"),
        N_("copy the words from the passage exactly, accents included"),
    ),
    "span_found_twice": (
        "Q311",
        N_("“%(find)s” stands %(times)s times in the passage"),
        N_("add nth: 1 for the first, or quote more words"),
    ),
    "nth_not_needed": (
        "Q312",
        N_("“%(find)s” stands in the passage only once"),
        N_("delete nth"),
    ),
    "nth_too_high": (
        "Q313",
        N_("“%(find)s” stands only %(times)s times in the passage, not %(nth)s"),
        N_("correct nth"),
    ),
    "span_crosses_passages": (
        "Q314",
        N_("“%(find)s” goes from one passage into the next"),
        N_("quote from one passage only"),
    ),
    "spans_overlap": (
        "Q315",
        N_("“%(id)s” shares words with “%(other)s”"),
        N_("quote words that do not overlap; a word counts as a whole"),
    ),
    "span_without_word": (
        "Q316",
        N_("There is no word in this quotation"),
        N_("quote one word or more"),
    ),
}
