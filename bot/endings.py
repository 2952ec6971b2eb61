"""Why the bot ends of its own accord, in words for whoever runs it."""


class TokenRefused(Exception):
    """Telegram does not know the token."""

    def __init__(self) -> None:
        super().__init__("DIGEST_BOT_TOKEN: Telegram refuses this token; ask @BotFather for the one that is valid now")


class AnotherCopyRuns(Exception):
    """Somebody has been receiving this bot's updates for longer than we."""

    def __init__(self) -> None:
        super().__init__("DIGEST_BOT_TOKEN: another bot is running with this token; stop it or use another token")
