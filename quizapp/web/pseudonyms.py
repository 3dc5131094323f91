"""Knows pseudonyms: an animal, an adjective, two digits, in the language of the page.

Words without accents, so that every keyboard types them; French adjectives that are the same in
both genders, so that no pseudonym says which the learner is.
"""

import random
import re
import secrets

from sqlalchemy.orm import Session

from quizapp.store.accounts import taken_names


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


ANIMALS = {
    "en": _words(
        "badger beaver bison condor crane dolphin eagle falcon ferret finch fox gecko "
        "hare heron horse ibex koala lemur lizard llama lynx marmot moose newt octopus "
        "otter owl panda parrot pelican penguin puffin rabbit raven robin salmon seal "
        "sparrow squirrel swan tiger toucan turtle walrus whale wolf wombat zebra"
    ),
    "fr": _words(
        "aigle alpaga belette bison blaireau canard castor cerf chamois cheval chevreuil "
        "cigogne colibri condor corbeau cygne dauphin faucon furet gecko girafe hamster "
        "hibou iguane kangourou koala lama lapin lynx loup loutre marmotte merle mouette "
        "ours panda pingouin puma renard requin rossignol saumon tigre toucan tortue "
        "vison wombat"
    ),
}
ADJECTIVES = {
    "en": _words(
        "able active agile bold brave bright calm careful clever curious daring eager "
        "fair fast frank gentle happy honest humble jolly keen kind lively loyal lucky "
        "modest nimble noble patient polite proud quick quiet sharp silent smart steady "
        "strong subtle sunny swift tidy warm wise witty"
    ),
    "fr": _words(
        "adorable agile aimable alerte brave calme capable comique digne docile efficace "
        "fiable flexible habile honorable incroyable invincible lucide magique magnifique "
        "mobile modeste moderne noble optimiste paisible pacifique rapide remarquable "
        "robuste sage sensible solide solidaire souple stable sympathique tenace "
        "tranquille unique utile"
    ),
}
PATTERN = re.compile(r"([a-z]+)-([a-z]+)-([0-9]{2})")
OFFERED = 3


def draw_pseudonym(language: str, rng: random.Random) -> str:
    """Draw one in a language that has words here."""
    animal, adjective = rng.choice(ANIMALS[language]), rng.choice(ADJECTIVES[language])
    return f"{animal}-{adjective}-{rng.randrange(10, 100)}"


def is_pseudonym(name: str) -> bool:
    """Tell whether a name can have been drawn here, so that nobody is called by their real one."""
    match = PATTERN.fullmatch(name)
    return match is not None and any(
        match[1] in ANIMALS[language] and match[2] in ADJECTIVES[language] for language in ANIMALS
    )


def suggest_pseudonyms(session: Session, language: str, number: int = OFFERED) -> list[str]:
    """Return different pseudonyms that nobody has yet: as many as wanted, of some 200,000."""
    rng = secrets.SystemRandom()
    free: dict[str, None] = {}
    while len(free) < number:
        drawn = list(dict.fromkeys(draw_pseudonym(language, rng) for _ in range(4 * number)))
        taken = taken_names(session, drawn)
        free |= dict.fromkeys(name for name in drawn if name not in taken)
    return list(free)[:number]
