"""Every fault the loader and the checks can find, by code, and what each means to an author.

The table in docs/WRITING-DIALOGS.md is this one; each code has a broken sample in tests/broken.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Code(StrEnum):
    """The closed set of faults. A new one needs a meaning here and a sample in tests/broken."""

    meaning: str

    def __new__(cls, code: str, meaning: str) -> Self:
        """A code that knows what it means, in one sentence an author can act on."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.meaning = meaning
        return member

    # reading a file
    TOO_LARGE = "TOO_LARGE", "The file is larger than 512 kB."
    NOT_UTF8 = "NOT_UTF8", "The file is not saved as UTF-8."
    TAB = "TAB", "There is a tab; YAML here uses spaces only."
    SYNTAX = "SYNTAX", "This is not YAML: look at the indentation, quotes and colons."
    TOO_DEEP = "TOO_DEEP", "Values are nested more than 20 deep."
    ALIAS = "ALIAS", "Anchors (&name), aliases (*name) and merge keys (<<) are refused."
    TAG = "TAG", "Tags (!name) are refused; every value is text."
    DUPLICATE_KEY = "DUPLICATE_KEY", "A key is written twice in the same block."
    UNKNOWN_FILE = "UNKNOWN_FILE", "The file's first keys do not say what it holds."

    # the shape of a file
    MISSING_KEY = "MISSING_KEY", "Something that must be written is not there."
    UNKNOWN_KEY = "UNKNOWN_KEY", "A key that has no meaning here."
    WRONG_KIND = "WRONG_KIND", "A list, a text or a block of keys stands where another is needed."
    WRONG_VALUE = "WRONG_VALUE", "The value is not one of those allowed here."
    WRONG_NUMBER = "WRONG_NUMBER", "Not a whole number, or outside what is allowed."
    WRONG_DATE = "WRONG_DATE", "Not a calendar day written YYYY-MM-DD."
    WRONG_ID = "WRONG_ID", "An id holds something other than a-z, 0-9 and _."
    WRONG_PLACE = "WRONG_PLACE", "What the file calls itself is not where it lies."
    WRONG_CONDITION = "WRONG_CONDITION", "The condition is not one of the forms in CONDITIONS.md."
    DUPLICATE_ID = "DUPLICATE_ID", "Two things have the same id."

    # names
    UNKNOWN_STEP = "UNKNOWN_STEP", "`next` or `go` names a step that this dialog does not have."
    UNKNOWN_FACT = "UNKNOWN_FACT", "A fact that is declared neither here nor in facts.yaml."
    UNKNOWN_DIALOG = "UNKNOWN_DIALOG", "There is no such dialog."
    UNKNOWN_RULES = "UNKNOWN_RULES", "There is no such rulebook."
    UNKNOWN_GROUP = "UNKNOWN_GROUP", "There is no such group of indicators."
    UNKNOWN_ROUTE = "UNKNOWN_ROUTE", "There is no such route in this area or in common."
    UNKNOWN_MAILBOX = "UNKNOWN_MAILBOX", "There is no such mailbox."
    UNKNOWN_ADVICE = "UNKNOWN_ADVICE", "There is no such advice in this rulebook."
    UNKNOWN_PASSAGE = "UNKNOWN_PASSAGE", "There is no such passage of guidance."
    UNKNOWN_AREA = "UNKNOWN_AREA", "There is no such area."
    UNKNOWN_DATE = "UNKNOWN_DATE", "There is no such date in deadlines.yaml."
    UNKNOWN_PLACEHOLDER = "UNKNOWN_PLACEHOLDER", "A {name} in a text that nothing fills in."
    NOT_VISIBLE = "NOT_VISIBLE", "It belongs to another area; use it from that area only."

    # questions
    WRONG_TYPE = "WRONG_TYPE", "The fact's type does not fit what is done with it."
    UNKNOWN_CHOICE = "UNKNOWN_CHOICE", "A value that the fact does not allow."
    MISSING_BUTTONS = "MISSING_BUTTONS", "A choice is asked without buttons."
    MISSING_UNSURE = "MISSING_UNSURE", "The fact allows unsure and the question does not offer it."
    UNSURE_NOT_ALLOWED = "UNSURE_NOT_ALLOWED", "The question offers unsure, the fact does not."
    WRONG_GIFT = "WRONG_GIFT", "Files are given where nobody can ask for them, or to anybody."
    HOLDS_UP = "HOLDS_UP", "A required question can be neither left out nor said to be not known."
    TOO_MANY_MARKS = "TOO_MANY_MARKS", "More than 8 marks on one tick screen."

    # rules
    NO_ROWS = "NO_ROWS", "A table without rows or with an empty scale."
    WRONG_OUTCOME = "WRONG_OUTCOME", "`then` is not on the table's scale."
    MISSING_CLAUSE = "MISSING_CLAUSE", "A row or a reason does not say where its rule comes from."
    WRONG_OTHERWISE = "WRONG_OTHERWISE", "Only a `strongest` table declares `otherwise`."
    LATER_TABLE = "LATER_TABLE", "A row reads the outcome of a table that comes after it."
    IMPOSSIBLE_THRESHOLD = "IMPOSSIBLE_THRESHOLD", "`at least` asks for more than the group has."
    UNREAD_INDICATOR = "UNREAD_INDICATOR", "No row reads this indicator."
    SHADOWED_ROW = "SHADOWED_ROW", "A stronger row always matches when this one does."
    RULE_GAP = "RULE_GAP", "Some answers match no row of an only_one table."
    RULE_OVERLAP = "RULE_OVERLAP", "Some answers match two rows of an only_one table."
    RULE_DEAD_ROW = "RULE_DEAD_ROW", "No answers at all can match this row."
    MUST_HOLD_FAILS = "MUST_HOLD_FAILS", "A property the rulebook promises does not hold."
    MUST_HOLD_WRONG = "MUST_HOLD_WRONG", "A property is not one of the forms in CONDITIONS.md."
    EXAMPLE_FAILS = "EXAMPLE_FAILS", "An example of the rulebook comes out otherwise."

    # the way through a dialog
    MISSING_ELSE = "MISSING_ELSE", "`next` does not end in `else`, so a walk can get stuck."
    AFTER_ELSE = "AFTER_ELSE", "An edge after `else` is never looked at."
    NEVER_TAKEN = "NEVER_TAKEN", "No answers at all lead along this edge."
    UNREACHABLE_STEP = "UNREACHABLE_STEP", "No edge leads to this step."
    DEAD_END = "DEAD_END", "From this step no `end` can be reached."
    LOOP = "LOOP", "Steps lead in a circle without a question in between."
    CALL_CIRCLE = "CALL_CIRCLE", "A dialog calls itself, directly or through others."
    NO_RETURN = "NO_RETURN", "A dialog that is repeated, or called for a value, never returns it."
    RETURN_TO_NOBODY = "RETURN_TO_NOBODY", "A dialog that a conversation begins with returns."
    NOT_ASKED = "NOT_ASKED", "Something is read that is not asked on every way there."
    MAY_BE_SKIPPED = "MAY_BE_SKIPPED", "A rulebook reads a fact whose question can be skipped."
    NOT_FACED = "NOT_FACED", "An only_one table has no row for a question that was not asked."
    AREA_NOT_CHOSEN = "AREA_NOT_CHOSEN", "`{area}` is called before a loaded area is certain."
    NOT_DECIDED = "NOT_DECIDED", "A finding is used before a `decide`."
    PRACTICE = "PRACTICE", "Something of a practice could be sent, or mixed with a real report."
    DANGER_FIRST = "DANGER_FIRST", "The first question is not whether a child is in danger."
    TELLS_NO_999 = "TELLS_NO_999", "After danger, or unsure, the next step does not say call 999."

    # what is never used
    INDICATOR_NOT_ASKED = "INDICATOR_NOT_ASKED", "No tick screen shows this indicator."
    FACT_NOT_ASKED = "FACT_NOT_ASKED", "No question sets this fact."
    VALUE_NOT_OFFERED = "VALUE_NOT_OFFERED", "No button stands for this value."
    UNUSED = "UNUSED", "A dialog, rulebook, route, mailbox, form or advice that nothing uses."

    # forms
    UNKNOWN_FORM = "UNKNOWN_FORM", "A route names a form that no file lays out."
    FIELD_NOT_ASKED = "FIELD_NOT_ASKED", "A form names a field that its dialogs do not ask."
    REQUIRED_NOT_ASKED = (
        "REQUIRED_NOT_ASKED",
        "A form needs a field that no way of filling it in asks.",
    )
    FIELD_DIFFERS = "FIELD_DIFFERS", "Two forms of an area define the same field differently."

    # texts
    TEXT_TOO_LONG = (
        "TEXT_TOO_LONG",
        "The screen can grow past 4,096 characters, the channel's limit.",
    )
    LABEL_TOO_LONG = "LABEL_TOO_LONG", "A button's label has more than 40 characters."
    LONG_SENTENCE = "LONG_SENTENCE", "A sentence has more than 25 words."
    ACRONYM = "ACRONYM", "An acronym is used before it is spelled out."
    BLAME = "BLAME", "The words blame a child."
    UNKNOWN_NUMBER = "UNKNOWN_NUMBER", "A telephone number that is not in numbers.yaml."
    MISSING_TEXT = "MISSING_TEXT", "A text, label or word of the program's own is not defined."
    UNKNOWN_TEXT = "UNKNOWN_TEXT", "The program has no text, label or word of this name."
    WORD_TWICE = "WORD_TWICE", "A word has two meanings, or two buttons are called the same."
    WORD_SHADOWS = "WORD_SHADOWS", "A button's name means something else everywhere."
    URGENT_WORD = "URGENT_WORD", "A name that always means 999 stands for something else."

    # what people ask
    UNKNOWN_GUIDANCE = "UNKNOWN_GUIDANCE", "Questions without the guidance file of their name."
    NO_HEADING = "NO_HEADING", "A question stands before the first [passage]."
    LINE_TWICE = "LINE_TWICE", "An area has the same question twice."

    # routes and mailboxes
    ANONYMOUS_ROUTE = "ANONYMOUS_ROUTE", "An anonymous route takes a dialog whose manner is named."
    ASKS_WHO = "ASKS_WHO", "An anonymous dialog asks who somebody is or how to reach them."
    WRONG_MAILBOX = "WRONG_MAILBOX", "A route sends its kind to a mailbox that does not take it."
    ONE_LINE = "ONE_LINE", "A mail's subject holds a line break or an invisible character."
    WRONG_ADDRESS = (
        "WRONG_ADDRESS",
        "This is not an email address, or a second mailbox has that of the first.",
    )
    NOT_VERIFIED = "NOT_VERIFIED", "A mailbox is called verified without who, when and until when."
