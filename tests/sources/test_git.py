import asyncio
import os
import shutil
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from bot.sources.files import DigestFiles, SourceUnreachable, Unopenable, Unsettled
from bot.sources.git import Git
from bot.sources.git_address import git_address
from tests.sources.repositories import Repository, needs_git, needs_proc, running

pytestmark = needs_git


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository.made(tmp_path / "digests.git")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    return tmp_path / "data" / "sources" / "main.git"


def source(repository: Repository, clone: Path, fragment: str = "") -> Git:
    return Git(git_address(repository.address + fragment), clone)


async def read(git: Git) -> dict[str, bytes]:
    """Look as the bot does: list, then read all of it in a thread."""
    listing = await git.listing()
    files = [await asyncio.to_thread(git.read, path, stamp) for path, stamp in listing.items()]
    return {file.path: file.content for file in files}


def size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


async def test_digest_files_are_listed_and_read(repository: Repository, clone: Path) -> None:
    repository.publish({"a.md": "one", "posts/zh/日报.markdown": "二", "posts/c.txt": "no", ".drafts/d.md": "no"})
    git: DigestFiles = source(repository, clone)

    listing = await git.listing()

    assert sorted(listing) == ["a.md", "posts/zh/日报.markdown"]
    file = await asyncio.to_thread(git.read, "posts/zh/日报.markdown", listing["posts/zh/日报.markdown"])
    assert (file.path, file.content, file.form) == ("posts/zh/日报.markdown", "二".encode(), "markdown")
    assert file.stamp == listing["posts/zh/日报.markdown"]
    assert (git.local, git.forgets, git.place) == (False, False, repository.address)


async def test_a_branch_and_a_subfolder_narrow_what_is_listed(repository: Repository, clone: Path) -> None:
    repository.publish({"a.md": "main"})
    repository.publish({"posts/b.md": "news", "posts/zh/c.md": "news", "d.md": "other"}, branch="feature/news")

    assert await read(source(repository, clone, "#main")) == {"a.md": b"main"}
    assert await read(source(repository, clone, "#feature/news:posts")) == {"b.md": b"news", "zh/c.md": b"news"}


async def test_only_what_changed_has_another_stamp(repository: Repository, clone: Path) -> None:
    repository.publish({"a.md": "one", "b.md": "two", "c.md": "three"})
    git = source(repository, clone)
    before = await git.listing()

    repository.publish({"a.md": "one", "b.md": "TWO", "d.md": "three"})
    after = await git.listing()

    assert after["a.md"] == before["a.md"]
    assert after["b.md"] != before["b.md"]
    assert sorted(after) == ["a.md", "b.md", "d.md"]
    assert (await asyncio.to_thread(git.read, "b.md", after["b.md"])).content == b"TWO"


async def test_a_look_at_an_unchanged_branch_brings_nothing(repository: Repository, clone: Path) -> None:
    repository.publish({"a.md": "one"})
    git = source(repository, clone)
    first = await git.listing()
    await git.listing()
    fetched = size(clone)

    for _ in range(3):
        assert await git.listing() == first
    assert size(clone) == fetched


async def test_the_history_is_not_fetched(repository: Repository, clone: Path) -> None:
    for number in range(3):
        repository.publish({"a.md": os.urandom(200_000), "b.md": str(number)})

    await source(repository, clone).listing()

    assert size(clone) < 300_000


async def test_a_file_that_is_another_by_now_is_left_to_the_next_look(repository: Repository, clone: Path) -> None:
    repository.publish({"a.md": "one", "b.md": "two"})
    git = source(repository, clone)
    before = await git.listing()
    repository.publish({"a.md": "ONE"})
    await git.listing()

    for path in before:
        with pytest.raises(Unsettled):
            git.read(path, before[path])


async def test_a_rewritten_history_is_followed(repository: Repository, clone: Path) -> None:
    first = repository.publish({"a.md": "one"})
    repository.publish({"a.md": "two", "b.md": "two"})
    git = source(repository, clone)
    assert await read(git) == {"a.md": b"two", "b.md": b"two"}

    repository.publish({"c.md": "from the root"}, parents=False)
    assert await read(git) == {"c.md": b"from the root"}

    repository.git("update-ref", "refs/heads/main", first)
    assert await read(git) == {"a.md": b"one"}


