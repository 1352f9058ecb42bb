"""The ways in and out: Telegram and the terminal."""
