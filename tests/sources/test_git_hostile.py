import asyncio
from pathlib import Path

import pytest

from bot.sources.files import SourceUnreachable
from bot.sources.git import Git
from bot.sources.git_address import GitAddress, git_address
from tests.sources.repositories import Repository, needs_git

pytestmark = needs_git

HOOKS = (
    *("pre-receive", "update", "post-receive", "post-update", "post-checkout", "post-merge", "reference-transaction"),
    *("proc-receive", "push-to-checkout", "pre-auto-gc", "post-index-change", "fsmonitor-watchman", "pre-push"),
)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository.made(tmp_path / "digests.git")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    return tmp_path / "data" / "sources" / "main.git"


def told_to_run(marker: Path, script: Path) -> Path:
    """A program that leaves a *marker* when it runs, and passes on what it is given."""
    script.parent.mkdir(parents=True, exist_ok=True)
    script.write_text(f"#!/bin/sh\ntouch '{marker}'\nif test $# -gt 0; then exec \"$@\"; else exec cat; fi\n")
    script.chmod(0o755)
    return script


async def read(git: Git) -> dict[str, bytes]:
    listing = await git.listing()
    files = [await asyncio.to_thread(git.read, path, stamp) for path, stamp in listing.items()]
    return {file.path: file.content for file in files}


