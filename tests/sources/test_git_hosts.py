import asyncio
import os
import stat
import sys
import time
import tracemalloc
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sources.files import SourceUnreachable
from bot.sources.git import Git
from bot.sources.git_address import git_address
from tests.sources.repositories import Host, Repository, command_lines, needs_git, needs_proc, running, serve

pytestmark = needs_git

PASSWORD = "hunter2/#@:é"
WRITTEN = "ada:hunter2%2F%23%40%3A%C3%A9@"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository.made(tmp_path / "www" / "digests.git")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    return tmp_path / "data" / "sources" / "main.git"


@pytest.fixture
async def host(tmp_path: Path) -> AsyncIterator[Host]:
    async with serve(Host(tmp_path / "www")) as host:
        yield host


def address(host: Host, credentials: str = "", fragment: str = "") -> str:
    return f"git+{host.url.replace('://', f'://{credentials}')}/digests.git{fragment}"


async def read(git: Git) -> dict[str, bytes]:
    listing = await git.listing()
    files = [await asyncio.to_thread(git.read, path, stamp) for path, stamp in listing.items()]
    return {file.path: file.content for file in files}


async def test_a_repository_is_fetched_over_http(host: Host, repository: Repository, clone: Path) -> None:
    repository.publish({"posts/a.md": "one"})
    git = Git(git_address(address(host, fragment="#main:posts")), clone)

    assert await read(git) == {"a.md": b"one"}
    repository.publish({"posts/a.md": "two"})
    assert await read(git) == {"a.md": b"two"}


@needs_proc
async def test_a_password_is_told_to_its_host_and_to_nobody_else(
    host: Host, repository: Repository, clone: Path, tmp_path: Path, home: Path
) -> None:
    repository.publish({"a.md": "one"})
    host.user, host.password = "ada", PASSWORD
    # A helper of the operator's is neither asked nor told.
    asked = tmp_path / "asked"
    helper = f'helper = "!cat >>{asked}; true"'
    (home / ".gitconfig").write_text(f'[credential]\n\t{helper}\n[credential "{host.url}"]\n\t{helper}\n')
    seen: list[str] = []
    host.asked = lambda: seen.extend(command_lines())

    git = Git(git_address(address(host, WRITTEN)), clone)

    assert await read(git) == {"a.md": b"one"}
    seen += command_lines()
    assert [line for line in seen if host.url in line]
    assert not [line for line in seen if "hunter2" in line]
    assert not asked.exists()
    assert b"hunter2" not in b"".join(file.read_bytes() for file in tmp_path.rglob("data/**/*") if file.is_file())
    assert "hunter2" not in git.place + repr(git)


async def test_a_wrong_password_is_said_but_not_shown(host: Host, repository: Repository, clone: Path) -> None:
    repository.publish({"a.md": "one"})
    host.user, host.password = "ada", "another"

    with pytest.raises(SourceUnreachable, match="correct the user and the token in the address") as problem:
        await Git(git_address(address(host, WRITTEN)), clone).listing()

    told = f"{problem.value!r} {problem.value.__cause__!r}"
    assert "hunter2" not in told
    assert "ada" not in told


