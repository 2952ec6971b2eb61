"""What git complains of, as an operator can act on it: pure."""

import re
from collections.abc import Callable

from bot.sources.git_address import GitAddress

_LONGEST = 300
# What differs from one failure to the next, and would make the same problem look like a new one.
_TIME = re.compile(r" after \d+ ms\b")
_NAME = re.compile(r"\b[0-9a-f]{40}\b")

_NOT_A_REASON = ("remote:", "warning:", "hint:")
# What git adds to other words, and says alone only where a program of its own was ended from outside.
_AFTER_THE_REASON = ("fatal: fetch-pack: invalid index-pack output", "fatal: Could not read from remote repository")

_Remedy = Callable[[GitAddress], str]


def reason(complaint: str) -> str:
    """Pick the line of git's *complaint* that says why; empty: none does.

    A server's lines come with `remote:` in front, and whatever they say is none of git's words.
    """
    lines = [line for line in map(_in_one_line, complaint.splitlines()) if line and not line.startswith(_NOT_A_REASON)]
    first = [line for line in lines if not line.startswith(_AFTER_THE_REASON)] or lines
    telling = (
        [line for line in first if _remedy(line)] or [line for line in first if line.startswith("fatal:")] or first
    )
    said = re.sub(r"^(?:fatal|error): ", "", telling[0]) if telling else ""
    return _NAME.sub("…", _TIME.sub("", said))[:_LONGEST]


def explained(reason: str, address: GitAddress) -> str:
    """Say what is wrong with the source at *address*, and the remedy, from git's *reason*."""
    remedy = _remedy(reason) or _try_by_hand
    return f"{address.shown} cannot be fetched ({reason}): {remedy(address)}"


def _remedy(reason: str) -> _Remedy | None:
    return next((remedy for pattern, remedy in _REMEDIES if re.search(pattern, reason, re.IGNORECASE)), None)


def _in_one_line(text: str) -> str:
    return "".join(character for character in text if character.isprintable()).strip()


def _name_a_branch(address: GitAddress) -> str:
    if address.branch:
        return f"it has no branch {address.branch}; correct what follows # in the address"
    return "it is empty, or its main branch is gone; name another after # in the address"


def _name_a_folder(address: GitAddress) -> str:
    if address.subfolder:
        return f"it has no folder {address.subfolder} there; correct what follows : in the address"
    return "it holds no files there; name another branch after # in the address"


def _give_access(address: GitAddress) -> str:
    if address.scheme == "ssh":
        return "give digest-bot's user a key that may read it"
    if address.credentials:
        return "correct the user and the token in the address"
    return "correct the address, or put a token into it: git+https://USER:TOKEN@…"


def _trust_host(address: GitAddress) -> str:
    return f"run `git ls-remote {address.url}` once as digest-bot's user, and say yes to its key"


def _trust_owner(address: GitAddress) -> str:
    folder = address.url.removeprefix("file://")
    return f"if it is yours, run `git config --global --add safe.directory {folder}` as digest-bot's user"


def _correct_address(_: GitAddress) -> str:
    return "correct the address"


def _look_after_network(_: GitAddress) -> str:
    return "look whether the host is right and can be reached from here"


def _mend_repository(_: GitAddress) -> str:
    return "it holds what git calls damaged; run `git fsck` there, and mend it"


def _make_room(_: GitAddress) -> str:
    return "make room where digest-bot keeps its database"


def _make_smaller(_: GitAddress) -> str:
    return "it is too large; publish the digests from a repository of their own"


def _try_by_hand(address: GitAddress) -> str:
    return f"try `git ls-remote {address.url}` as digest-bot's user"


# The first that fits: the more telling ones stand before those that git adds to every failure.
_REMEDIES: tuple[tuple[str, _Remedy], ...] = (
    (r"couldn't find remote ref", _name_a_branch),
    (r"dubious ownership|unsafe repository", _trust_owner),
    (r"host key verification failed", _trust_host),
    (r"authentication failed|could not read (username|password)|permission denied \(|error: 40[13]\b", _give_access),
    (r"no space left|quota exceeded", _make_room),
    (r"signal 25|file too large|over limit|says more than|invalid index-pack output", _make_smaller),
    (r"could not resolve|failed to connect|connection (refused|timed out|reset)|took longer|too slow|no route to host",
     _look_after_network),
    (r"does not appear to be a git repository|repository .* not found|error: 404\b", _correct_address),
    (r"not a valid object name|not a tree object", _name_a_folder),
    (r"object \S+: \w+: |fsck error|repository corruption", _mend_repository),
)  # fmt: skip
