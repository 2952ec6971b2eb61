"""Where a git repository is, as an operator writes it: git+https://example.org/digests.git#branch:subfolder."""

import re
from dataclasses import dataclass, field
from urllib.parse import SplitResult, unquote, urlsplit

from bot.redaction import without_half_a_password

_LIKE = "write it like git+https://example.org/digests.git#main:posts"
_SCHEMES = ("https", "http", "ssh", "file")
# What `git check-ref-format` refuses, and a dash in front, which git would take for an option.
_NO_BRANCH = re.compile(r"^[-/.]|\.\.|//|/\.|@\{|\.lock(?:/|$)|[\x00-\x20\x7f~^:?*\[\\]|[/.]$")


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who a repository is fetched as; either may be the secret, as some hosts take a token for the name."""

    username: str = field(repr=False)
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class GitAddress:
    """A branch of a repository, and a folder in it."""

    # As git is told it: without credentials.
    url: str
    # Empty: whichever the repository's HEAD names.
    branch: str = ""
    # Empty: the whole repository.
    subfolder: str = ""
    credentials: Credentials | None = field(default=None, repr=False)

    @property
    def scheme(self) -> str:
        """How it is reached: https, http, ssh or file."""
        return self.url.partition(":")[0]

    @property
    def shown(self) -> str:
        """The address for people to read: without credentials."""
        below = f":{self.subfolder}" if self.subfolder else ""
        return f"git+{self.url}" + (f"#{self.branch}{below}" if self.branch or below else "")

    def hide_credentials(self, text: str) -> str:
        """Give *text* without the password, should somebody have put it there."""
        secret = self.credentials and (self.credentials.password or self.credentials.username)
        return text.replace(secret, "…") if secret else text


def git_address(text: str) -> GitAddress:
    """Read an address; a ValueError says what is wrong with it and the remedy, and shows no password.

    Plain http is taken, too: it is how a repository in the next container is reached.
    """
    if re.search(r"\s", text) or not text.isprintable():
        raise ValueError(f"{_harmless(text)} has a blank or an invisible character in it; write a blank as %20")
    # Without this a password with a slash or a number sign in it would end up in the path or the branch, and be shown.
    if re.match(r"(?!git\+file:)[^/]*//[^/?#]*[/?#].*@", text, flags=re.IGNORECASE):
        raise ValueError(
            f"{_harmless(text)} has an @ after the host; write @ as %40, and in a password / as %2F, # as %23"
        )
    parts = _parts(text)
    branch, _, subfolder = parts.fragment.partition(":")
    return GitAddress(
        url=f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
        if parts.scheme != "ssh"
        else f"ssh://{parts.netloc}{parts.path}",
        branch=branch_of(unquote(branch)),
        subfolder=subfolder_of(unquote(subfolder)),
        credentials=_credentials(parts) if parts.scheme in {"https", "http"} else None,
    )


def branch_of(text: str) -> str:
    """Read the name of a branch; empty: the repository's own choice."""
    if _NO_BRANCH.search(text) or not text.isprintable():
        raise ValueError(f"{text!r} cannot be the name of a branch; {_LIKE}")
    return text


def subfolder_of(text: str) -> str:
    """Read the path of a folder within a place; empty: the whole of it."""
    path = text.strip("/")
    if path and (not path.isprintable() or any(part in {"", ".", ".."} for part in path.split("/"))):
        raise ValueError(f"{text!r} is no folder within a place; write it like content/posts")
    return path


def _parts(text: str) -> SplitResult:
    try:
        parts = urlsplit(re.sub(r"^git\+", "", text, flags=re.IGNORECASE))
        usable = parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        hint = " or git+ssh://git@example.org/digests.git" if "+ssh:" in text.lower() else ""
        raise ValueError(f"{_harmless(text)} is no address; {_LIKE}{hint}")
    if parts.scheme not in _SCHEMES:
        raise ValueError(f"{_harmless(text)} is reached in a way that is none of git+https, git+ssh, git+file; {_LIKE}")
    if parts.query:
        raise ValueError(f"{_harmless(text)} has a question mark in it; leave away what follows, or write it as %3F")
    return _file(parts) if parts.scheme == "file" else _on_host(parts, text)


def _file(parts: SplitResult) -> SplitResult:
    if parts.netloc not in {"", "localhost"} or not parts.path.strip("/"):
        raise ValueError("a git+file address needs the whole path of the repository, like git+file:///srv/digests.git")
    return parts._replace(netloc="")


def _on_host(parts: SplitResult, text: str) -> SplitResult:
    # A dash in front, and ssh would take the host for an option.
    if not re.fullmatch(r"\w[\w.-]*|[0-9a-f:.]+", parts.hostname or "") or not parts.path.strip("/"):
        raise ValueError(f"{_harmless(text)} names no repository on a host; {_LIKE}")
    if parts.scheme == "ssh" and parts.password is not None:
        raise ValueError("ssh takes no password in an address; remove it, and give digest-bot's user a key")
    if parts.scheme == "ssh" and not re.fullmatch(r"(\w[\w.-]*)?", parts.username or ""):
        raise ValueError(f"{_harmless(text)} names no user of ssh; write it like git+ssh://git@example.org/digests.git")
    return parts


def _credentials(parts: SplitResult) -> Credentials | None:
    if not parts.username and not parts.password:
        return None
    username, password = unquote(parts.username or ""), unquote(parts.password or "")
    # Git speaks to credential helpers in lines.
    if not (username + password).isprintable():
        raise ValueError(f"the password for {parts.hostname} has an invisible character in it; copy it anew")
    return Credentials(username, password)


def _harmless(text: str) -> str:
    # Up to the last @: in an address that cannot be read, nobody knows where the password ends.
    return repr(without_half_a_password(re.sub(r"//.*@", "//…@", text, flags=re.DOTALL)))
