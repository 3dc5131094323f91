"""Starts quizapp with its packages, which a checkout gets first; knows no command."""

import sys


def main() -> int:
    """Run the command line; the syntax here is that of Pythons too old for all the rest."""
    if sys.version_info < (3, 11):
        print(
            "quizapp needs Python 3.11 or newer, and this is " + sys.version.split()[0] + ".",
            file=sys.stderr,
        )
        return 2
    from quizapp.bootstrap.environment import enter

    enter(sys.argv[1:])
    from quizapp.cli import main as run

    run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
