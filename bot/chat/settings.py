"""`/settings`: how all that comes looks and sounds, with a button for each setting that says how it stands."""

from dataclasses import dataclass, replace

from bot.chat.answer import Answer, Reaction, Replace
from bot.chat.ending_view import ending_row
from bot.chat.group_settings import ChangeGroup, change_group_to, group_buttons
from bot.chat.keyboards import Button, button, keyboard, packed, schedule_button
from bot.chat.outlook import out_of_date
from bot.chat.posting import channels_button, posting_buttons, posting_state
from bot.chat.request import Request
from bot.chat.route_view import routes_row
from bot.chat.schedule_view import in_short
from bot.chat.standstill import return_row, standstill
from bot.chat.words import list_button
from bot.messages.choices import state
from bot.messages.phrases import phrase
from bot.messages.settings import (
    OF_PERSONS,
    SETTINGS,
    label_of,
    language_label,
    language_of,
    languages_for,
    read_group_setting,
    read_setting,
)
from bot.messages.taps import Close, ShowCategories, Tap, tap
from storage.model import Preferences
from storage.preferences import keep_settings


@tap("settings")
@dataclass(frozen=True, slots=True)
class ShowSettings(Tap):
    """All settings."""


@tap("languages")
@dataclass(frozen=True, slots=True)
class ShowLanguages(Tap):
    """The languages to choose from."""


@tap("setting")
@dataclass(frozen=True, slots=True)
class ChangeSetting(Tap):
    """The setting with this name has this value."""

    name: str
    value: str


async def settings(request: Request) -> list[Answer]:
    """Show the settings; after words that say one, as its button would, let it be so."""
    if not request.words:
        return [all_settings(request)]
    asked = read_setting(request.words)
    if asked is None:
        of_group = read_group_setting(request.words)
        changed = await change_group_to(request, *of_group) if of_group else None
        usage = [] if changed else [phrase(request.language, "settings-usage")]
        return [all_settings(changed or request, *usage)]
    return [all_settings(await _changed(request, *asked))]


async def show_settings(request: Request, _: ShowSettings) -> Reaction:
    """Show them in place."""
    return Replace(all_settings(request))


async def show_languages(request: Request, _: ShowLanguages) -> Reaction:
    """Show the languages, each by its own name."""
    language, chosen = request.language, language_of(request.reads)
    choices = [
        button(f"✅ {name}" if value == chosen else name, ChangeSetting("language", value))
        for value, name in languages_for(request.reads, request.telegram_language).items()
    ]
    back = button(phrase(language, "button-back"), ShowSettings())
    return Replace(Answer(phrase(language, "languages-hint"), keyboard=keyboard(*packed(choices), [back])))


async def change_setting(request: Request, tap: ChangeSetting) -> Reaction:
    """Let a setting have a value, and show all of them as they are then."""
    theirs = languages_for(request.reads, request.telegram_language)
    known = {name: setting.values for name, setting in SETTINGS.items()} | {"language": tuple(theirs)}
    if tap.value not in known.get(tap.name, ()):
        return out_of_date(request.language)
    return Replace(all_settings(await _changed(request, tap.name, tap.value)))


async def change_group(request: Request, tap: ChangeGroup) -> Reaction:
    """Let a setting of the group's own have a value, and show all settings as they are then."""
    changed = await change_group_to(request, tap.name, tap.value)
    return Replace(all_settings(changed)) if changed else out_of_date(request.language)


async def _changed(request: Request, name: str, value: str) -> Request:
    """Keep it, and give the request of the person as they are then."""
    async with request.services.database.transaction() as tx:
        subscriber = await request.ensure_known(tx)
        if name == "language":
            preferences = replace(subscriber.preferences, language=value)
        else:
            preferences = SETTINGS[name].change(subscriber.preferences, value)
        await keep_settings(tx, subscriber.id, preferences)
    return replace(request, subscriber=replace(subscriber, preferences=preferences))


def all_settings(request: Request, *first: str) -> Answer:
    """Show how everything stands, below what is said *first*, with a button for each setting.

    Of a chat that is looked at from elsewhere that includes whether it gets anything.
    """
    language, preferences = request.language, request.preferences
    when = in_short(request, preferences.schedule)
    if not request.managed:
        lines = [*first, *standstill(request), state(language, preferences, whom=request.whom), *when]
        done = [button(phrase(language, "button-done"), Close())]
        return Answer("\n".join(lines), keyboard=keyboard(return_row(request), *_rows(request), done))
    lines = [*first, posting_state(request), state(language, preferences, whom=request.whom), *when]
    rows = [posting_buttons(request), *_rows(request), [channels_button(language)]]
    return Answer("\n".join(lines), keyboard=keyboard(*rows))


def _rows(request: Request) -> list[list[Button]]:
    language = request.language
    elsewhere = [
        button(phrase(language, "button-categories"), ShowCategories(0)),
        schedule_button(language),
        list_button(language, "follow", request.whom),
        list_button(language, "mute", request.whom),
    ]
    spoken = button(language_label(language, request.reads), ShowLanguages())
    names = [name for name in SETTINGS if request.type == "private" or name not in OF_PERSONS]
    toggles = packed(_toggle(language, request.preferences, name) for name in names)
    below = [] if request.type == "private" else ending_row(language, request.preferences.ending)
    return [*packed(elsewhere), routes_row(request), [spoken], *toggles, *packed(group_buttons(request)), below]


def _toggle(language: str, preferences: Preferences, name: str) -> Button:
    """Say how it stands, and ask for the next of its values."""
    setting = SETTINGS[name]
    present = setting.of(preferences)
    following = setting.values[(setting.values.index(present) + 1) % len(setting.values)]
    return button(label_of(language, name, present), ChangeSetting(name, following))
