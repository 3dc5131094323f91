"""The same workers with a planted fault: an answer is committed before its score is."""

import time
from typing import Any

from quizapp.store.attempts import answer
from tests.durability.worker import main

keep_score = answer.keep_score


def commit_then_keep_score(session: Any, *rest: Any) -> bool:
    """Leave a moment in which the answer is stored and its score row is not."""
    connection = session.connection()
    connection.exec_driver_sql("COMMIT")
    time.sleep(0.02)
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    return keep_score(session, *rest)


if __name__ == "__main__":
    answer.keep_score = commit_then_keep_score
    main()
