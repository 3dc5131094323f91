"""Words for what the kinds ask of authors (Q4), for teaching rules (Q5) and typography (Q6)."""

from quizapp.content.messages_yaml import Words
from quizapp.core.messages import N_

TEACHING: Words = {
    "truth_missing": (
        "Q401",
        N_("The segment “%(id)s” is verifiable, but nothing says whether it is true"),
        N_("add truth: accurate, inexact, inaccurate or unsettled"),
    ),
    "evidence_missing": (
        "Q402",
        N_("The segment “%(id)s” is verifiable, but has no evidence"),
        N_("add evidence: [id, …] from source.yaml"),
    ),
    "truth_not_verifiable": (
        "Q403",
        N_("The segment “%(id)s” is not verifiable, so it has no truth"),
        N_("delete truth, or correct the label"),
    ),
    "evidence_not_verifiable": (
        "Q404",
        N_("The segment “%(id)s” is not verifiable, so it has no evidence"),
        N_("delete evidence and speak of it in the reason, or correct the label"),
    ),
    "mixed_not_sentence": (
        "Q405",
        N_("The segment “%(id)s” is labelled mixed, but is only part of a sentence"),
        N_("quote whole sentences, or cut it into a verifiable part and a judgement"),
    ),
    "control_without_why": (
        "Q410",
        N_("The exercise has no target, and no reason says why"),
        N_("add why: and say what makes the passage neutral"),
    ),
    "nothing_to_mark": (
        "Q411",
        N_("The passage has no target and no other word that could be marked"),
        N_("show more of the text"),
    ),
    "weak_without_why": (
        "Q420",
        N_("The card “%(id)s” is weak, but no reason says why"),
        N_("add why:"),
    ),
    "only_weak_cards": (
        "Q421",
        N_("All cards are weak, so that the number cannot be checked"),
        N_("add a card with good evidence, or use the verdict unverifiable"),
    ),
    "figure_required": (
        "Q422",
        N_("The quiz asks for the corrected figure, but the exercise has none"),
        N_("add figure: with value, unit, tolerance and why, or with none: true and why"),
    ),
    "cue_required": (
        "Q427",
        N_("The quiz asks for the cue, but the segment “%(id)s” has none"),
        N_("add “cue: …” with the sign in the words that tells what the segment is"),
    ),
    "rewrites_unfit": (
        "Q428",
        N_("The quiz asks for the neutral rewrite, and %(neutral)s of %(all)s are neutral"),
        N_("write two rewrites or more, exactly one with “verdict: neutral”"),
    ),
    "unknown_candidate": (
        "Q429",
        N_("“%(id)s” is neither a target nor a near miss of the exercise"),
        N_("write in “candidates: …” the ids of all targets and of near misses"),
    ),
    "candidate_twice": (
        "Q430",
        N_("“%(id)s” is in the list twice"),
        N_("delete one of them"),
    ),
    "target_not_listed": (
        "Q431",
        N_("The target “%(id)s” is not in the list of candidates"),
        N_("add it: who answers from the list must be able to find every target"),
    ),
    "list_too_short": (
        "Q432",
        N_("The list of candidates has %(count)s expressions, or only targets"),
        N_("list %(minimum)s or more, near misses among them"),
    ),
    "list_missing": (
        "Q433",
        N_("Other marking exercises of the quiz have a list of candidates, this one has none"),
        N_("add “candidates: …” here too, or a missing list tells what the passage is"),
    ),
    "figure_and_no_figure": (
        "Q423",
        N_("There is a figure, and also none: true"),
        N_("keep one of them"),
    ),
    "figure_ambiguous": (
        "Q424",
        N_("“%(value)s” can be read in two ways"),
        N_("write 5,6000 for five and a bit, 5 600 for thousands"),
    ),
    "figure_unreadable": (
        "Q425",
        N_("“%(value)s” is not read as a number"),
        N_("write it in figures and put the unit after unit:"),
    ),
    "weights_without_verdict": (
        "Q426",
        N_("Neither the verdict nor the error counts"),
        N_("give one of them a weight above 0"),
    ),
    "signal_share": (
        "Q501",
        N_("%(share)s %% of what is asked (%(signal)s of %(all)s) is something to find"),
        N_("between 40 and 60 %% is right: add or take away neutral, exact or verifiable parts"),
    ),
    "constant_answer": (
        "Q502",
        N_("Who always answers “%(answer)s” scores %(score)s %%"),
        N_("at most 50 %% is right: vary the keys"),
    ),
    "too_few_controls": (
        "Q503",
        N_("%(controls)s of %(exercises)s marking exercises have nothing to mark"),
        N_("one in four is needed: add a neutral passage without targets"),
    ),
    "marking_all_pays": (
        "Q504",
        N_("Marking every word of this passage scores %(score)s %%"),
        N_("show more neutral text around, or have fewer targets"),
    ),
    "reason_short": (
        "Q505",
        N_("The reason has %(words)s words"),
        N_("say in 10 to 60 words what shows it and what would be different"),
    ),
    "reason_long": (
        "Q506",
        N_("The reason has %(words)s words"),
        N_("say it in 60 words at most"),
    ),
    "sentence_long": (
        "Q507",
        N_("A sentence of the reason has %(words)s words"),
        N_("20 words are easier to read: cut it in two"),
    ),
    "passage_long": (
        "Q508",
        N_("The exercise shows %(sentences)s sentences"),
        N_("show three at most"),
    ),
    "no_false_claim": (
        "Q509",
        N_("No segment of the quiz is verifiable and false"),
        N_("add one: verifiable does not mean true"),
    ),
    "no_true_claim": (
        "Q510",
        N_("No segment of the quiz is verifiable and accurate"),
        N_("add one, if you can in loaded wording"),
    ),
    "no_weak_card": (
        "Q511",
        N_("No card of the exercise is weak"),
        N_("add one that looks fitting and does not help, with weak: true and why"),
    ),
    "longest_pays": (
        "Q512",
        N_("The neutral rewrite is the longest one in %(right)s of %(all)s exercises"),
        N_("at most half is right: shorten some, or lengthen the others"),
    ),
    "over_budget": (
        "Q520",
        N_("The quizzes show %(shown)s of the article's %(words)s words, %(share)s %%"),
        N_("at most 35 %% may be quoted: show fewer passages"),
    ),
    "words_missing": (
        "Q521",
        N_("Nothing says how long the article is"),
        N_("add words: with its number of words, so that the quotation budget can be checked"),
    ),
    "too_little_own": (
        "Q522",
        N_("In “%(language)s” there are %(own)s words of ours to %(quoted)s quoted"),
        N_("three to one are needed: explain more, or quote less"),
    ),
    "form_alone": (
        "Q530",
        N_("There is no form %(letter)s of “%(pair)s”"),
        N_("add the parallel quiz, or delete form:"),
    ),
    "form_twice": (
        "Q531",
        N_("The form %(letter)s of “%(pair)s” is also in %(first)s"),
        N_("correct one of the letters"),
    ),
    "forms_differ": (
        "Q532",
        N_("The form is not parallel to %(other)s: %(difference)s"),
        N_("parallel forms have as many exercises and keys of each sort, and the same level"),
    ),
    "forms_share": (
        "Q533",
        N_("The sentence “%(sentence)s” is in %(other)s too"),
        N_("parallel forms have no sentence in common: show another passage"),
    ),
    "typography": (
        "Q601",
        N_("A no-break space is missing or wrong: “%(context)s”"),
        N_("U+202F before ; ! ? and inside « », U+00A0 before :"),
    ),
}
