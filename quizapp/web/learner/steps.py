"""The steps after the first on the page of an exercise: what is open, what was answered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from quizapp.exercises.answers import FormSource
from quizapp.exercises.base import FormPair
from quizapp.exercises.further import AskedItem, FurtherStep, StepForm, StepReview
from quizapp.store.attempts import AttemptState, StoredResponse
from quizapp.store.quizzes import ServedExercise
from quizapp.web.exercises import Complaint, complaints, errors_by_field


@dataclass(frozen=True)
class ShownStep:
    """A step as its template needs it: open with its form, or stored, perhaps with its review.

    `is_last` is true for the last one that has an answer; `review` is None before the release.
    """

    name: str
    number: int
    language: str
    question: tuple[AskedItem, ...]
    form: StepForm
    errors: Mapping[str, str] = field(default_factory=dict)
    complaints: Sequence[Complaint] = ()
    stored: StoredResponse | None = None
    review: StepReview | None = None
    is_last: bool = False


def find_step(served: ServedExercise, sent: str | None) -> FurtherStep | None:
    """Return the further step that a form names by its number, None when there is no such one."""
    return next((step for step in served.further_steps if str(step.number) == sent), None)


def show_steps(
    attempt: AttemptState,
    served: ServedExercise,
    data: FormSource | Iterable[FormPair] | None = None,
    *,
    check: bool = False,
) -> list[ShownStep]:
    """Return the steps with an answer, then the open one with `data` in its form.

    `check` names what is wrong with it.
    """
    stored = {n: r for (name, n), r in attempt.responses.items() if name == served.id and n > 1}
    last = max(stored, default=0)
    shown = [
        _stored(step, stored[step.number], attempt.shows_key(served.id), step.number == last)
        for step in served.further_steps
        if step.number in stored
    ]
    step = attempt.open_step(served)
    return shown if step is None else [*shown, _open(step, data, check)]


def _stored(step: FurtherStep, stored: StoredResponse, released: bool, is_last: bool) -> ShownStep:
    return ShownStep(
        name=step.name,
        number=step.number,
        language=step.language,
        question=step.question,
        form=step.form(step.formdata(stored.payload)),
        stored=stored,
        review=step.review(stored.payload) if released else None,
        is_last=is_last,
    )


def _open(
    step: FurtherStep, data: FormSource | Iterable[FormPair] | None, check: bool
) -> ShownStep:
    form = step.form(data)
    problems = form.problems() if check else []
    return ShownStep(
        name=step.name,
        number=step.number,
        language=step.language,
        question=step.question,
        form=form,
        errors=errors_by_field(problems),
        complaints=complaints(form, problems),
    )
