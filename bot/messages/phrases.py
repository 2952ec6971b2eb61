"""Say things in the reader's language: the sentences live in `languages/`, one Fluent file for each."""

from functools import cache
from importlib import resources

from fluent.runtime import FluentBundle, FluentResource

_FALLBACK = "en"


def phrase(language: str, name: str, /, **facts: object) -> str:
    """Say *name* in *language*, one of `languages()`; KeyError where it has no such phrase, or a fact is missing."""
    bundle = _bundle(language)
    pattern = bundle.get_message(name).value if bundle.has_message(name) else None
    if pattern is None:
        raise KeyError(f"{language}.ftl has no phrase {name}")
    text, problems = bundle.format_pattern(pattern, facts)
    if problems:
        raise KeyError(f"{language}.ftl: {name}: {problems[0]}")
    return str(text)


def choose_language(tag: str | None) -> str:
    """The nearest that we speak to the BCP 47 *tag*: for `zh`, `zh-CN` and `zh-Hant` `zh-Hans`; else English."""
    wanted = (tag or "").replace("_", "-").lower()
    for spoken in languages():
        if spoken.lower() == wanted:
            return spoken
    for spoken in languages():
        if spoken.split("-")[0].lower() == wanted.split("-")[0]:
            return spoken
    return _FALLBACK


@cache
def languages() -> tuple[str, ...]:
    """The BCP 47 tags of the languages that we speak."""
    files = resources.files("bot.messages") / "languages"
    return tuple(sorted(file.name.removesuffix(".ftl") for file in files.iterdir() if file.name.endswith(".ftl")))


@cache
def _bundle(language: str) -> FluentBundle:
    if language not in languages():
        raise KeyError(f"no language {language}; there are {', '.join(languages())}")
    source = (resources.files("bot.messages") / "languages" / f"{language}.ftl").read_text(encoding="utf-8")
    # Isolating marks would stand in every text that a fact is put into; our facts carry no direction of their own.
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource(source))
    return bundle
