"""python-telegram-bot as it comes: a bot that says back what was said, and nothing else."""

from __future__ import annotations

import sys
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, CallbackQueryHandler, MessageHandler, filters


async def _say(update: Update, _: Any) -> None:
    message = update.effective_message
    if message is not None and message.text is not None:
        await message.reply_text(message.text, reply_markup=_keyboard(message.message_id))


async def _press(update: Update, _: Any) -> None:
    query = update.callback_query
    if query is not None:
        await query.answer()
        await query.edit_message_text(f"pressed {query.id}", reply_markup=_keyboard(0))


def _keyboard(number: int) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("Again", callback_data=str(number))]])


def main(root: str, token: str) -> None:
    """Poll until ended."""
    application = Application.builder().token(token).base_url(f"{root}/bot").build()
    application.add_handler(MessageHandler(filters.TEXT, _say))
    application.add_handler(CallbackQueryHandler(_press))
    application.run_polling()


if __name__ == "__main__":
    main(*sys.argv[1:])
