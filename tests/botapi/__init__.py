"""A local Bot API server: real HTTP, Telegram's own rules, and faults on demand."""
