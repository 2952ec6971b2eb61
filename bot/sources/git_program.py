"""Running the git program on a clone of ours, so that it asks nobody, runs nothing of the repository, and ends.

The operator's own configuration of git stays in force where it says how to reach a host: proxies, certificates, keys
and credential helpers are there for that. Whatever else might change what git does is set here.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.sources.files import LARGEST, SourceUnreachable
from bot.sources.git_address import GitAddress
from bot.sources.git_problems import reason

_PATIENCE = timedelta(minutes=1)
_MOST_OUTPUT = 32 * 1024 * 1024
# The end of what git complains of: a server may add lines without end.
_MOST_COMPLAINT = 4096
# Which protocols git may speak, whatever a redirect or a line of its configuration says: http only to something safer.
_PROTOCOLS: Mapping[str, tuple[str, ...]] = {
    "https": ("https",),
    "http": ("http", "https"),
    "ssh": ("ssh",),
    "file": ("file",),
}
# Of git's own variables, those that say how to reach a host. The others, left by a hook or another git that
# digest-bot was started from, could lead git to another repository.
_KEPT = (
    "GIT_SSH",
    "GIT_SSL_",
    "GIT_PROXY_",
    "GIT_EXEC_PATH",
    "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_SYSTEM",
    "GIT_CONFIG_NOSYSTEM",
)
_CONFIGURATION: Mapping[str, str] = {
    "core.hooksPath": os.devnull,
    "core.fsmonitor": "false",
    # Larger files are passed through, not held in memory: nobody will read them.
    "core.bigFileThreshold": str(LARGEST),
    "protocol.allow": "never",
    "transfer.bundleURI": "false",
    "fetch.fsckObjects": "true",
    # An old mistake of many tools, and harmless.
    "fetch.fsck.zeroPaddedFilemode": "ignore",
    # What is fetched stays one pack, so that what a failed fetch leaves behind is easily told from the rest.
    "fetch.unpackLimit": "1",
    "fetch.recurseSubmodules": "false",
    "fetch.writeCommitGraph": "false",
    "gc.auto": "0",
    "http.lowSpeedLimit": "1000",
    "http.lowSpeedTime": "60",
    "pack.threads": "1",
    "repack.writeBitmaps": "false",
}
# Answers git with what is in the environment, which no other user of the machine can see; an argument everybody can.
_HELPER = (
    "!answer() { test \"$1\" = get && printf 'username=%s\\npassword=%s\\n'"
    ' "$DIGEST_BOT_GIT_USERNAME" "$DIGEST_BOT_GIT_PASSWORD"; }; answer'
)


class GitFailed(Exception):
    """Git could not do as it was told; the message is its reason."""


@dataclass(frozen=True, slots=True)
class GitProgram:
    """The git program, told to work on *clone* and to fetch it from nowhere but *address*."""

    address: GitAddress
    clone: Path

    async def run(
        self,
        *words: str,
        patience: timedelta = _PATIENCE,
        largest_file: int | None = None,
    ) -> bytes:
        """Run a command of git and give its output; raise GitFailed, also when it takes or says too much.

        However this ends, no process that it started goes on.
        """
        process = await self._start(words)
        try:
            if largest_file is not None:
                _bound(process, largest_file)
            async with asyncio.timeout(patience.total_seconds()), asyncio.TaskGroup() as tasks:
                complaint = tasks.create_task(_complaint(process))
                output = await _output(process)
                status = await process.wait()
        except TimeoutError:
            await _end(process)
            raise GitFailed(f"git {words[0]} took longer than {patience}") from None
        except BaseException:
            await _end(process)
            raise
        if len(output) > _MOST_OUTPUT:
            raise GitFailed(f"git {words[0]} says more than {_MOST_OUTPUT // 1024 // 1024} MB")
        if status:
            said = self.address.hide_credentials(reason(complaint.result().decode(errors="replace")))
            raise GitFailed(said or f"git {words[0]} failed ({status})")
        return output

    def command(self, *words: str) -> list[str]:
        """Give the arguments of a command; they hold no secret."""
        return ["git", f"--git-dir={self.clone}", *self._configuration(), *words]

    def environment(self) -> dict[str, str]:
        """Give the variables that git is to see."""
        kept = {name: value for name, value in os.environ.items() if _is_kept(name)}
        credentials = self.address.credentials
        if credentials:
            kept["DIGEST_BOT_GIT_USERNAME"] = credentials.username
            kept["DIGEST_BOT_GIT_PASSWORD"] = credentials.password
        return kept | {
            # So that its words are those that we know.
            "LC_ALL": "C",
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_ASKPASS": "",
            "SSH_ASKPASS_REQUIRE": "never",
            "GCM_INTERACTIVE": "never",
            "GIT_NO_REPLACE_OBJECTS": "1",
            # No single thing in memory may be larger: a few bytes can unfold to gigabytes (wrapper.c of git).
            "GIT_ALLOC_LIMIT": "512m",
        }

    def _configuration(self) -> Iterator[str]:
        settings = list(_CONFIGURATION.items())
        settings += [(f"protocol.{name}.allow", "always") for name in _PROTOCOLS.get(self.address.scheme, ())]
        if self.address.credentials:
            # For this host alone, so that a redirect carries no password elsewhere; and nobody but this helper is
            # asked or told to store it: an empty one ends the list of those before it.
            host = "/".join(self.address.url.split("/")[:3])
            settings += [("credential.helper", ""), (f"credential.{host}.helper", "")]
            settings += [(f"credential.{host}.helper", _HELPER)]
        for name, value in settings:
            yield from ("-c", f"{name}={value}")

    async def _start(self, words: tuple[str, ...]) -> asyncio.subprocess.Process:
        # Cancelled in the middle of its start, it would be waited for, with its helpers, whom nobody would end.
        starting = asyncio.ensure_future(self._begin(words))  # noqa: TID251 - it is awaited whatever happens
        try:
            return await asyncio.shield(starting)
        except asyncio.CancelledError:
            with suppress(SourceUnreachable):
                await _end(await starting)
            raise

    async def _begin(self, words: tuple[str, ...]) -> asyncio.subprocess.Process:
        try:
            return await asyncio.create_subprocess_exec(
                *self.command(*words),
                env=self.environment(),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                # A session of its own has no terminal: neither git nor ssh, whichever one is configured, has anybody
                # to ask. And the whole of it can be ended.
                start_new_session=True,
            )
        except OSError as error:
            raise SourceUnreachable(
                f"{self.address.shown} needs the git program, which cannot be started ({error.strerror}): install git"
            ) from error


def _is_kept(name: str) -> bool:
    # What is digest-bot's own, the token above all, is nobody else's business.
    return name.startswith(_KEPT) or not name.startswith(("GIT_", "DIGEST_BOT_", "SSH_ASKPASS"))


async def _output(process: asyncio.subprocess.Process) -> bytes:
    assert process.stdout  # noqa: S101 -- it is a pipe
    output = bytearray()
    while chunk := await process.stdout.read(65536):
        # What comes after too much is still read, as nobody is told of the end of a process with a full pipe.
        if len(output) <= _MOST_OUTPUT:
            output += chunk
        else:
            _kill(process)
    return bytes(output)


async def _complaint(process: asyncio.subprocess.Process) -> bytes:
    assert process.stderr  # noqa: S101 -- it is a pipe
    complaint = b""
    while chunk := await process.stderr.read(65536):
        complaint = (complaint + chunk)[-_MOST_COMPLAINT:]
    return complaint


async def _end(process: asyncio.subprocess.Process) -> None:
    _kill(process)
    # Reads what is left in its pipes, without which the end would not be told; not for ever, should someone hold them.
    with suppress(TimeoutError):
        async with asyncio.timeout(5):
            await process.communicate()


def _kill(process: asyncio.subprocess.Process) -> None:
    with suppress(ProcessLookupError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)


def _bound(process: asyncio.subprocess.Process, largest_file: int) -> None:
    # Only Linux lets a process be limited from outside; before it is forked would be no place to do so in a thread.
    if sys.platform == "linux":
        import resource  # noqa: PLC0415 -- Windows has none

        with suppress(OSError):
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (largest_file, largest_file))