async def test_the_main_branch_may_become_another(repository: Repository, clone: Path) -> None:
    repository.publish({"a.md": "main"})
    repository.publish({"b.md": "trunk"}, branch="trunk")
    git = source(repository, clone)
    await git.listing()

    repository.git("symbolic-ref", "HEAD", "refs/heads/trunk")

    assert await read(git) == {"b.md": b"trunk"}


async def test_a_source_may_move_to_another_repository(repository: Repository, clone: Path, tmp_path: Path) -> None:
    repository.publish({"a.md": "here"})
    await source(repository, clone).listing()
    other = Repository.made(tmp_path / "other.git")
    other.publish({"b.md": "there"})

    assert await read(source(other, clone)) == {"b.md": b"there"}


async def test_a_vanished_branch_is_said_and_may_come_back(repository: Repository, clone: Path) -> None:
    repository.publish({"a.md": "main"})
    tip = repository.publish({"b.md": "news"}, branch="news")
    git = source(repository, clone, "#news")
    await git.listing()

    repository.git("update-ref", "-d", "refs/heads/news")
    with pytest.raises(SourceUnreachable, match="it has no branch news; correct what follows #"):
        await git.listing()

    repository.git("update-ref", "refs/heads/news", tip)
    assert await read(git) == {"b.md": b"news"}


async def test_a_missing_folder_is_said(repository: Repository, clone: Path) -> None:
    repository.publish({"a.md": "main"})

    for folder in ("posts", "a.md"):
        with pytest.raises(SourceUnreachable, match=f"it has no folder {folder}"):
            await source(repository, clone, f"#:{folder}").listing()


async def test_an_empty_repository_is_said(repository: Repository, clone: Path) -> None:
    with pytest.raises(SourceUnreachable, match="it is empty"):
        await source(repository, clone).listing()


async def test_a_missing_repository_is_said_and_may_come(tmp_path: Path, clone: Path) -> None:
    git = Git(git_address(f"git+file://{tmp_path}/later.git"), clone)
    with pytest.raises(SourceUnreachable, match="correct the address"):
        await git.listing()

    Repository.made(tmp_path / "later.git").publish({"a.md": "one"})

    assert await read(git) == {"a.md": b"one"}


async def test_without_git_its_remedy_is_said(
    repository: Repository, clone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.publish({"a.md": "one"})
    git = source(repository, clone)
    listing = await git.listing()
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))

    with pytest.raises(SourceUnreachable, match="install git"):
        await git.listing()
    with pytest.raises(Unsettled):
        git.read("a.md", listing["a.md"])


async def test_a_place_that_cannot_be_written_is_said(repository: Repository, tmp_path: Path) -> None:
    repository.publish({"a.md": "one"})
    (tmp_path / "file").write_text("no folder")

    with pytest.raises(SourceUnreachable, match="cannot be written"):
        await source(repository, tmp_path / "file" / "main.git").listing()


def cut_pack(clone: Path) -> None:
    pack = next(clone.glob("objects/pack/*.pack"))
    pack.chmod(0o600)
    os.truncate(pack, 40)


def lose_index(clone: Path) -> None:
    next(clone.glob("objects/pack/*.idx")).unlink()


def lose_objects(clone: Path) -> None:
    shutil.rmtree(clone / "objects")


def garble(name: str) -> Callable[[Path], None]:
    def write(clone: Path) -> None:
        (clone / name).write_bytes(b"\0garbage\n[")

    return write


def point_nowhere(clone: Path) -> None:
    (clone / "refs/digests/tip").write_text("1" * 40 + "\n")


@pytest.mark.parametrize(
    "damage",
    [
        cut_pack,
        lose_index,
        lose_objects,
        garble("HEAD"),
        garble("config"),
        garble("shallow"),
        garble("packed-refs"),
        garble("refs/digests/tip"),
        point_nowhere,
        shutil.rmtree,
    ],
)
async def test_a_damaged_clone_is_made_anew(
    repository: Repository, clone: Path, damage: Callable[[Path], None]
) -> None:
    repository.publish({"a.md": "one", "posts/b.md": "two"})
    await source(repository, clone).listing()

    damage(clone)

    git = source(repository, clone)
    # Some damage shows only when a file is read.
    try:
        found = await read(git)
    except Unsettled:
        found = await read(git)
    assert found == {"a.md": b"one", "posts/b.md": b"two"}


