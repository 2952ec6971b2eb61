"""Say things in the reader's language: the sentences live in `languages/`, a folder of Fluent files for each."""

from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from fluent.runtime import FluentBundle, FluentResource

_FALLBACK = "en"


def phrase(language: str, name: str, /, **facts: object) -> str:
    """Say *name* in *language*, one of `languages()`; KeyError where it has no such phrase, or a fact is missing."""
    bundle = _bundle(language)
    pattern = bundle.get_message(name).value if bundle.has_message(name) else None
    if pattern is None:
        raise KeyError(f"{language} has no phrase {name}")
    text, problems = bundle.format_pattern(pattern, facts)
    if problems:
        raise KeyError(f"{language}: {name}: {problems[0]}")
    return str(text)


def choose_language(tag: str | None) -> str:
    """The nearest that we speak to the BCP 47 *tag*: for `zh`, `zh-CN` and `zh-Hant` `zh-Hans`; else English."""
    wanted = (tag or "").replace("_", "-").lower()
    for spoken in languages():
        if spoken.lower() == wanted:
            return spoken
    return next((spoken for spoken in languages() if _base(spoken) == _base(wanted)), _FALLBACK)


def is_spoken(tag: str) -> bool:
    """Say whether we speak the language of the BCP 47 *tag*, in whatever script or country."""
    return _base(choose_language(tag)) == _base(tag)


@cache
def languages() -> tuple[str, ...]:
    """The BCP 47 tags of the languages that we speak."""
    return tuple(sorted(folder.name for folder in _folder().iterdir() if folder.is_dir()))


def sources(language: str) -> dict[str, str]:
    """Give the Fluent files of *language*, by their names."""
    files = (file for file in (_folder() / language).iterdir() if file.name.endswith(".ftl"))
    return {file.name: file.read_text(encoding="utf-8") for file in files}


@cache
def _bundle(language: str) -> FluentBundle:
    if language not in languages():
        raise KeyError(f"no language {language}; there are {', '.join(languages())}")
    # Isolating marks would stand in every text that a fact is put into; our facts carry no direction of their own.
    bundle = FluentBundle([language], use_isolating=False)
    for source in sources(language).values():
        bundle.add_resource(FluentResource(source))
    return bundle


def _base(tag: str) -> str:
    return tag.replace("_", "-").partition("-")[0].lower()


def _folder() -> Traversable:
    return resources.files("bot.messages") / "languages"
