"""Which quizzes the demonstration class does, and in which order; knows no learner."""

from collections.abc import Sequence

from quizapp.content.model import Library, Quiz, QuizKey

MOST_QUIZZES = 6


def choose_quizzes(library: Library, language: str) -> list[QuizKey]:
    """Return up to six quizzes of one source, in the language if it has any; LookupError if none.

    The same choice for the same library, from the source with most quizzes: one for each kind of
    exercise, then those with most further steps, by id; around them the parallel forms of a pair,
    one before and one after, with one more quiz at the end that is still open.
    """
    by_source: dict[tuple[bool, str, str], list[Quiz]] = {}
    for key in sorted(library.quizzes):
        group = (key[2] == language, key[0], key[2])
        by_source.setdefault(group, []).append(library.quizzes[key])
    if not by_source:
        raise LookupError("there is no quiz to demonstrate")
    best = max(by_source, key=lambda group: (group[0], len(by_source[group])))
    offered = by_source[best]
    before, after = _pair(offered)
    skills = _skills([quiz for quiz in offered if quiz.form is None])
    room = MOST_QUIZZES - len(before) - len(after)
    chosen = sorted(skills[:room], key=lambda quiz: quiz.id)
    return [quiz.key for quiz in (*before, *chosen[:-1], *after, *chosen[-1:])]


def _pair(offered: Sequence[Quiz]) -> tuple[list[Quiz], list[Quiz]]:
    """Return the first and the second form of the first pair that has both."""
    forms: dict[str, list[Quiz]] = {}
    for quiz in offered:
        if quiz.form is not None:
            forms.setdefault(quiz.form.pair, []).append(quiz)
    for pair in forms.values():
        if len(pair) > 1:
            first, second = sorted(pair, key=lambda quiz: quiz.form.letter if quiz.form else "")[:2]
            return [first], [second]
    return [], []


def _skills(quizzes: Sequence[Quiz]) -> list[Quiz]:
    """Return the quizzes with the first of each kind on top, then those with most steps."""
    first: dict[frozenset[str], Quiz] = {}
    for quiz in quizzes:
        first.setdefault(frozenset(each.kind for each in quiz.exercises), quiz)
    rest = [quiz for quiz in quizzes if quiz not in first.values()]
    return [*first.values(), *sorted(rest, key=lambda quiz: (-len(quiz.steps), quiz.id))]
