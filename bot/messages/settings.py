"""What somebody can settle for all that comes, and what the buttons for it say: pure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

from babel import Locale, UnknownLocaleError

from bot.digests.categories import fold
from bot.messages.phrases import choose_language, is_spoken, languages, phrase
from storage.model import Preferences


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


# Where others read along, nothing is said of nothing.
OF_PERSONS = frozenset({"nothing"})

# What is a group's own, beside what it gets: by the name of each its values, in the order in which they take turns.
GROUP_SETTINGS: Mapping[str, tuple[str, ...]] = {
    "readers": ("everyone", "administrators"),
    # Minutes; 0: they stay.
    "tidy": ("0", "1", "10", "60", "1440"),
}

_GROUP_LABELS = {"readers": "setting-readers", "tidy": "setting-tidy"}


def language_of(reads: str | None) -> str:
    """Say which language stands for who *reads* this one, or none that is known: ours, else their own, of digests."""
    return choose_language(reads) if not reads or is_spoken(reads) or not _own_name(reads) else reads


def languages_for(reads: str | None, telegram_language: str | None) -> Mapping[str, str]:
    """Give the languages to choose from, each with its own name for itself.

    What their Telegram speaks and we do not is one, too: there may be digests in it.
    """
    ours = {spoken: phrase(spoken, "language-name") for spoken in languages()}
    others = {tag: _own_name(tag) for each in (telegram_language, reads) if (tag := language_of(each)) not in ours}
    return ours | others


def label_of(language: str, name: str, value: str) -> str:
    """Say in *language* that the setting has this value."""
    return phrase(language, SETTINGS[name].label, value=value)


def group_label(language: str, name: str, value: str) -> str:
    """Say in *language* that the group's setting has this value."""
    return phrase(language, _GROUP_LABELS[name], value=int(value) if value.isdigit() else value)


def language_label(language: str, reads: str | None) -> str:
    """Say in *language* which language stands."""
    return phrase(language, "setting-language", name=languages_for(reads, None)[language_of(reads)])


def read_setting(words: str) -> tuple[str, str] | None:
    """Read a setting and its value as they are typed: what its button would say, in any of our languages."""
    typed = _plain(words)
    return next((asked for said, asked in _all_said() if _plain(said) == typed), None)


def read_group_setting(words: str) -> tuple[str, str] | None:
    """Read a group's setting and its value in the same way."""
    typed = _plain(words)
    said = (
        (name, value)
        for language, (name, values) in product(languages(), GROUP_SETTINGS.items())
        for value in values
        if _plain(group_label(language, name, value)) == typed
    )
    return next(said, None)


def _all_said() -> Iterator[tuple[str, tuple[str, str]]]:
    for language in languages():
        for name, setting in SETTINGS.items():
            for value in setting.values:
                yield label_of(language, name, value), (name, value)
        for spoken in languages():
            yield f"{phrase(language, 'language')} {phrase(spoken, 'language-name')}", ("language", spoken)


def _own_name(tag: str) -> str:
    """Give the name that a language has for itself; empty: it is none that is known."""
    try:
        locale = Locale.parse(tag.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        return ""
    return locale.get_language_name(locale.language) or ""


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, fold(text)))
