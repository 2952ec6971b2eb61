"""A Telegram on this machine: it answers as the Bot API does, so that bots run without a token. See docs/sandbox.md."""
