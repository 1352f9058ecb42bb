"""How a person is called beyond the channel's door."""

from __future__ import annotations

from typing import NewType

PersonKey = NewType("PersonKey", str)  # a keyed hash of a chat id; stands for a person, names none
