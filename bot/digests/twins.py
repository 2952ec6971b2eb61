"""Translated twins: one digest in several languages, each in a file of its own, told by their paths.

`post.en.md` beside `post.md`, and `en/post.md` beside `zh/post.md`.
"""

from collections.abc import Iterable
from typing import TypeVar

from bot.digests.languages import language_folder, language_suffix

File = TypeVar("File")


def twins_of(path: str, language: str | None) -> str:
    """Give what translations of the digest at *path* share with it: its path without its own *language* in it."""
    if language is None:
        return path
    *folders, name = path.split("/")
    kept = [folder for folder in folders if not is_same(language_folder(folder), language)]
    found = language_suffix(name)
    if found is not None and is_same(found.language, language):
        name = found.rest
    return "/".join((*kept, name))


def together(files: Iterable[tuple[str, File]], *, main: str | None) -> list[list[tuple[str, File]]]:
    """Put files that may be twins together, in the order in which the first of each is given.

    The one in the *main* language comes first, or else the one whose path names no language.
    """
    groups: dict[str, list[tuple[str, File]]] = {}
    for path, file in files:
        groups.setdefault(_without_any_language(path), []).append((path, file))
    for group in groups.values():
        group.sort(key=lambda found: _rank(found[0], main))
    return list(groups.values())


def nearest_edition(languages: list[str | None], wanted: str | None) -> int:
    """Say which of *languages* serves who reads *wanted*; the first, which is the main one, serves everybody else.

    Both are BCP 47 tags. `zh-Hant` is nearer to `zh-TW` than `zh-Hans` is, and both are nearer than `en`.
    """
    if wanted is None:
        return 0
    near = [_nearness(language, wanted) for language in languages]
    return near.index(max(near)) if max(near) else 0


def is_same(language: str | None, other: str | None) -> bool:
    """Say whether two tags name one language, in whichever script or country."""
    return language is not None and other is not None and _primary(language) == _primary(other)


def _nearness(language: str | None, wanted: str) -> int:
    if language is None or not is_same(language, wanted):
        return 0
    if language.lower() == wanted.lower():
        return 3
    return 2 if _script(language) == _script(wanted) else 1


def _primary(tag: str) -> str:
    return tag.replace("_", "-").split("-")[0].lower()


def _script(tag: str) -> str:
    parts = tag.replace("_", "-").lower().split("-")[1:]
    script = next((part for part in parts if len(part) == 4 and part.isalpha()), "")  # noqa: PLR2004 - as in Hans
    # Where Chinese is written in the old characters.
    traditional = {"tw", "hk", "mo"} & set(parts)
    return script or ("hant" if _primary(tag) == "zh" and traditional else "hans" if _primary(tag) == "zh" else "")


def _without_any_language(path: str) -> str:
    *folders, name = path.split("/")
    kept = [folder for folder in folders if language_folder(folder) is None]
    found = language_suffix(name)
    return "/".join((*kept, name if found is None else found.rest))


def _rank(path: str, main: str | None) -> int:
    *folders, name = path.split("/")
    found = language_suffix(name)
    said = [*filter(None, map(language_folder, folders)), *([found.language] if found else [])]
    if main is not None and any(is_same(language, main) for language in said):
        return 0
    return 2 if said else 1
