"""Reads HTML into elements, strictly: says where tags do not nest; knows no rule of the app."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
    "track", "wbr",
}  # fmt: skip

Problem = str


class Element:
    """An element with its attributes, its children and the text between them."""

    def __init__(self, tag: str, attributes: dict[str, str], parent: Element | None) -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.children: list[Element | str] = []

    def get(self, name: str) -> str:
        """Return an attribute's value, empty if it has none."""
        return self.attributes.get(name, "")

    @property
    def text(self) -> str:
        """The words inside, with single spaces."""
        return " ".join("".join(self._strings()).split())

    def walk(self) -> Iterator[Element]:
        """Yield this element and those inside, in the order of the page."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def find(self, tag: str, **attributes: str) -> list[Element]:
        """Return the elements inside of that tag whose attributes have these values."""
        return [element for element in self.walk() if element.matches(tag, attributes)]

    def parents(self) -> Iterator[Element]:
        """Yield the elements around this one, nearest first."""
        element = self.parent
        while element is not None:
            yield element
            element = element.parent

    def matches(self, tag: str, attributes: dict[str, str]) -> bool:
        """Say whether this has the tag and the attributes; `class_` need be one of several."""
        if self.tag != tag:
            return False
        for name, value in attributes.items():
            if name == "class_":
                if value not in self.get("class").split():
                    return False
            elif self.attributes.get(name.rstrip("_").replace("_", "-")) != value and (
                self.attributes.get(name) != value
            ):
                return False
        return True

    def _strings(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            else:
                yield from child._strings()

    def __str__(self) -> str:
        attributes = "".join(f' {name}="{value}"' for name, value in self.attributes.items())
        return f"<{self.tag}{attributes}>"

    __repr__ = __str__


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {}, None)
        self.open = self.root
        self.problems: list[Problem] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(set(names)) < len(names):
            self.problems.append(f"an attribute stands twice: {self.get_starttag_text()}")
        element = Element(tag, {name: value or "" for name, value in attrs}, self.open)
        self.open.children.append(element)
        if tag not in VOID:
            self.open = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag != self.open.tag or self.open.parent is None:
            self.problems.append(f"</{tag}> closes {self.open} in line {self.getpos()[0]}")
            return
        self.open = self.open.parent

    def handle_data(self, data: str) -> None:
        self.open.children.append(data)


def parse(html: str) -> tuple[Element, list[Problem]]:
    """Return the document of a page and where its tags do not nest."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    if reader.open is not reader.root:
        reader.problems.append(f"{reader.open} is not closed")
    return reader.root, reader.problems
