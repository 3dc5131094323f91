"""What every change by a teacher has in common; knows no single one."""

from quizapp.web.acting import acting
from quizapp.web.typed_text import tidy

__all__ = ["acting", "tidy"]
