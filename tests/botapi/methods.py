"""What each method does to the world. Parameters have been checked against the spec."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from tests.botapi.world import Chat, Message, Refused, Uploaded, World

Params = dict[str, Any]
_PICTURES: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")  # how the pictures it knows begin


def send_message(world: World, params: Params) -> dict[str, Any]:
    chat = world.chat(int(params["chat_id"]))
    if not params["text"].strip():
        raise Refused(400, "Bad Request: message text is empty")
    message = chat.add(
        Message(
            0,
            by_bot=True,
            text=params["text"].strip(),
            keyboard=_keyboard(params),
            protected=params.get("protect_content", False),
            silent=params.get("disable_notification", False),
        )
    )
    world.shown(chat)
    return message.public(chat)


def send_document(world: World, params: Params) -> dict[str, Any]:
    return _send_file(world, params, "document")


def send_photo(world: World, params: Params) -> dict[str, Any]:
    file = params["photo"]
    if isinstance(file, Uploaded) and not file.content.startswith(_PICTURES):
        raise Refused(400, "Bad Request: IMAGE_PROCESS_FAILED")
    return _send_file(world, params, "photo")


def _send_file(world: World, params: Params, kind: str) -> dict[str, Any]:
    chat, file = world.chat(int(params["chat_id"])), params[kind]
    if not isinstance(file, Uploaded):
        raise Refused(400, "Bad Request: wrong file identifier/HTTP URL specified")
    if not file.content:
        raise Refused(400, "Bad Request: file must be non-empty")
    message = chat.add(
        Message(
            0,
            by_bot=True,
            text=params.get("caption", "").strip(),
            protected=params.get("protect_content", False),
            silent=params.get("disable_notification", False),
            kind=kind,
            file=file,
        )
    )
    world.shown(chat)
    return message.public(chat)


def edit_message_text(world: World, params: Params) -> dict[str, Any]:
    chat = world.chat(int(params["chat_id"]))
    message = chat.messages.get(params["message_id"])
    if message is None:
        raise Refused(400, "Bad Request: message to edit not found")
    if not message.by_bot:
        raise Refused(400, "Bad Request: message can't be edited")
    if message.text == params["text"].strip() and message.keyboard == _keyboard(params):
        raise Refused(
            400,
            "Bad Request: message is not modified: specified new message content "
            "and reply markup are exactly the same as a current content",
        )
    message.text, message.keyboard = params["text"].strip(), _keyboard(params)
    message.edits += 1
    world.shown(chat)
    return message.public(chat)


def answer_callback_query(world: World, params: Params) -> bool:
    query = params["callback_query_id"]
    if query not in world.callbacks or query in world.answered:
        raise Refused(
            400,
            "Bad Request: query is too old and response timeout expired or query ID is invalid",
        )
    world.answered.add(query)
    return True


def answer_inline_query(world: World, params: Params) -> bool:
    query = params["inline_query_id"]
    if query not in world.inline or query in world.inline_answers:
        raise Refused(
            400,
            "Bad Request: query is too old and response timeout expired or query ID is invalid",
        )
    world.inline_answers[query] = params
    return True


def delete_message(world: World, params: Params) -> bool:
    chat = world.chat(int(params["chat_id"]))
    if params["message_id"] not in chat.messages:
        raise Refused(400, "Bad Request: message to delete not found")
    return delete_messages(world, {**params, "message_ids": [params["message_id"]]})


def delete_messages(world: World, params: Params) -> bool:
    chat = world.chat(int(params["chat_id"]))
    if chat.undeletable & set(params["message_ids"]):
        raise Refused(400, "Bad Request: message can't be deleted for everyone")
    for message in params["message_ids"]:
        chat.messages.pop(message, None)
    return True


def get_file(world: World, params: Params) -> dict[str, Any]:
    """A file that a person sent; its bytes lie at the path."""
    content = world.files.get(params["file_id"])
    if content is None:
        raise Refused(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
    path = f"documents/{params['file_id']}"
    size = {"file_size": len(content)}
    return {"file_id": params["file_id"], "file_unique_id": "u", "file_path": path, **size}


def get_me(world: World, params: Params) -> dict[str, Any]:
    return {"id": 1, "is_bot": True, "first_name": "Bot", "username": "the_bot"}


def set_webhook(world: World, params: Params) -> bool:
    if params["url"] and not params["url"].startswith(("https://", "http://127.0.0.1")):
        raise Refused(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
    world.webhook = params if params["url"] else {}
    if params.get("drop_pending_updates"):
        world.waiting.clear()
    world.arrived.set()
    return True


def delete_webhook(world: World, params: Params) -> bool:
    return set_webhook(world, {**params, "url": ""})


def get_webhook_info(world: World, params: Params) -> dict[str, Any]:
    return {
        "url": world.webhook.get("url", ""),
        "has_custom_certificate": False,
        "pending_update_count": len(world.waiting),
    }


def leave_chat(world: World, params: Params) -> bool:
    chat: Chat = world.chat(int(params["chat_id"]))
    chat.left = True
    return True


def set_my_commands(world: World, params: Params) -> bool:
    world.commands = params["commands"]
    return True


def _keyboard(params: Params) -> list[list[dict[str, str]]]:
    rows: list[list[dict[str, str]]] = params.get("reply_markup", {}).get("inline_keyboard", [])
    return rows


METHODS: Final[dict[str, Callable[[World, Params], Any]]] = {
    "sendMessage": send_message,
    "sendDocument": send_document,
    "sendPhoto": send_photo,
    "editMessageText": edit_message_text,
    "answerInlineQuery": answer_inline_query,
    "answerCallbackQuery": answer_callback_query,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "getFile": get_file,
    "getMe": get_me,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "leaveChat": leave_chat,
    "setMyCommands": set_my_commands,
}
