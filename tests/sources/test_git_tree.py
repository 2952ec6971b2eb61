import pytest

from bot.sources.files import Stamp
from bot.sources.git_tree import Blob, Damaged, read_tree

A, B = "a" * 40, "b" * 40


def listed(*lines: tuple[str, str, str, bytes]) -> bytes:
    return b"".join(
        f"{mode} {'commit' if mode == '160000' else 'blob'} {blob} {size:>7}\t".encode() + name + b"\0"
        for mode, blob, size, name in lines
    )


def test_digest_files_are_told_from_everything_else() -> None:
    tree = read_tree(
        listed(
            ("100644", A, "3", b"a.md"),
            ("100755", B, "4", b"posts/B.MARKDOWN"),
            ("100644", A, "3", b"posts/c.mdx"),
            ("100644", A, "3", b"notes.txt"),
            ("100644", A, "3", b".draft.md"),
            ("100644", A, "3", b".obsidian/d.md"),
            ("120000", A, "3", b"link.md"),
            ("160000", A, "-", b"module.md"),
        )
    )

    assert tree.blobs == {"a.md": Blob(A, 3), "posts/B.MARKDOWN": Blob(B, 4), "posts/c.mdx": Blob(A, 3)}
    assert tree.untold == []


@pytest.mark.parametrize(
    "name",
    [b"../a.md", b"a/../b.md", b"./a.md", b"/a.md", b"a//b.md", b".git/a.md", b".GIT/a.md", b"a/" * 3000 + b"a.md"],
)
def test_a_name_that_no_folder_could_have_is_none(name: bytes) -> None:
    assert read_tree(listed(("100644", A, "3", name))).blobs == {}


def test_a_name_may_hold_whatever_is_no_slash() -> None:
    names = ["a\nb.md", "a\tb.md", " .md", "-rf.md", "日报.md", "a\\..\\b.md", "$(touch x).md"]

    tree = read_tree(listed(*(("100644", A, "3", name.encode()) for name in names)))

    assert list(tree.blobs) == names


def test_a_name_that_no_text_can_tell_is_named() -> None:
    tree = read_tree(listed(("100644", A, "3", b"\xff.md"), ("100644", A, "3", b"b.md")))

    assert (list(tree.blobs), tree.untold) == (["b.md"], [b"\xff.md"])


def test_nothing_is_a_tree_without_files() -> None:
    assert read_tree(b"").blobs == {}


def test_a_file_that_the_clone_lacks_is_damage() -> None:
    with pytest.raises(Damaged):
        read_tree(listed(("100644", A, "BAD", b"a.md")))


def test_a_stamp_is_the_size_and_what_the_database_can_hold_of_the_name() -> None:
    assert Blob("f" * 40, 5).stamp == Stamp(5, 2**63 - 1)
