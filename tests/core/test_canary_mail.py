"""A canary says in its subject and in every line that nothing needs to be done."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from bot.core.finding import Finding
from bot.core.mail import compose
from bot.core.mail_text import NOTHING_TO_DO, TRAINING_BANNER, known_facts, what_to_do
from bot.core.routing import Due
from tests.core.test_mail import FROM, MAILBOX, ROUTE, SUBMISSION

CANARY = replace(SUBMISSION, kind="canary", facts={}, finding=Finding("", {}))


def mail(kind: str, *, training: bool = False) -> EmailMessage:
    route = replace(ROUTE, kind=kind)
    submission = replace(CANARY, kind=kind)
    raw = compose(submission, route, MAILBOX, "R-1", "<1@x>", FROM, training)
    return message_from_bytes(raw, policy=SMTP)


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def test_its_subject_and_a_header_say_that_it_is_a_test() -> None:
    assert mail("canary")["Subject"] == f"TEST, nothing to do: {ROUTE.subject}"
    assert mail("canary")["X-Canary"] == "yes"
    assert mail("referral")["Subject"] == ROUTE.subject
    assert mail("referral")["X-Canary"] is None


@pytest.mark.parametrize("training", [True, False])
def test_its_text_is_whole_and_alarms_nobody(*, training: bool) -> None:
    banner = f"{TRAINING_BANNER}\n\n" if training else ""
    assert text_of(mail("canary", training=training)) == (
        f"{banner}"
        "TEST OF THIS MAILBOX. NO CHILD IS CONCERNED AND NOTHING NEEDS TO BE DONE.\n\n"
        f"For: {MAILBOX.name}\nReference: R-1\nDay: {SUBMISSION.day}\n\n"
        f"What to do: {NOTHING_TO_DO}\n"
        "You may delete it, or have a rule of your mailbox do so: its header X-Canary is yes.\n\n"
        "IF THIS REACHED YOU BY MISTAKE\n"
        "Please do not forward, copy or print it.\n"
        f"Write a new mail to {FROM} with the reference and nothing else, then delete this.\n"
        "If a child is in danger now, call 999 first.\n"
    )


def test_its_paper_asks_for_nothing_and_knows_nothing_of_a_child() -> None:
    due = Due("Decide within 24 hours.", 24)
    assert [*what_to_do(replace(ROUTE, kind="canary", due=due))] == [NOTHING_TO_DO]
    assert [*known_facts(CANARY, {"child_age": "Age of the child"})] == []
    referral = replace(CANARY, kind="referral")
    assert [*known_facts(referral, {"child_age": "Age of the child"})] != []
