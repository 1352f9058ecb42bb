"""`keys`: the installation's certificate and request, and every fingerprint."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from dataclasses import asdict

from bot.commands import DONE, print_json
from bot.commands.certificates import INSTALLATION, Held, held
from bot.commands.configured import configured


def arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """The options of `keys`."""
    parser.add_argument("--json", action="store_true", help="one JSON value")


def run(name: str, given: argparse.Namespace, environment: Mapping[str, str]) -> int:
    """Make the installation's key, certificate and request where they are missing; show the
    fingerprints to compare by telephone.
    """
    from bot.adapters.signing import REQUEST_FILE, open_signer
    from bot.adapters.system import SystemClock
    from bot.app import content_of

    settings = configured(environment)
    now = SystemClock().now()
    mailboxes = content_of(settings).mailboxes
    open_signer(settings.key_dir, settings.mail_from, now)
    found = list(held(settings, mailboxes.values(), now))
    request = str(settings.key_dir / REQUEST_FILE)
    if given.json:
        print_json({"request": request, "certificates": [asdict(one) for one in found]})
        return DONE
    for one in found:
        sys.stdout.write(f"{_told(one)}\n\n")
    plain = [box.id for box in mailboxes.values() if not box.certificates]
    if plain:
        sys.stdout.write(f"Without a certificate: {', '.join(plain)}\n")
    sys.stdout.write(f"For an authority that is to sign this installation's key: {request}\n")
    return DONE


def _told(one: Held) -> str:
    title = "This installation" if one.whose == INSTALLATION else one.whose
    lines = [f"{title}: {one.file}"]
    if one.fingerprint:
        lines += [f"  {one.subject}", f"  names {', '.join(one.addresses) or 'no e-mail address'}"]
        lines += [f"  SHA-256 {one.fingerprint}", f"  {one.days_left} days left"]
    if one.whose == INSTALLATION and one.self_signed:
        lines.append("  signed by itself: read the fingerprint to whoever gets the mail")
    lines += [f"  not fit: {why}" for why in one.faults]
    return "\n".join(lines)
