"""What an answer ends with: the buttons for what may come next, and how a thing is typed that was typed wrong."""

from collections.abc import Sequence

from bot.chat.answer import Answer, Toast
from bot.chat.keyboards import Button, choose_button, everything_button, keyboard, latest_button, packed
from bot.messages.phrases import phrase
from storage.model import Category, Preferences


def outlook(
    language: str, preferences: Preferences, sentences: Sequence[str], *, offers: Sequence[Button] = ()
) -> Answer:
    """Say *sentences*; under them *offers*, then everything (to who has it not), the choice, and a taste."""
    everything = [] if preferences.everything else [everything_button(language)]
    usual = [*everything, choose_button(language), latest_button(language)]
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
