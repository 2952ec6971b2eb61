"""Languages as sites write them: in front matter, in the names of folders and files."""

import re
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale, UnknownLocaleError

# Folders that are named for a language wherever they stand; `it` or `ml` may be a subject.
_SURE = {"en", "zh", "ja", "ko", "fr", "de", "es", "pt", "ru", "zh-cn", "zh-tw", "zh-hans", "zh-hant", "cn", "jp"}
# Countries where languages are meant.
_MEANT = {"cn": "zh-Hans", "jp": "ja", "kr": "ko", "tw": "zh-Hant"}
_LONGEST = 35
_TAG = re.compile(r"[a-z]{2}(?:[-_][A-Za-z]{2,4})?", re.IGNORECASE)
_SUFFIX = re.compile(r"(?P<stem>.+)\.(?P<tag>[a-z]{2}(?:[-_][A-Za-z]{2,4})?)(?P<extension>\.\w+)")


@dataclass(frozen=True, slots=True)
class Suffix:
    """A file's name parted into the language in it and the *rest*: `post.en.md`."""

    language: str
    rest: str


def language_tag(written: str) -> str | None:
    """Read what was *written* as a BCP 47 tag; None: it is no language."""
    tag = _MEANT.get(written.lower(), written).replace("_", "-")
    # Longer ones are somebody's mistake, and would fill the memory of what is known.
    return tag if len(tag) <= _LONGEST and _is_known(tag) else None


def language_suffix(name: str) -> Suffix | None:
    """Find the language in a file's name."""
    found = _SUFFIX.fullmatch(name)
    tag = language_tag(found["tag"]) if found else None
    return Suffix(tag, found["stem"] + found["extension"]) if found and tag else None


def language_folder(name: str) -> str | None:
    """Say which language a folder may be named for."""
    return language_tag(name.lower()) if _TAG.fullmatch(name) else None


def language_in(path: str) -> str | None:
    """Say which language the path of a file is named for beyond doubt: in its name, else by the nearest folder."""
    *folders, name = path.split("/")
    suffix = language_suffix(name)
    if suffix is not None:
        return suffix.language
    return next((language_folder(folder) for folder in reversed(folders) if folder.lower() in _SURE), None)


@lru_cache(maxsize=1024)
def _is_known(tag: str) -> bool:
    try:
        Locale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError):
        return False
    return True
