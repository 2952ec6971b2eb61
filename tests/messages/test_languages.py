"""The language files say the same things."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import BaseNode, Message, Resource, VariableReference
from fluent.syntax.visitor import Visitor

import bot
from bot.chat.menu import ADMINISTRATORS_MENU, OPERATORS_MENU
from bot.messages.phrases import choose_language, languages, sources

ROOM = Path(bot.__file__).parent
ENGLISH = "en"


class Facts(Visitor):
    """Collects the variables of a phrase."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def visit_VariableReference(self, node: VariableReference) -> None:  # noqa: N802 - fluent.syntax's own name
        self.names.add(node.id.name)


def phrases(language: str) -> dict[str, set[str]]:
    """Each phrase of *language* with the facts that it speaks of."""
    resource = FluentParser().parse("\n".join(sources(language).values()))
    assert isinstance(resource, Resource)
    assert not [entry for entry in resource.body if type(entry).__name__ == "Junk"]
    return {entry.id.name: facts_of(entry) for entry in resource.body if isinstance(entry, Message)}


def facts_of(node: BaseNode) -> set[str]:
    facts = Facts()
    facts.visit(node)
    return facts.names


def literals() -> Iterator[str]:
    """Every string in our code."""
    for file in ROOM.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


@pytest.mark.parametrize("language", languages())
def test_every_language_has_the_files_of_english(language: str) -> None:
    assert sources(language).keys() == sources(ENGLISH).keys()


@pytest.mark.parametrize("language", languages())
def test_every_language_has_the_phrases_of_english_with_the_same_facts(language: str) -> None:
    assert phrases(language) == phrases(ENGLISH)


def test_no_phrase_is_left_over() -> None:
    said = {*literals(), *(f"command-{name}" for name in (*OPERATORS_MENU, *ADMINISTRATORS_MENU))}

    assert phrases(ENGLISH).keys() - said == set()


@pytest.mark.parametrize("language", languages())
def test_no_phrase_is_named_twice(language: str) -> None:
    lines = [line for source in sources(language).values() for line in source.splitlines()]
    names = [line.partition(" =")[0] for line in lines if line[:1].isalpha() and " =" in line]

    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("zh", "zh-Hans"),
        ("zh-hans", "zh-Hans"),
        ("zh-TW", "zh-Hans"),
        ("en-GB", "en"),
        ("de", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_a_person_is_answered_in_the_nearest_language(tag: str | None, language: str) -> None:
    assert choose_language(tag) == language
