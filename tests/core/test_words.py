"""Words and sentences of French and English texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.text import normalise
from quizapp.core.words import Word, is_content_word, split_sentences, split_words


def spelt(text: str, language: str = "fr") -> list[str]:
    return [word.text for word in split_words(text, language)]


def contents(text: str, language: str = "fr") -> list[str]:
    return [word.text for word in split_words(text, language) if word.is_content]


def sentences(text: str, language: str = "fr") -> list[str]:
    found = split_sentences(text, split_words(text, language))
    return [" ".join(word.text for word in words) for words in found]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Il a peur.", ["Il", "a", "peur"]),
        ("« Non » , dit-il !", ["Non", "dit-il"]),
        ("«\u00a0Non\u00a0»", ["Non"]),
        ("l'odeur qu’on sent", ["l'odeur", "qu’on", "sent"]),
        ("l’« odeur » de la peur", ["l’« odeur", "de", "la", "peur"]),
        ("Aujourd’hui, c'est-à-dire lundi", ["Aujourd’hui", "c'est-à-dire", "lundi"]),
        ("les États-Unis (et l'UE)", ["les", "États-Unis", "et", "l'UE"]),
        ("un – deux — trois", ["un", "deux", "trois"]),
        ("un—deux…trois", ["un", "deux", "trois"]),
        ("de 2024–2025 à 2026-2027", ["de", "2024–2025", "à", "2026-2027"]),
        ("chaque élève(s), (voir ici)", ["chaque", "élève(s)", "voir", "ici"]),
        ("à 14h30, soit 12:30", ["à", "14h30", "soit", "12:30"]),
        ("", []),
        (" … — ! ", []),
    ],
)
def test_words_are_cut_at_white_space_without_their_punctuation(
    text: str, words: list[str]
) -> None:
    assert spelt(text) == words


@pytest.mark.parametrize(
    "number",
    [
        *("5 600 000", "5\u00a0600\u202f000", "5\u2009600", "5600", "5,6", "5.6", "1.234.567,89"),
        *("85 %", "85%", "60\u202f%", "100 %", "−5,6 %", "-5 %", "+3 %", "20-30 %", "5 ‰"),
        *("1,6 milliard", "6 millions", "5 milliers", "300 mille", "600 Md", "600 Md€", "5 M€"),
        *("600 milliards €", "5 €", "$5.6", "$600bn", "5.6 Million", "600 billion", "10e"),
    ],
)
def test_a_number_with_its_spaces_and_unit_is_one_word(number: str) -> None:
    assert spelt(f"près ({number}), puis") == ["près", number, "puis"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("6 millions de dollars", ["6 millions", "de", "dollars"]),
        ("d'1,6 milliard d'euros", ["d'1,6 milliard", "d'euros"]),
        ("en 2024 600 personnes", ["en", "2024", "600", "personnes"]),
        ("des milliers de cas", ["des", "milliers", "de", "cas"]),
        ("5 km et 30 ans", ["5", "km", "et", "30", "ans"]),
        ("5 millionnaires", ["5", "millionnaires"]),
        ("1 2345", ["1", "2345"]),
        ("un prêt 14 000-foot", ["un", "prêt", "14 000-foot"]),
    ],
)
def test_what_is_no_unit_stays_a_word_of_its_own(text: str, words: list[str]) -> None:
    assert spelt(text) == words


def test_english_words_know_english_units_and_contractions() -> None:
    text = "It's worth $5.6 billion, don't they say; 60 percent of China's trade."
    words = ["It's", "worth", "$5.6 billion", "don't", "they", "say"]
    assert spelt(text, "en") == [*words, "60 percent", "of", "China's", "trade"]
    assert contents(text, "en") == [
        "worth",
        "$5.6 billion",
        "say",
        "60 percent",
        "China's",
        "trade",
    ]


def test_function_words_are_known_behind_an_elision_and_in_compounds() -> None:
    assert contents("Qu’on l’a, qu'elle est-il jusqu’à ce qu'a-t-on d’un s’il n'ont") == []
    assert contents("l'odeur d'abord quelqu'un aujourd’hui n'agit") == [
        *("l'odeur", "d'abord", "aujourd’hui", "n'agit"),
    ]


@pytest.mark.parametrize("word", ["tout", "Toutes", "aucun", "très", "jamais", "pas", "plusieurs"])
def test_words_of_totality_and_degree_are_content(word: str) -> None:
    assert is_content_word(word, "fr")


@pytest.mark.parametrize("word", ["all", "every", "none", "very", "never", "not", "only"])
def test_english_words_of_totality_and_degree_are_content(word: str) -> None:
    assert is_content_word(word, "en")


def test_a_word_of_one_language_is_not_looked_up_in_the_other() -> None:
    assert is_content_word("the", "fr")
    assert is_content_word("les", "en")


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="'de'"):
        split_words("Hallo", "de")
    with pytest.raises(ValueError, match="'de'"):
        is_content_word("Hallo", "de")


def test_a_word_gives_its_span() -> None:
    assert Word(3, 5, "ab", True).span == (3, 5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Il part. Elle reste ! Qui ? Eux.", ["Il part", "Elle reste", "Qui", "Eux"]),
        ("Le PIB est de 5.6 %, soit 1,6. Fin.", ["Le PIB est de 5.6 % soit 1,6", "Fin"]),
        ("Le fer, le bois, etc. sont taxés.", ["Le fer le bois etc sont taxés"]),
        ("Le fer, etc. Ensuite rien.", ["Le fer etc", "Ensuite rien"]),
        ("M. Li et J. D. Vance, cf. Paris.", ["M Li et J D Vance cf Paris"]),
        ("« Quoi ? » dit-il. Bon…", ["Quoi dit-il", "Bon"]),
        ("Il hésite… puis part. En 2024.", ["Il hésite puis part", "En 2024"]),
        ("Il a dit : « Non. » Elle part.", ["Il a dit Non", "Elle part"]),
        ("Vraiment ! non.", ["Vraiment", "non"]),
        ("", []),
    ],
)
def test_sentences_end_on_stops_that_are_not_inside_them(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text(max_size=80), st.sampled_from(["fr", "en"]))
def test_words_are_slices_in_order_that_hold_every_letter_and_digit(
    text: str, language: str
) -> None:
    text = normalise(text)
    words = split_words(text, language)
    at = 0
    for word in words:
        assert at <= word.start < word.end
        assert text[word.start : word.end] == word.text
        assert not any(sign.isalnum() for sign in text[at : word.start])
        at = word.end
    assert not any(sign.isalnum() for sign in text[at:])
    assert [word for part in split_sentences(text, words) for word in part] == list(words)


@given(st.lists(st.sampled_from(["5 600", "l'odeur", "«", "»", "85 %", "mot,", "–", "$5", "l’«"])))
def test_apostrophes_of_either_form_cut_the_same_words(parts: list[str]) -> None:
    text = " ".join(parts)
    curly = text.replace("'", "’")
    assert [word.span for word in split_words(text, "fr")] == [
        word.span for word in split_words(curly, "fr")
    ]
