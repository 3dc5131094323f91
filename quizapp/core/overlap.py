"""How far two sets of spans agree (SemEval-2020 task 11); knows no words and no keys."""

from collections.abc import Iterable
from dataclasses import dataclass

from quizapp.core.text import Span


@dataclass(frozen=True)
class Overlap:
    """Span precision, recall and F1, each 0–1."""

    precision: float
    recall: float
    f1: float


def compare_spans(given: Iterable[Span], expected: Iterable[Span]) -> Overlap:
    """Compare half-open spans, overlapping ones of one side merged first.

    P = (1/|S|) Σ |s∩t|/|s|, R = (1/|T|) Σ |s∩t|/|t|, F1 = 2PR/(P+R); all are 1 when both sides
    are empty and 0 when one is. Source: Da San Martino et al. (2020), SemEval-2020 task 11.
    """
    mine, theirs = merge_spans(given), merge_spans(expected)
    if not mine and not theirs:
        return Overlap(1.0, 1.0, 1.0)
    if not mine or not theirs:
        return Overlap(0.0, 0.0, 0.0)
    precision = _covered_share(mine, theirs)
    recall = _covered_share(theirs, mine)
    total = precision + recall
    return Overlap(precision, recall, 2 * precision * recall / total if total else 0.0)


def merge_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans in order, those that share a sign made one; touching ones stay apart."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _covered_share(spans: tuple[Span, ...], others: tuple[Span, ...]) -> float:
    """Return the mean share of each span that the others cover."""
    shares = (
        sum(max(0, min(end, stop) - max(start, begin)) for begin, stop in others) / (end - start)
        for start, end in spans
    )
    return sum(shares) / len(spans)
