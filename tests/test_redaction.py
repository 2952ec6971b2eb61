"""What is hidden, and what is not."""

import pytest

from bot.redaction import redacted

TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"https://api.telegram.org/bot{TOKEN}/getMe", "https://api.telegram.org/bot[token]/getMe"),
        (TOKEN.replace(":", "%3A"), "[token]"),
        ("987:zzYYxxWWvvUUttSSrrQQppOOnnMMllKKjjIIhh and", "[token] and"),
        (
            "12:30:45 at localhost:8081, sha256:0123abc, 每日:摘要",
            "12:30:45 at localhost:8081, sha256:0123abc, 每日:摘要",
        ),
    ],
)
def test_whatever_has_the_shape_of_a_token_is_hidden(text: str, expected: str) -> None:
    assert redacted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/bot1:sandbox/getMe in the sandbox", "/bot[token]/getMe in the sandbox"),
        ("/bot1%3Asandbox/getMe", "/bot[token]/getMe"),
    ],
)
def test_a_token_of_another_shape_is_hidden_once_it_is_known(text: str, expected: str) -> None:
    assert redacted(text, "1:sandbox") == expected


def test_the_secret_part_alone_is_hidden() -> None:
    assert redacted(f"port {TOKEN.split(':')[1]!r}", TOKEN) == "port '[token]'"
