"""The words for every problem of authors' files: number, what is wrong, what to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from quizapp.content.messages_structure import STRUCTURE
from quizapp.content.messages_teaching import TEACHING
from quizapp.content.messages_yaml import YAML


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
