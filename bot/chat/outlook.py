"""What an answer ends with: the buttons for what may come next, and how a thing is typed that was typed wrong."""

from collections.abc import Sequence

from bot.chat.answer import Answer, Toast
from bot.chat.keyboards import (
    Button,
    choose_button,
    everything_button,
    keyboard,
    latest_button,
    packed,
    schedule_button,
)
from bot.messages.phrases import phrase
from storage.model import Category, Preferences


def outlook(
    language: str, preferences: Preferences, sentences: Sequence[str], *, offers: Sequence[Button] = ()
) -> Answer:
    """Say *sentences*; under them *offers*, then everything, the choice, a taste, and when it comes.

    Everything for who has it not, when it comes for who gets anything.
    """
    everything = [] if preferences.everything else [everything_button(language)]
    gets = preferences.everything or preferences.categories or preferences.followed
    when = [schedule_button(language)] if gets else []
    usual = [*everything, choose_button(language), latest_button(language), *when]
    return Answer("\n".join(sentences), keyboard=keyboard(*packed(offers), *packed(usual)))


def names_usage(language: str, command: str, carried: Sequence[Category]) -> Answer:
    """Say how names are typed after *command*, with names that there are."""
    return Answer(phrase(language, "names-usage", command=command, example=", ".join(examples(language, carried))))


def examples(language: str, carried: Sequence[Category]) -> tuple[str, str]:
    """Give two names to show how one types them: of the busiest categories, as far as there are any."""
    names = [category.name for category in carried]
    one, other = (names[:2] + [phrase(language, "example-one"), phrase(language, "example-other")][len(names) :])[:2]
    return one, other


def out_of_date(language: str) -> Toast:
    """Say that a button no longer does anything."""
    return Toast(phrase(language, "old-button"))