async def test_without_a_password_nobody_is_asked_for_one(
    host: Host, clone: Path, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    host.user = "ada"
    script = tmp_path / "askpass"
    script.write_text(f"#!/bin/sh\ntouch {tmp_path}/asked\n")
    script.chmod(0o755)
    for name in ("GIT_ASKPASS", "SSH_ASKPASS"):
        monkeypatch.setenv(name, str(script))
    (home / ".gitconfig").write_text(f"[core]\n\taskPass = {script}\n")

    with pytest.raises(SourceUnreachable, match="USER:TOKEN"):
        await Git(git_address(address(host)), clone).listing()

    assert not (tmp_path / "asked").exists()


async def test_an_operators_own_credential_helper_serves(
    host: Host, repository: Repository, clone: Path, home: Path
) -> None:
    repository.publish({"a.md": "one"})
    host.user, host.password = "ada", "token"
    (home / ".git-credentials").write_text(host.url.replace("://", "://ada:token@") + "\n")
    (home / ".gitconfig").write_text("[credential]\n\thelper = store\n")

    assert await read(Git(git_address(address(host)), clone)) == {"a.md": b"one"}


async def test_a_token_alone_serves(host: Host, repository: Repository, clone: Path) -> None:
    repository.publish({"a.md": "one"})
    host.user, host.password = "ghp_token", ""

    assert await read(Git(git_address(address(host, "ghp_token@")), clone)) == {"a.md": b"one"}


async def test_a_redirect_carries_no_password_elsewhere(
    host: Host, repository: Repository, clone: Path, tmp_path: Path
) -> None:
    repository.publish({"a.md": "one"})
    async with serve(Host(tmp_path / "www", user="ada", password=PASSWORD)) as other:
        host.elsewhere = other.url

        with pytest.raises(SourceUnreachable):
            await Git(git_address(address(host, WRITTEN)), clone).listing()

    assert other.authorizations
    assert set(other.authorizations) == {None}


async def test_a_missing_repository_is_said(host: Host, clone: Path) -> None:
    with pytest.raises(SourceUnreachable, match="correct the address"):
        await Git(git_address(address(host).replace("digests", "others")), clone).listing()


@pytest.mark.parametrize("scheme", ["http", "https", "ssh"])
async def test_an_unreachable_host_is_said_in_the_same_words_each_time(clone: Path, scheme: str) -> None:
    git = Git(git_address(f"git+{scheme}://127.0.0.1:1/digests.git"), clone)

    told = []
    for _ in range(2):
        with pytest.raises(SourceUnreachable, match="can be reached from here") as problem:
            await git.listing()
        told.append(str(problem.value))

    assert told[0] == told[1]


@pytest.fixture
async def silence() -> AsyncIterator[str]:
    """A host that takes every call and never says anything."""
    done = asyncio.Event()

    async def hold(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await done.wait()
        writer.close()

    server = await asyncio.start_server(hold, "127.0.0.1", 0)
    yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    done.set()
    server.close()


@needs_proc
async def test_a_silent_host_is_given_up_and_no_process_of_git_is_left(silence: str, clone: Path) -> None:
    git = Git(git_address(f"git+http://{silence}/digests.git"), clone, patience=timedelta(seconds=1))

    with pytest.raises(SourceUnreachable, match="took longer than 0:00:01"):
        await git.listing()

    assert running(silence) == []


@needs_proc
async def test_a_cancelled_look_leaves_no_process_of_git(silence: str, clone: Path, repository: Repository) -> None:
    repository.publish({"a.md": "one"})
    async with asyncio.TaskGroup() as tasks:
        look = tasks.create_task(Git(git_address(f"git+http://{silence}/digests.git"), clone).listing())
        async with asyncio.timeout(30):
            # Git, and the program of git's that speaks http.
            while len(running(silence)) < 2:
                await asyncio.sleep(0.01)
        look.cancel()

    assert running(silence) == []
    assert await read(Git(git_address(repository.address), clone)) == {"a.md": b"one"}


@pytest.mark.parametrize("wait", [0, 0.001, 0.003, 0.006, 0.01, 0.02])
async def test_a_look_that_is_cancelled_while_git_starts_ends_at_once(silence: str, clone: Path, wait: float) -> None:
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        look = tasks.create_task(Git(git_address(f"git+http://{silence}/digests.git"), clone).listing())
        await asyncio.sleep(wait)
        look.cancel()

    assert running(silence) == []


async def test_complaints_without_end_fill_no_memory(
    clone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ssh = tmp_path / "ssh"
    ssh.write_text("#!/bin/sh\nexec yes 'remote: and another thing' >&2\n")
    ssh.chmod(0o755)
    monkeypatch.setenv("GIT_SSH_COMMAND", str(ssh))
    git = Git(git_address("git+ssh://git@example.org/digests.git"), clone, patience=timedelta(seconds=2))

    tracemalloc.start()
    try:
        with pytest.raises(SourceUnreachable, match="took longer"):
            await git.listing()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 5_000_000


async def test_only_the_protocol_of_the_address_is_spoken(
    repository: Repository, clone: Path, tmp_path: Path, home: Path
) -> None:
    repository.publish({"a.md": "one"})
    (home / ".gitconfig").write_text(f'[url "file://{tmp_path}/www/"]\n\tinsteadOf = https://example.org/\n')

    with pytest.raises(SourceUnreachable, match="transport 'file' not allowed"):
        await Git(git_address("git+https://example.org/digests.git"), clone).listing()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds what another process may write")
async def test_a_repository_too_large_is_refused_and_leaves_nothing(
    host: Host, repository: Repository, clone: Path
) -> None:
    repository.publish({"a.md": "one", "film.mp4": os.urandom(3_000_000)})

    with pytest.raises(SourceUnreachable, match="it is too large"):
        await Git(git_address(address(host)), clone, largest_pack=1_000_000).listing()

    repository.publish({"a.md": "one"})
    assert await read(Git(git_address(address(host)), clone, largest_pack=1_000_000)) == {"a.md": b"one"}
    assert sum(file.stat().st_size for file in clone.rglob("*")) < 100_000


async def test_a_repository_is_fetched_over_ssh(
    repository: Repository, clone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.publish({"a.md": "one"})
    # Stands for ssh: notes what it is asked, and runs it here instead of there.
    ssh = tmp_path / "ssh"
    ssh.write_text(f'#!/bin/sh\necho "$@" >>{tmp_path}/asked\nfor last; do :; done\nexec sh -c "$last"\n')
    ssh.chmod(ssh.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("GIT_SSH_COMMAND", str(ssh))

    found = await read(Git(git_address(f"git+ssh://git@example.org:2222{repository.folder}"), clone))

    assert found == {"a.md": b"one"}
    assert "-p 2222 git@example.org git-upload-pack" in (tmp_path / "asked").read_text()


@needs_proc
async def test_git_has_no_terminal_to_ask_at_and_does_not_see_the_token(
    clone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGEST_BOT_TOKEN", "424242:never-to-be-seen")
    monkeypatch.setenv("SSH_ASKPASS", "/bin/false")
    ssh = tmp_path / "ssh"
    ssh.write_text(f"#!/bin/sh\nenv >{tmp_path}/environment\ncat /proc/$$/stat >{tmp_path}/process\nexit 1\n")
    ssh.chmod(0o755)
    monkeypatch.setenv("GIT_SSH_COMMAND", str(ssh))

    with pytest.raises(SourceUnreachable):
        await Git(git_address("git+ssh://git@example.org/digests.git"), clone).listing()

    environment = (tmp_path / "environment").read_text()
    assert "never-to-be-seen" not in environment
    assert "SSH_ASKPASS=" not in environment
    assert "GIT_TERMINAL_PROMPT=0" in environment
    # proc_pid_stat(5): a session of its own, to which no terminal belongs.
    session, terminal = (tmp_path / "process").read_text().rpartition(")")[2].split()[3:5]
    assert (int(session) != os.getsid(0), int(terminal)) == (True, 0)


async def test_a_look_takes_no_longer_beside_a_slow_one(silence: str, clone: Path, repository: Repository) -> None:
    repository.publish({"a.md": "one"})
    slow = Git(git_address(f"git+http://{silence}/digests.git"), clone, patience=timedelta(seconds=20))
    quick = Git(git_address(repository.address), clone.with_name("quick.git"))

    async with asyncio.TaskGroup() as tasks:
        waiting = tasks.create_task(slow.listing())
        begun = time.monotonic()
        assert await read(quick) == {"a.md": b"one"}
        assert time.monotonic() - begun < 15
        assert not waiting.done()
        waiting.cancel()
