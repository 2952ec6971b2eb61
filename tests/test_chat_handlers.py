"""The handlers, as a whole: each is short, and none of them speaks SQL."""

import ast
import inspect
import textwrap
from collections.abc import Callable
from typing import Any

import pytest

from bot import chat
from bot.chat import COMMANDS, OPERATORS_COMMANDS
from bot.chat.menu import OPERATORS_MENU
from bot.chat.settings import ChangeSetting
from bot.chat.tapped import HANDLERS, OPERATORS_HANDLERS
from bot.chat.typed import PROMPTS
from bot.messages.phrases import languages, phrase
from bot.messages.settings import SETTINGS, label_of, read_setting
from bot.messages.taps import read, write

MOST_LINES = 18
TABLES = (COMMANDS, OPERATORS_COMMANDS, HANDLERS, OPERATORS_HANDLERS, PROMPTS)
EACH = sorted({handler for table in TABLES for handler in table.values()}, key=lambda each: each.__qualname__)


def lines_of(handler: Callable[..., Any]) -> int:
    """Count the lines of what it does, without its name and docstring."""
    [function] = ast.parse(textwrap.dedent(inspect.getsource(handler))).body
    assert isinstance(function, ast.AsyncFunctionDef)
    assert ast.get_docstring(function)
    first, last = function.body[1], function.body[-1]
    return (last.end_lineno or 0) - first.lineno + 1


@pytest.mark.parametrize("handler", EACH, ids=lambda each: each.__qualname__)
def test_a_handler_is_short(handler: Callable[..., Any]) -> None:
    assert lines_of(handler) <= MOST_LINES


def test_no_handler_speaks_sql() -> None:
    for handler in EACH:
        source = inspect.getsource(inspect.getmodule(handler) or chat)
        assert not any(word in source for word in ("SELECT ", "INSERT ", "UPDATE ", "DELETE FROM"))


@pytest.mark.parametrize("language", languages())
def test_every_command_of_the_menu_is_described_in_a_few_words(language: str) -> None:
    for name in OPERATORS_MENU:
        assert 2 <= len(phrase(language, f"command-{name}")) <= 50


@pytest.mark.parametrize("language", languages())
def test_every_setting_has_a_button_and_can_be_typed(language: str) -> None:
    for name, setting in SETTINGS.items():
        for value in setting.values:
            assert read(write(ChangeSetting(name, value))) == ChangeSetting(name, value)
            assert read_setting(label_of(language, name, value)) == (name, value)
    for value in languages():
        assert read(write(ChangeSetting("language", value))) == ChangeSetting("language", value)
