"""A safeguarding chat bot: dialogs, rules and sealed delivery for child sexual exploitation."""
