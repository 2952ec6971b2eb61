"""What the words of a refusal mean; they are those of the Bot API server and of TDLib."""

import pytest

from bot.delivery.outcome import ChatClosed, ChatGone, ChatUnknown, Outcome, Refused, outcome_of_refusal


@pytest.mark.parametrize(
    ("description", "kind"),
    [
        ("Forbidden: bot was blocked by the user", ChatGone),
        ("Forbidden: user is deactivated", ChatGone),
        ("Forbidden: bot can't initiate conversation with a user", ChatGone),
        ("Forbidden: bot was kicked from the group chat", ChatGone),
        ("Forbidden: bot was kicked from the supergroup chat", ChatGone),
        ("Forbidden: bot was kicked from the channel chat", ChatGone),
        ("Forbidden: bot is not a member of the channel chat", ChatGone),
        ("Forbidden: the group chat was deleted", ChatGone),
        ("Chat not found", ChatUnknown),
        ("Bad Request: private chat not found", ChatUnknown),
        ("Not enough rights to send text messages to the chat", ChatClosed),
        ("Need administrator rights in the channel chat", ChatClosed),
        ("Have no write access to the chat", ChatClosed),
        ("Chat_write_forbidden", ChatClosed),
        ("Can't parse entities: unsupported start tag", Refused),
        ("Entity begins in a middle of a UTF-16 symbol at byte offset 3", Refused),
        ("Message is too long", Refused),
        ("Message text is empty", Refused),
        ("Text must be non-empty", Refused),
        ("Entities_too_long", Refused),
        ("Button_data_invalid", Refused),
        ("Forbidden: words that nobody has read yet", Refused),
    ],
)
def test_a_refusal(description: str, kind: type[Outcome]) -> None:
    assert outcome_of_refusal(description) == kind(description)  # type: ignore[arg-type]


@pytest.mark.parametrize("description", ["Message thread not found", "Topic_closed", "Bad Request: TOPIC_DELETED"])
def test_a_topic_that_is_gone_is_no_chat_that_is_gone(description: str) -> None:
    assert outcome_of_refusal(description) == ChatClosed(description, topic_only=True)
