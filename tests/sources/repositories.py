"""Real git repositories to fetch from, and a web server that has git itself answer for them."""

import asyncio
import os
import shutil
import subprocess
from base64 import b64encode
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiohttp import web

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="the git program is not installed")
needs_proc = pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="processes are not told in /proc")


def environment(home: Path) -> dict[str, str]:
    """What git needs to work on its own, whatever this machine is set up for."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    who = {f"GIT_{role}_{what}": "ada@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    return kept | who | {"HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1"}


@dataclass(frozen=True)
class Repository:
    """A repository without a work tree, into which anything may be put, files that no checkout would make included."""

    folder: Path

    @classmethod
    def made(cls, folder: Path) -> "Repository":
        repository = cls(folder)
        repository.git("init", "--quiet", "--bare", "--initial-branch=main", str(folder))
        return repository

    @property
    def address(self) -> str:
        return f"git+file://{self.folder}"

    def git(self, *words: str, given: bytes = b"") -> str:
        command = ["git", *([] if words[0] == "init" else [f"--git-dir={self.folder}"]), *words]
        done = subprocess.run(
            command, input=given, capture_output=True, env=environment(self.folder.parent), timeout=120, check=False
        )
        assert not done.returncode, done.stderr.decode()
        return done.stdout.decode().strip()

    def blob(self, content: str | bytes) -> str:
        return self.git(
            "hash-object", "-w", "--stdin", given=content if isinstance(content, bytes) else content.encode()
        )

    def tree(self, *entries: tuple[str, str, bytes | str]) -> str:
        """Make a tree of what is given as mode, object and name, whatever git itself would think of it."""
        raw = b"".join(
            mode.encode() + b" " + (name if isinstance(name, bytes) else name.encode()) + b"\0" + bytes.fromhex(kept)
            for mode, kept, name in entries
        )
        return self.git("hash-object", "-t", "tree", "-w", "--literally", "--stdin", given=raw)

    def commit(self, tree: str, *, branch: str = "main", parents: bool = True) -> str:
        tip = self.git("for-each-ref", "--format=%(objectname)", f"refs/heads/{branch}") if parents else ""
        commit = self.git("commit-tree", tree, "-m", "More", *(["-p", tip] if tip else []))
        self.git("update-ref", f"refs/heads/{branch}", commit)
        return commit

    def publish(self, files: dict[str, str | bytes], *, branch: str = "main", parents: bool = True) -> str:
        """Make *files* all that the branch holds."""
        return self.commit(self._tree_of(files), branch=branch, parents=parents)

    def _tree_of(self, files: dict[str, str | bytes]) -> str:
        below: dict[str, dict[str, str | bytes]] = {}
        entries: list[tuple[str, str, bytes | str]] = []
        for path, content in files.items():
            first, _, rest = path.partition("/")
            if rest:
                below.setdefault(first, {})[rest] = content
            else:
                entries.append(("100644", self.blob(content), first))
        entries += [("40000", self._tree_of(inside), name) for name, inside in below.items()]
        # Git's order: a folder sorts as if a slash ended its name.
        return self.tree(*sorted(entries, key=lambda entry: f"{entry[2]!s}{'/' * (entry[0] == '40000')}".encode()))


@dataclass
class Host:
    """A web server for the repositories in a folder."""

    folder: Path
    user: str | None = None
    password: str = ""
    # Called at each request.
    asked: Callable[[], None] = lambda: None
    authorizations: list[str | None] = field(default_factory=list)
    # Where it sends on who asks.
    elsewhere: str | None = None
    url: str = ""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked()
        self.authorizations.append(request.headers.get("Authorization"))
        if self.elsewhere:
            raise web.HTTPFound(self.elsewhere + request.path_qs)
        token = b64encode(f"{self.user}:{self.password}".encode()).decode()
        if self.user is not None and self.authorizations[-1] != f"Basic {token}":
            return web.Response(status=401, headers={"WWW-Authenticate": 'Basic realm="digests"'})
        return await self._by_git(request)

    async def _by_git(self, request: web.Request) -> web.Response:
        # gitprotocol-http, as git's own CGI program speaks it.
        process = await asyncio.create_subprocess_exec(
            *("git", "http-backend"),
            env=environment(self.folder)
            | {
                "GIT_PROJECT_ROOT": str(self.folder),
                "GIT_HTTP_EXPORT_ALL": "1",
                "GIT_PROTOCOL": request.headers.get("Git-Protocol", ""),
                "REQUEST_METHOD": request.method,
                "PATH_INFO": request.path,
                "QUERY_STRING": request.query_string,
                "CONTENT_TYPE": request.headers.get("Content-Type", ""),
                "CONTENT_LENGTH": str(request.content_length or 0),
            },
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        output, _ = await process.communicate(await request.read())
        head, _, body = output.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
        return web.Response(status=int(headers.pop("Status", "200")[:3]), headers=headers, body=body)


@asynccontextmanager
async def serve(host: Host) -> AsyncIterator[Host]:
    """Serve until the block ends, at a port of the system's choice."""
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", host.answer)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield host
    finally:
        await runner.cleanup()


def command_lines() -> list[str]:
    """Every process of the machine, as any of its users can see it."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace"))
            except OSError:
                continue
    return found


def running(word: str) -> list[str]:
    """The processes in whose command line *word* stands."""
    return [line for line in command_lines() if word in line]
