"""The commands of `python -m bot`. Exit 0: done; 1: problems found; 2: wrong use or settings;
3: could not be done now.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import re
import sys
import traceback
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, NoReturn

from bot.core.given import GivenFault
from bot.errors import BotError, ConfigError

DONE: Final = 0
PROBLEMS: Final = 1
WRONG_USE: Final = 2
NOT_NOW: Final = 3

# command -> (module below bot.commands, one line of help)
COMMANDS: Final[Mapping[str, tuple[str, str]]] = {
    "demo": ("talking", "the whole job on embedded parts: talk, send, and see the mail that came"),
    "chat": (
        "talking",
        "the conversation in this terminal, on your own store and mailboxes",
    ),
    "run": ("serving", "the Telegram bot, by long polling or by webhook"),
    "check": ("checking", "every static check of dialogs, rules, routes, mailboxes and texts"),
    "doctor": ("doctoring", "is this installation fit to run, and to go live"),
    "facts": ("assessing", "every fact that `assess` reads"),
    "indicators": ("assessing", "every sign of an area"),
    "assess": ("assessing", "the finding for given facts and signs"),
    "deadlines": ("dating", "the dates that an area's documents set, as of a day"),
    "guidance": ("looking", "what the guidance says about a few words"),
    "wording": ("looking", "words in a text that put blame on a child, with another way"),
    "danger": ("looking", "signs in a text that somebody is in danger now"),
    "map": ("mapping", "the picture of a dialog, or of an area's pathway, from what is loaded"),
    "poster": ("posters", "a page to hang up, whose QR code opens the chat at a route"),
    "trace": ("tracing", "where each statement of the source documents lives in the program"),
    "outbox": (
        "operating",
        "what waits for delivery, in counts; send again what was parked or came back",
    ),
    "canary": ("canary", "a test along every route, to the far end, and opened there"),
    "receipts": ("operating", "how many codes are kept, by the day on which they are wiped"),
    "keys": ("keys", "this installation's certificate, its request, and every fingerprint"),
    "retention": ("operating", "what exists, in counts; forget what is past its time"),
}


class UsageError(Exception):
    """Wrong use of a command: a message that never repeats what a person wrote."""

    def __init__(self, code: str, message: str, did_you_mean: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.did_you_mean = list(did_you_mean)


# The parts of argparse's messages that repeat what was typed, which a person may have written.
_REPEATED: Final = re.compile(r"(unrecognized arguments).*|:?\s*'.*", re.DOTALL)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        said = _REPEATED.sub(r"\1", message)
        raise UsageError("usage", f"{said}. See python -m {self.prog} --help")


def main(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> int:
    """Run one command; gives the exit code. Errors go to standard error, with --json to output."""
    environment = os.environ if environment is None else environment
    as_json = "--json" in arguments
    try:
        return _run(list(arguments), environment)
    except UsageError as wrong:
        return failed(as_json, wrong.code, wrong.message, WRONG_USE, wrong.did_you_mean)
    except ConfigError as wrong:
        return _unfit(as_json, wrong)
    except GivenFault as wrong:
        return failed(as_json, wrong.code, wrong.message, WRONG_USE, wrong.did_you_mean, wrong.at)
    except BotError as wrong:
        return failed(as_json, wrong.code, f"Could not be done now: {wrong.code}", NOT_NOW)
    except KeyboardInterrupt:
        return DONE
    except BrokenPipeError:
        sys.stderr.close()
        return DONE
    except Exception as fault:  # noqa: BLE001 - a traceback could repeat what a person wrote
        return failed(as_json, "fault", f"A fault of the program, in {where(fault)}", NOT_NOW)


def where(fault: BaseException) -> str:
    """The innermost line of our own, and the kind of fault; never its words."""
    frames = traceback.extract_tb(fault.__traceback__)
    own = [f for f in frames if f"{os.sep}bot{os.sep}" in f.filename] or frames
    return f"{Path(own[-1].filename).name}:{own[-1].lineno} ({type(fault).__name__})"


def _run(arguments: list[str], environment: Mapping[str, str]) -> int:
    parser = _Parser(prog="bot", description=" ".join(__doc__.split()), allow_abbrev=False)
    chosen = parser.add_subparsers(dest="command", metavar="COMMAND")
    wanted = arguments[0] if arguments else ""
    if wanted and wanted not in COMMANDS and not wanted.startswith("-"):
        near = get_close_matches(wanted, COMMANDS)
        raise UsageError("unknown_command", "There is no such command.", near)
    for name, (module, line) in COMMANDS.items():
        sub = chosen.add_parser(name, help=line, description=line, allow_abbrev=False)
        if name == wanted:
            importlib.import_module(f"bot.commands.{module}").arguments(name, sub)
    given = parser.parse_args(arguments)
    if given.command is None:
        parser.print_help()
        return WRONG_USE
    command = importlib.import_module(f"bot.commands.{COMMANDS[given.command][0]}")
    return int(command.run(given.command, given, environment))


def failed(
    as_json: bool,  # noqa: FBT001 - one caller
    code: str,
    message: str,
    exit_code: int,
    did_you_mean: Sequence[str] = (),
    at: str = "",
) -> int:
    """Say what is wrong in the form the caller asked for."""
    if as_json:
        print_json(error(code, message, did_you_mean, at))
    else:
        hint = f" Did you mean {', '.join(did_you_mean)}?" if did_you_mean else ""
        where = f"{at}: " if at else ""
        sys.stderr.write(f"{where}{message}{hint}\n")
    return exit_code


def _unfit(as_json: bool, wrong: ConfigError) -> int:  # noqa: FBT001 - one caller
    """Every problem of the settings or the content; each line says its own place."""
    if not as_json:
        return failed(as_json, wrong.code, str(wrong), WRONG_USE)
    at = ", ".join(dict.fromkeys(problem.place for problem in wrong.problems))
    near = [name for problem in wrong.problems for name in problem.did_you_mean]
    return failed(as_json, wrong.code, str(wrong), WRONG_USE, near, at)


def error(code: str, message: str, did_you_mean: Sequence[str] = (), at: str = "") -> Any:  # noqa: ANN401 - JSON
    """The error value of contracts.md."""
    body = {"code": code, "message": message, "at": at, "did_you_mean": list(did_you_mean)}
    return {"error": body}


def print_json(value: Any) -> None:  # noqa: ANN401 - any JSON value
    """One JSON value on one line, flushed."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def content_root(folder: Path) -> Path:
    """The folder itself. Raises UsageError when no content lies there."""
    if not all((folder / part).is_dir() for part in ("dialogs", "rules")):
        message = "There are no folders dialogs and rules at --root."
        raise UsageError("no_content", message)
    return folder


def env_file() -> Path:
    """Where a .env file is looked for: the working directory."""
    return Path(".env")
