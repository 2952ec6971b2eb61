"""What somebody can settle for all that comes, and what the buttons for it say: pure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from bot.digests.categories import fold
from bot.messages.phrases import choose_language, languages, phrase
from storage.model import Preferences

# The language of the person's Telegram, as far as we speak it.
AUTOMATIC = "auto"


@dataclass(frozen=True, slots=True)
class Setting:
    """One of a few values; *label* is the phrase of a button that says which."""

    label: str
    values: tuple[str, ...]
    of: Callable[[Preferences], str]
    change: Callable[[Preferences, str], Preferences]


def _switch(
    label: str, of: Callable[[Preferences], bool], change: Callable[[Preferences, bool], Preferences]
) -> Setting:
    return Setting(
        label,
        ("on", "off"),
        lambda preferences: "on" if of(preferences) else "off",
        lambda preferences, value: change(preferences, value == "on"),
    )


# In the order of the buttons.
SETTINGS: Mapping[str, Setting] = {
    "layout": Setting(
        "setting-layout",
        ("full", "headlines"),
        lambda had: had.layout,
        lambda had, value: replace(had, layout="full" if value == "full" else "headlines"),
    ),
    "sound": _switch("setting-sound", lambda had: had.sound, lambda had, on: replace(had, sound=on)),
    "previews": _switch("setting-previews", lambda had: had.previews, lambda had, on: replace(had, previews=on)),
    "told": _switch("setting-told", lambda had: had.fold_told, lambda had, on: replace(had, fold_told=on)),
    "nothing": _switch(
        "setting-nothing",
        lambda had: had.schedule.tell_nothing,
        lambda had, on: replace(had, schedule=replace(had.schedule, tell_nothing=on)),
    ),
}


def language_of(preferences: Preferences, telegram_language: str | None) -> str:
    """Say which language was chosen, or that none was."""
    if preferences.language is None or preferences.language == telegram_language:
        return AUTOMATIC
    return choose_language(preferences.language)


def label_of(language: str, name: str, value: str) -> str:
    """Say in *language* that the setting has this value."""
    return phrase(language, SETTINGS[name].label, value=value)


def language_label(language: str, value: str, telegram_language: str | None) -> str:
    """Say in *language* which language stands; each has its own name for itself."""
    named = phrase(choose_language(telegram_language) if value == AUTOMATIC else value, "language-name")
    return phrase(language, "setting-language", name=named, automatic=str(value == AUTOMATIC))


def read_setting(words: str) -> tuple[str, str] | None:
    """Read a setting and its value as they are typed: what its button would say, in any of our languages."""
    typed = _plain(words)
    return next((asked for said, asked in _all_said() if _plain(said) == typed), None)


def _all_said() -> Iterator[tuple[str, tuple[str, str]]]:
    for language in languages():
        for name, setting in SETTINGS.items():
            for value in setting.values:
                yield label_of(language, name, value), (name, value)
        kind = phrase(language, "language")
        yield f"{kind} {phrase(language, 'automatic')}", ("language", AUTOMATIC)
        for spoken in languages():
            yield f"{kind} {phrase(spoken, 'language-name')}", ("language", spoken)


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, fold(text)))
