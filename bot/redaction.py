"""What a bot token looks like, and how it is kept out of everything that people may read."""

import re

# core.telegram.org/bots/features#creating-a-new-bot shows digits, a colon and 35 characters; in a URL the colon may
# be escaped. Longer and somewhat shorter ones count too: to hide too much costs nothing.
TOKEN = re.compile(r"\d+(?::|%3[Aa])[A-Za-z0-9_-]{30,}", re.ASCII)


def redacted(text: str, *secrets: str) -> str:
    """Replace every *secret*, and whatever has the shape of a bot token."""
    for secret in secrets:
        text = text.replace(secret, "[token]")
    return TOKEN.sub("[token]", text)