async def test_links_and_submodules_are_none_of_its_files(repository: Repository, clone: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("secret")
    modules = f'[submodule "theirs.md"]\n\tpath = theirs.md\n\turl = file://{tmp_path}/theirs.git\n'
    repository.commit(
        repository.tree(
            ("100644", repository.blob(modules), ".gitmodules"),
            ("100644", repository.blob("one"), "a.md"),
            ("120000", repository.blob(f"{tmp_path}/secret.md"), "link.md"),
            ("120000", repository.blob(str(tmp_path)), "posts"),
            ("160000", "1" * 40, "theirs.md"),
        )
    )

    assert await read(Git(git_address(repository.address), clone)) == {"a.md": b"one"}
    with pytest.raises(SourceUnreachable, match="no folder posts"):
        await Git(git_address(repository.address + "#:posts"), clone).listing()


async def test_a_submodule_that_would_run_something_is_refused(
    repository: Repository, clone: Path, tmp_path: Path
) -> None:
    modules = f'[submodule "x"]\n\tpath = x\n\turl = --upload-pack=touch {tmp_path}/marker\n'
    repository.publish({".gitmodules": modules, "a.md": "one"})

    with pytest.raises(SourceUnreachable, match="gitmodulesUrl"):
        await Git(git_address(repository.address), clone).listing()

    assert not (tmp_path / "marker").exists()


@pytest.mark.parametrize("name", ["..", ".", ".git", ".GIT", "git~1", "../../evil.md", "/etc/evil.md"])
async def test_a_tree_with_forged_names_is_refused_whole(
    repository: Repository, clone: Path, tmp_path: Path, name: str
) -> None:
    repository.publish({"a.md": "one"})
    git = Git(git_address(repository.address), clone)
    await git.listing()
    forged = repository.tree(("100644", repository.blob("evil"), name))
    repository.commit(repository.tree(("40000", forged, "posts")))
    before = {path for path in tmp_path.rglob("*") if not path.is_relative_to(repository.folder)}

    with pytest.raises(SourceUnreachable, match="git calls damaged"):
        await git.listing()

    # Nor is anything of it kept.
    assert {path for path in tmp_path.rglob("*") if not path.is_relative_to(repository.folder)} == before


async def test_names_of_any_kind_are_only_names(repository: Repository, clone: Path) -> None:
    names = [
        "-rf.md",
        "--upload-pack=x.md",
        "$(touch marker).md",
        "a\nb.md",
        "HEAD:a.md",
        "*.md",
        "a\\..\\..\\b.md",
        "日报.md",
    ]
    repository.publish({name: f"this is {name}" for name in names})

    found = await read(Git(git_address(repository.address), clone))

    assert found == {name: f"this is {name}".encode() for name in names}


async def test_a_name_that_is_no_utf8_is_left_out(repository: Repository, clone: Path) -> None:
    blob = repository.blob("one")
    repository.commit(repository.tree(("100644", blob, "a.md"), ("100644", blob, b"\xff\xfe.md")))

    assert await read(Git(git_address(repository.address), clone)) == {"a.md": b"one"}


async def test_no_hook_runs_of_either_side(repository: Repository, clone: Path, tmp_path: Path, home: Path) -> None:
    repository.publish({"a.md": "one"})
    git = Git(git_address(repository.address), clone)
    await git.listing()
    repository.publish({"a.md": "two"})
    marker = tmp_path / "marker"
    for hook in HOOKS:
        for folder in (repository.folder, clone, home, home / "template"):
            told_to_run(marker, folder / "hooks" / hook)
    repository.git("config", "uploadpack.packObjectsHook", str(told_to_run(marker, tmp_path / "hook")))
    repository.git("config", "core.fsmonitor", str(tmp_path / "hook"))
    (home / ".gitconfig").write_text(f"[core]\n\thooksPath = {home}/hooks\n[init]\n\ttemplateDir = {home}/template\n")

    assert await read(git) == {"a.md": b"two"}
    assert await read(Git(git_address(repository.address), clone.with_name("another.git"))) == {"a.md": b"two"}
    assert not marker.exists()


async def test_attributes_change_nothing_of_what_is_read(
    repository: Repository, clone: Path, tmp_path: Path, home: Path
) -> None:
    marker = tmp_path / "marker"
    filter_ = told_to_run(marker, tmp_path / "filter")
    (home / ".gitconfig").write_text(
        f'[filter "evil"]\n\tsmudge = {filter_}\n\tprocess = {filter_}\n\trequired = true\n'
        f'[diff "evil"]\n\ttextconv = {filter_}\n[core]\n\tautocrlf = true\n'
    )
    attributes = "*.md filter=evil diff=evil ident text eol=crlf working-tree-encoding=UTF-16\n"
    repository.publish({".gitattributes": attributes, "a.md": "$Id$\none\r\ntwo\n"})

    assert await read(Git(git_address(repository.address), clone)) == {"a.md": b"$Id$\none\r\ntwo\n"}
    assert not marker.exists()


async def test_a_tree_that_unfolds_to_billions_of_files_is_refused(repository: Repository, clone: Path) -> None:
    blob = repository.blob("one")
    tree = repository.tree(*(("100644", blob, f"{number}.md") for number in range(10)))
    for _ in range(9):
        tree = repository.tree(*(("40000", tree, str(number)) for number in range(10)))
    repository.commit(tree)

    with pytest.raises(SourceUnreachable, match="says more than 32 MB"):
        await Git(git_address(repository.address), clone).listing()


async def test_folders_in_folders_without_end_are_survived(repository: Repository, clone: Path) -> None:
    deep = "a/" * 5000 + "x.md"
    stream = "commit refs/heads/main\ncommitter a <a@example.org> 0 +0000\ndata 0\n"
    stream += f"M 100644 inline {deep}\ndata 1\nx\nM 100644 inline b.md\ndata 1\ny\n"
    repository.git("fast-import", "--quiet", given=stream.encode())

    assert await read(Git(git_address(repository.address), clone)) == {"b.md": b"y"}


async def test_no_address_is_taken_for_an_option_or_a_command(
    repository: Repository, clone: Path, tmp_path: Path
) -> None:
    repository.publish({"a.md": "one"})
    # As if they had not been refused when the settings were read.
    run = f"touch {tmp_path}/marker"
    addresses = [
        GitAddress(f"--upload-pack={run};"),
        GitAddress(f"ext::sh -c {run.replace(' ', '% ')}"),
        GitAddress(f"ssh://-oProxyCommand={run}/digests"),
        GitAddress("git://127.0.0.1:1/digests"),
        GitAddress(f"file://{repository.folder}", branch=f"--upload-pack={run};"),
        GitAddress(f"file://{repository.folder}", branch=f"main:refs/heads/x --upload-pack={run};"),
        GitAddress(f"file://{repository.folder}", subfolder="../../../etc"),
        GitAddress(f"file://{repository.folder}", subfolder="--output=/etc"),
    ]

    for address in addresses:
        with pytest.raises(SourceUnreachable):
            await Git(address, clone).listing()
    assert not (tmp_path / "marker").exists()


async def test_variables_of_another_git_lead_nowhere(
    repository: Repository, clone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.publish({"a.md": "one"})
    other = Repository.made(tmp_path / "other.git")
    # As in a hook of git, or in a shell of somebody who traces.
    monkeypatch.setenv("GIT_DIR", str(other.folder))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(other.folder / "objects"))
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "core.hooksPath")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", str(tmp_path))
    monkeypatch.setenv("GIT_TRACE", str(tmp_path / "trace"))
    before = sorted(other.folder.rglob("*"))

    assert await read(Git(git_address(repository.address), clone)) == {"a.md": b"one"}
    assert sorted(other.folder.rglob("*")) == before
    assert not (tmp_path / "trace").exists()
