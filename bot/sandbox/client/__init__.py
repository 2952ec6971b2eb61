"""What tests and benchmarks hold: a sandbox over HTTP, in whatever process it runs."""

from bot.sandbox.client.group import Group
from bot.sandbox.client.person import Person
from bot.sandbox.client.telegram import Telegram, connect

__all__ = ["Group", "Person", "Telegram", "connect"]
