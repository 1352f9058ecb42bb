"""The Telegram channel: raw updates in, screens out. Nothing in here logs; see `quiet`."""
