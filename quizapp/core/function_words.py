"""The closed lists of function words and abbreviations; knows words, never their place in a text.

Articles (with demonstrative and possessive determiners), pronouns, prepositions, conjunctions
and auxiliaries, lower case, elided prefix dropped. Words of totality and degree (tout, aucun,
très, plusieurs, all, every, very), adverbs and the negations pas, jamais, not, never are content;
so are semi-auxiliaries (aller, pouvoir, devoir). The clitic "ne" is in the list as its elided form
n' is. A homograph counts as what it is most often: "été" auxiliary, "avions" planes.
"""

_FRENCH = """
le la les l un une des du de d au aux
ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs
je j tu il elle on nous vous ils elles me m te t se s lui y en ne n moi toi soi eux
c ça cela ceci celui celle ceux celles ci celui-ci celui-là celle-ci celle-là ceux-ci ceux-là
celles-ci celles-là mien mienne miens miennes tien tienne tiens tiennes sien sienne siens siennes
nôtre nôtres vôtre vôtres quelqu'un quelqu'une quelques-uns quelques-unes
moi-même toi-même soi-même lui-même elle-même nous-mêmes vous-mêmes eux-mêmes elles-mêmes
qui que qu quoi dont où lequel laquelle lesquels lesquelles auquel auxquels auxquelles duquel
desquels desquelles quel quelle quels quelles
à dans sur sous par pour avec sans chez contre vers entre depuis pendant durant avant après dès
devant derrière malgré selon parmi jusque jusqu hors sauf outre envers via près lors concernant
moyennant vis-à-vis
mais ou et donc or ni car quand lorsque lorsqu puisque puisqu quoique quoiqu comme si parce tandis
afin soit c'est-à-dire
être suis es est sommes êtes sont étais était étions étiez étaient fus fut fûmes fûtes furent
serai seras sera serons serez seront serais serait serions seriez seraient sois soyons soyez soient
fusse fût fussent étant été
avoir ai as a avons avez ont avais avait aviez avaient eus eut eûmes eûtes eurent aurai auras aura
aurons aurez auront aurais aurait aurions auriez auraient aie aies ait ayons ayez aient eût eussent
ayant eu eue eues
"""

_ENGLISH = """
a an the this that these those my your his her its our their
i you he she it we they me him us them mine yours hers ours theirs one oneself
myself yourself himself herself itself ourselves yourselves themselves
someone somebody something who whom whose which what whoever whatever whichever there
of to in on at by for with without from into onto upon over under above below between among amongst
about against across after before behind beyond during since until till through throughout toward
towards within outside inside off out up down near per via despite except like than as
and but or nor so yet if because although though while whereas unless whether when where lest
be am is are was were been being have has had having do does did doing done
will would shall should can cannot could may might must ought
"""

FUNCTION_WORDS: dict[str, frozenset[str]] = {
    "fr": frozenset(_FRENCH.split()),
    "en": frozenset(_ENGLISH.split()),
}

#: What may be elided before an apostrophe and is dropped before a word is compared.
ELISIONS: dict[str, tuple[str, ...]] = {
    "fr": (
        *("l", "d", "j", "m", "t", "s", "n", "c", "ç", "qu"),
        *("jusqu", "lorsqu", "puisqu", "quoiqu"),
    ),
    "en": (),
}

#: What English hangs on a word: it's, they've, don't; dropped before a word is compared.
CONTRACTIONS = ("n't", "'s", "'re", "'ve", "'ll", "'d", "'m")
#: "can't", "won't", "shan't" less their n't.
CLIPPED_AUXILIARIES = frozenset({"ca", "wo", "sha"})

_ABBREVIATIONS = """
m mm mme mmes mlle mlles me dr st ste cf ex p pp art vol no av apr p.ex c.-à-d
mr mrs ms prof gen sen gov rep vs fig e.g i.e u.s
"""

#: Abbreviations whose full stop does not end a sentence, whatever follows ("etc" may end one).
ABBREVIATIONS = frozenset(_ABBREVIATIONS.split())
