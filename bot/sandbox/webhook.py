"""Where the bot wants its updates sent instead of asking for them."""

from dataclasses import dataclass


@dataclass(slots=True)
class Webhook:
    """What setWebhook said; an empty *url*: the bot polls."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    # On the clock that never goes back: one change a second is taken.
    next_set_at: float = 0