async def test_damage_that_shows_in_reading_is_mended_at_the_next_look(repository: Repository, clone: Path) -> None:
    content = os.urandom(100_000)
    repository.publish({"a.md": content})
    git = source(repository, clone)
    listing = await git.listing()
    pack = next(clone.glob("objects/pack/*.pack"))
    pack.chmod(0o600)
    with pack.open("r+b") as file:
        file.seek(50_000)
        file.write(b"garbage" * 100)

    with pytest.raises(Unsettled):
        git.read("a.md", listing["a.md"])

    assert await read(git) == {"a.md": content}


async def test_what_a_killed_git_leaves_behind_is_in_nobodys_way(repository: Repository, clone: Path) -> None:
    repository.publish({"a.md": "one"})
    await source(repository, clone).listing()
    pack = next(clone.glob("objects/pack/*.pack"))
    left = [clone / name for name in ("shallow.lock", "config.lock", "packed-refs.lock", "refs/digests/tip.lock")]
    left += [clone / "objects/pack/tmp_pack_1a2b3c", pack.with_suffix(".keep")]
    for file in left:
        file.write_bytes(b"x" * 1000)

    repository.publish({"a.md": "two"})

    assert await read(source(repository, clone)) == {"a.md": b"two"}
    assert not [file for file in left if file.exists()]


async def test_two_processes_do_not_fetch_into_one_clone(repository: Repository, clone: Path) -> None:
    repository.publish({"a.md": "one"})
    clone.parent.mkdir(parents=True)
    git = source(repository, clone)

    with FileLock(f"{clone}.lock"), pytest.raises(SourceUnreachable, match="another digest-bot"):
        await git.listing()

    assert await read(git) == {"a.md": b"one"}


async def test_several_sources_stand_side_by_side(tmp_path: Path) -> None:
    gits = []
    for number in range(5):
        repository = Repository.made(tmp_path / f"{number}.git")
        repository.publish({f"{number}.md": f"number {number}"})
        gits.append(source(repository, tmp_path / "sources" / f"{number}.git"))

    found = await asyncio.gather(*(read(git) for git in gits))

    assert found == [{f"{number}.md": f"number {number}".encode()} for number in range(5)]


@pytest.mark.long
async def test_the_clone_does_not_grow_with_the_history(repository: Repository, clone: Path) -> None:
    git = source(repository, clone)

    for _ in range(50):
        repository.publish({"a.md": os.urandom(100_000)})
        await git.listing()

    # Fifty of them are 5 MB, twenty are kept until they are dropped.
    assert size(clone) < 3_000_000
    assert len((clone / "shallow").read_text().split()) < 30
    assert len(await read(git)) == 1


@pytest.mark.long
async def test_a_file_larger_than_any_digest_is_never_read(repository: Repository, clone: Path) -> None:
    repository.publish({"a.md": "one", "huge.md": b"# 50 MB\n" * 6_500_000})
    git = source(repository, clone)

    tracemalloc.start()
    try:
        listing = await git.listing()
        with pytest.raises(Unopenable, match=r"huge\.md: larger than 10 MB: no digest is; split or remove it"):
            git.read("huge.md", listing["huge.md"])
        assert git.read("a.md", listing["a.md"]).content == b"one"
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert listing["huge.md"].size == 52_000_000
    assert peak < 5_000_000


async def test_a_file_kept_in_lfs_is_said(repository: Repository, clone: Path) -> None:
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'a' * 64}\nsize 123\n"
    repository.publish({"a.md": pointer})
    git = source(repository, clone)
    listing = await git.listing()

    with pytest.raises(Unopenable, match="Git LFS"):
        git.read("a.md", listing["a.md"])


@needs_proc
async def test_reading_leaves_no_process_behind(repository: Repository, clone: Path) -> None:
    repository.publish({"a.md": "one"})
    git = source(repository, clone)
    assert await read(git) == {"a.md": b"one"}
    assert len(running(str(clone))) == 1

    await git.listing()
    assert running(str(clone)) == []

    await read(git)
    del git
    # The thread that read may be the last to let go of it.
    async with asyncio.timeout(30):
        while running(str(clone)):
            await asyncio.sleep(0.01)
