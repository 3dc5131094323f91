"""What an export says beside the author's texts: msgids, most of them also those of the pages."""

from quizapp.core.messages import N_

OPINION = N_("Opinion article")
ARTICLE = N_("Article")
EXCERPT = N_("excerpt (%(ids)s)")
OUR_TRANSLATION = N_("our translation")
SOURCES = N_("Sources:")
KEY = N_("Key:")
EVIDENCE = N_("Evidence")
NO_HELP = N_("Does not help here:")
WITHOUT_CHARGE = N_("Without the charge:")
HOLDS = N_("This key holds as of %(date)s.")

ASK_LABEL = N_(
    "Can the underlined part be checked, or is it a judgement? Verifiable does not mean true."
)
ASK_LOADED = N_(
    "Which of these expressions push the reader to feel something instead of informing? "
    "Some passages have none."
)
ASK_VERDICT = N_("Compare the underlined words with the evidence. Which verdict fits?")
ASK_ERROR = N_("What is wrong with the underlined words, according to the evidence?")
ASK_FIGURE = N_("What is the right figure, according to the evidence?")
FIGURE_UNIT = N_("Give the number alone, without its unit. Unit:")

NOTHING_LOADED = N_("Nothing loaded here")
NEUTRAL = N_("This wording informs; it does not judge here.")
SOME_LOADED = N_("Some expressions of this passage are loaded.")

LABELS = {
    "verifiable": N_("verifiable claim"),
    "judgement": N_("judgement"),
    "mixed": N_("mixture"),
}
TRUTHS = {
    "accurate": N_("checked: accurate"),
    "inexact": N_("checked: inexact"),
    "inaccurate": N_("checked: false"),
    "unsettled": N_("not settled by the evidence"),
}
TECHNIQUES = {
    "name_calling": N_("name-calling"),
    "exaggeration": N_("exaggeration"),
    "appeal_to_fear": N_("appeal to fear"),
    "doubt": N_("casting doubt"),
    "ridicule": N_("ridicule"),
    "loaded_word": N_("loaded word"),
}
LEVELS = {
    "accurate": N_("accurate"),
    "roughly_accurate": N_("roughly accurate"),
    "misleading": N_("misleading or out of context"),
    "mostly_inaccurate": N_("mostly false"),
    "inaccurate": N_("false"),
    "unverifiable": N_("cannot be verified as it stands"),
}
ERRORS = {
    "none": N_("no error"),
    "magnitude": N_("order of magnitude"),
    "unit": N_("unit or currency"),
    "base": N_("base or denominator (a share of what?)"),
    "period": N_("period"),
    "scope": N_("scope, or a part taken for the whole"),
    "proposal_as_enacted": N_("a proposal presented as enacted"),
    "attribution": N_("attribution (who said or did it)"),
    "no_source": N_("no source"),
}

LOSSES = (
    N_("Written by quizapp. What gets lost on the way to Moodle:"),
    N_(
        "Fact or opinion: each part is a question of its own, worth its share of the exercise; "
        "the sign that tells (cue) is not asked."
    ),
    N_(
        "Loaded language: words are not ticked in the text but chosen among expressions; what may "
        "go either way, the techniques and the rewrites are not asked."
    ),
    N_(
        "Check a number: verdict, kind of error and figure are three questions; “nothing to "
        "correct” is not offered as a figure, and an ambiguous figure is not asked back."
    ),
    N_(
        "“I do not know”, confidence, discernment and mastery are not measured, and the original "
        "behind a translation is left out."
    ),
)
LOSSES_OF_GIFT = N_(
    "GIFT alone: questions have no weights, and Moodle may shuffle the scale of verdicts."
)


def first_capital(text: str) -> str:
    """Return a text with its first letter as a capital and the rest as it is."""
    return text[:1].upper() + text[1:]
