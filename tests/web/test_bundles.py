"""Several files as one for the browser: what is joined, how, and what may be in a module."""

import re
from pathlib import Path

import pytest
from flask import Flask, g

from quizapp.paths import STATIC
from quizapp.web.bundles import BUNDLES, join
from quizapp.web.outbox import outbox_key


def write(folder: Path, **texts: str) -> list[Path]:
    paths = []
    for name, text in texts.items():
        paths.append(folder / f"{name}.js")
        paths[-1].write_text(text, "utf-8")
    return paths


def test_a_module_gets_what_it_imports_and_keeps_its_names_to_itself(tmp_path: Path) -> None:
    parts = write(
        tmp_path,
        numbers="const one = 1;\nexport function two() { return one + one; }\n",
        page='import { two } from "./numbers.js";\n\nconst one = two();\n',
    )
    assert join("x.js", parts).split("\n") == [
        "const from_numbers = (() => {",
        "const one = 1;",
        "function two() { return one + one; }",
        "return { two };",
        "})();",
        "",
        "const from_page = (() => {",
        "const { two } = from_numbers;",
        "",
        "const one = two();",
        "return {  };",
        "})();",
        "",
    ]


@pytest.mark.parametrize(
    "text",
    [
        'import { later } from "./later.js";\n',
        'import "./numbers.js";\n',
        "export const one = 1;\n",
        "export default function two() {}\n",
    ],
)
def test_a_module_that_cannot_be_joined_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ValueError, match=r"page\.js"):
        join("x.js", write(tmp_path, page=text))


@pytest.mark.parametrize("name", BUNDLES)
def test_a_bundle_is_served_under_its_version(app: Flask, name: str) -> None:
    with app.test_request_context():
        address = app.jinja_env.globals["asset"](name)
    response = app.test_client().get(address)
    assert response.status_code == 200
    assert "immutable" in response.headers["Cache-Control"]
    for part in BUNDLES[name]:
        assert (STATIC / part).is_file()
    response.close()


def test_html_enters_a_page_in_one_module_only() -> None:
    makers = r"innerHTML|outerHTML\s*=|insertAdjacentHTML|DOMParser|document\.write|serviceWorker"
    for path in sorted((STATIC / "js").glob("*.js")):
        text = path.read_text("utf-8")
        assert not re.search(makers, text), path.name
        assert ("responseType" in text) == (path.name == "replace.js"), path.name


def test_the_key_of_what_waits_is_each_accounts_own_and_names_nobody(app: Flask) -> None:
    class Somebody:
        is_authenticated = True

        def __init__(self, number: int) -> None:
            self.id = number

    keys = []
    for number in (1, 2, 1):
        with app.test_request_context():
            g._login_user = Somebody(number)
            keys.append(outbox_key())
    assert keys[0] == keys[2] != keys[1]
    assert re.fullmatch(r"[0-9a-f]{20}", keys[0])
    with app.test_request_context():
        assert outbox_key() == ""
