"""What a bot token looks like, and how it is kept out of everything that people may read."""

import re
from urllib.parse import quote

# core.telegram.org/bots/features#creating-a-new-bot shows digits, a colon and 35 characters; in a URL the colon may
# be escaped. Longer and somewhat shorter ones count too: to hide too much costs nothing.
_TOKEN = re.compile(r"\d+(?::|%3[Aa])[A-Za-z0-9_-]{30,}", re.ASCII)

# Below it, the part after the colon may be an ordinary word (the sandbox's tokens are such), and is hidden only whole.
_LEAST_SECRET = 20


def redacted(text: str, token: str | None = None) -> str:
    """Replace *token*, as it is, escaped, or its part after the colon, and whatever has the shape of a bot token."""
    for form in _forms(token) if token else ():
        text = text.replace(form, "[token]")
    return _TOKEN.sub("[token]", text)


def _forms(token: str) -> tuple[str, ...]:
    secret = token.partition(":")[2]
    # Where a URL is misread, the part after the colon is complained of as a port.
    return (token, quote(token, safe=""), *((secret,) if len(secret) >= _LEAST_SECRET else ()))


def without_password(address: str) -> str:
    """Hide in a web *address* whoever it is opened as, and with which password."""
    return re.sub(r"(?<=://)[^/@\s]*@", "", address)


def without_half_a_password(address: str) -> str:
    """Hide what stands in a web *address* where a port is a number: a password, of which the rest was cut off."""
    return re.sub(r"(?<=://)([^/@:\s]*):(?!\d+(?:/|$))[^/@\s]*$", r"\1:…", address)
