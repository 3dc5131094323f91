"""Guesses which words look like adjectives, by their endings and a short list; knows no grammar.

A rough stand-in for "who marks every adjective": it takes some nouns for adjectives (politique) and
misses adjectives without a telling ending. Good enough to show that a strategy pays; never used to
mark anyone.
"""

import re

from quizapp.core.words import is_content_word

_FRENCH = """
petit petite petits petites grand grande grands grandes gros grosse bon bonne bons bonnes mauvais
mauvaise mauvaises beau belle beaux belles vieux vieille vieilles jeune jeunes nouveau nouvelle
nouveaux nouvelles fort forte forts fortes faible faibles pauvre pauvres riche riches triste tristes
vrai vraie vrais vraies faux fausse fausses seul seule seuls seules pire pires meilleur meilleure
meilleurs meilleures énorme énormes immense immenses haut haute hauts hautes bas basse long longue
dur dure lâche lâches sale sales folle fou idiot idiote stupide stupides ridicule ridicules juste
injuste puissant puissante malhonnête honnête simple simples rapide rapides
"""
_ENGLISH = """
small little big great large good bad old young new strong weak poor rich sad true false only worse
worst better best huge immense high low long hard dirty mad crazy stupid silly ridiculous fair
unfair honest simple fast slow evil cheap cruel brave clever dumb
"""
_LISTED = {"fr": frozenset(_FRENCH.split()), "en": frozenset(_ENGLISH.split())}
_ENDINGS = {
    "fr": "eux|euses?|iques?|ables?|ibles?|ifs?|ives?|als?|ales?|aux|els?|elles?|aires?"
    "|antes?|entes?|istes?|esques?|issimes?",
    "en": "ous|ful|less|ive|able|ible|al|ic|ical|ish|ary|ant|ent|est|some",
}
_ENDING = {
    language: re.compile(rf"[^\W\d_]{{2,}}(?:{endings})") for language, endings in _ENDINGS.items()
}


def looks_like_adjective(spelt: str, language: str) -> bool:
    """Tell whether a word, as `split_words` spells it, could be taken for an adjective."""
    bare = spelt.casefold().replace("’", "'").rpartition("'")[2]
    if not is_content_word(spelt, language):
        return False
    return bare in _LISTED[language] or _ENDING[language].fullmatch(bare) is not None
