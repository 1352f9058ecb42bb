"""`python -m bot COMMAND`: the door for people at a prompt. Each command is imported when used."""

from __future__ import annotations

import sys

from bot.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
