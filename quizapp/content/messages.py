"""The words for every problem of authors' files: number, what is wrong, what to do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from quizapp.content.messages_structure import STRUCTURE
from quizapp.content.messages_teaching import TEACHING
from quizapp.content.messages_yaml import YAML
from quizapp.core.messages import N_


@dataclass(frozen=True)
class Message:
    """A problem in words: its number for authors, the English message and the advice.

    Both are msgids with `%(name)s` for the parameters of the problem.
    """

    number: str
    text: str
    advice: str


MESSAGES: Mapping[str, Message] = MappingProxyType(
    {code: Message(*words) for code, words in (YAML | STRUCTURE | TEACHING).items()}
)
"""By code of problem. Q1 YAML, Q2 keys and files, Q3 references, Q4 kinds, Q5 teaching, Q6 type."""

CONSTANT_ANSWERS: Mapping[str, str] = MappingProxyType(
    {
        "mark_all": N_("every word marked"),
        "mark_none": N_("nothing loaded here"),
        "mark_adjectives": N_("every adjective marked"),
        "mark_list": N_("every expression of the list"),
        "verifiable": N_("verifiable claim"),
        "judgement": N_("judgement"),
        "mixed/verifiable": N_("mixture where it is offered, else verifiable claim"),
        "mixed/judgement": N_("mixture where it is offered, else judgement"),
    }
)
"""The answers of somebody who never reads, in words; see `constant_answers` of each kind."""
VERDICT_AND_ERROR = N_("verdict %(verdict)s, kind of error %(error)s")


def answer_in_words(name: str, translate: Callable[[str], str]) -> str:
    """Return a constant answer in words; one to a number names the values that authors write."""
    if name in CONSTANT_ANSWERS:
        return translate(CONSTANT_ANSWERS[name])
    verdict, plus, error = name.partition("+")
    return translate(VERDICT_AND_ERROR) % {"verdict": verdict, "error": error} if plus else name
