import pytest

from bot.sources.git_address import Credentials, git_address


@pytest.mark.parametrize(
    ("text", "url", "branch", "subfolder"),
    [
        ("git+https://example.org/a/digests.git", "https://example.org/a/digests.git", "", ""),
        ("git+https://example.org/digests#main", "https://example.org/digests", "main", ""),
        ("git+https://example.org/digests#main:posts/zh", "https://example.org/digests", "main", "posts/zh"),
        ("git+https://example.org/digests#:/posts/", "https://example.org/digests", "", "posts"),
        ("git+https://example.org:8443/digests#feature/x", "https://example.org:8443/digests", "feature/x", ""),
        (
            "git+https://example.org/digests#release%401:%E6%97%A5%E6%8A%A5",
            "https://example.org/digests",
            "release@1",
            "日报",
        ),
        ("git+https://example.org/digests#:日报", "https://example.org/digests", "", "日报"),
        ("git+http://gitea:3000/a/digests", "http://gitea:3000/a/digests", "", ""),
        ("git+https://[::1]:8443/digests", "https://[::1]:8443/digests", "", ""),
        ("GIT+HTTPS://example.org/Digests#Main", "https://example.org/Digests", "Main", ""),
        ("git+ssh://git@example.org/a/digests.git#main", "ssh://git@example.org/a/digests.git", "main", ""),
        ("git+ssh://example.org:2222/~ada/digests", "ssh://example.org:2222/~ada/digests", "", ""),
        ("git+file:///srv/digests.git#main:posts", "file:///srv/digests.git", "main", "posts"),
        ("git+file://localhost/srv/ada@home/digests%20of%20mine", "file:///srv/ada@home/digests%20of%20mine", "", ""),
    ],
)
def test_an_address_names_a_repository_a_branch_and_a_folder(text: str, url: str, branch: str, subfolder: str) -> None:
    address = git_address(text)

    assert (address.url, address.branch, address.subfolder, address.credentials) == (url, branch, subfolder, None)


@pytest.mark.parametrize(
    ("written", "credentials"),
    [
        ("ada:s3cret", Credentials("ada", "s3cret")),
        ("x-access-token:a%2Fb%23c%40d%3Ae", Credentials("x-access-token", "a/b#c@d:e")),
        ("ghp_s3cret", Credentials("ghp_s3cret", "")),
        (":s3cret", Credentials("", "s3cret")),
        ("ada:s3@cret", Credentials("ada", "s3@cret")),
    ],
)
def test_a_password_is_kept_apart_and_never_shown(written: str, credentials: Credentials) -> None:
    address = git_address(f"git+https://{written}@example.org/digests#main:posts")

    assert address.credentials == credentials
    assert address.url == "https://example.org/digests"
    assert address.shown == "git+https://example.org/digests#main:posts"
    assert "s3" not in repr(address) + address.shown
    assert address.hide_credentials("refused s3cret") == (
        "refused …" if credentials.password == "s3cret" else "refused s3cret"
    )


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("git+https://", "write it like"),
        ("git+https://example.org", "write it like"),
        ("git+https:///digests", "write it like"),
        ("git+https://example.org:port/digests", "write it like"),
        ("git+https://-oProxyCommand=x/digests", "write it like"),
        ("git+https://example.org/digests#-main", "name of a branch"),
        ("git+https://example.org/digests#--upload-pack=touch", "name of a branch"),
        ("git+https://example.org/digests#a..b", "name of a branch"),
        ("git+https://example.org/digests#a%0Ab", "name of a branch"),
        ("git+https://example.org/digests#a*", "name of a branch"),
        ("git+https://example.org/digests#main:../posts", "no folder within"),
        ("git+https://example.org/digests#main:posts/./zh", "no folder within"),
        ("git+https://example.org/digests#main:posts%00", "no folder within"),
        ("git+https://example.org/digests?ref=main", "question mark"),
        ("git+https://example.org/my digests", "%20"),
        ("git+https://example.org/digests\nmore", "%20"),
        ("git+ext::sh -c touch", "%20"),
        ("git+ext::sh%20-c%20touch", "git+https"),
        ("git+ext://example.org/digests", "git+https"),
        ("git+git://example.org/digests", "git+https"),
        ("git+ssh://git@example.org:ada/digests.git", "git+ssh://git@example.org/digests.git"),
        ("git+ssh://-oProxyCommand=touch/digests", "write it like"),
        ("git+ssh://-l@example.org/digests", "git+ssh://git@example.org"),
        ("git+ssh://git:s3cret@example.org/digests", "key"),
        ("git+file://digests", "git+file:///srv"),
        ("git+file:///", "git+file:///srv"),
        ("git+https://ada:s3/cret@example.org/digests", "%2F"),
        ("git+https://ada:s3#cret@example.org/digests", "%23"),
        ("git+https://ada:12/s3cret@example.org/digests", "%2F"),
        ("git+https://ada:12#s3cret@example.org/digests", "%23"),
        ("git+https://ada:12?s3cret@example.org/digests", "%40"),
        ("git+https://ada:s3%0Acret@example.org/digests", "copy it anew"),
        ("git+https://ada:s3 cret@example.org/digests", "%20"),
        ("git+ext://ada:s3cret@example.org/digests", "git+https"),
        ("git+https://ada:s3cret@-x/digests", "write it like"),
    ],
)
def test_what_is_no_address_is_refused_with_the_remedy_and_without_the_password(text: str, remedy: str) -> None:
    with pytest.raises(ValueError) as refusal:
        git_address(text)

    assert remedy in str(refusal.value)
    assert "s3" not in str(refusal.value)
    assert "cret" not in str(refusal.value)
