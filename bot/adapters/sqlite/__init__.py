"""The store on SQLite: `async with open_store(path, keyring, clock) as store`."""

from bot.adapters.sqlite.opening import open_store
from bot.adapters.sqlite.store import SqliteStore

__all__ = ["SqliteStore", "open_store"]
