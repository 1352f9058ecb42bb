"""The fields of a message that say something came, and those that only surround it."""

from __future__ import annotations

from typing import Final

from bot.core.turn import MediaKind

KINDS: Final = (
    ("photo", MediaKind.PHOTO),
    ("live_photo", MediaKind.PHOTO),
    ("video", MediaKind.VIDEO),
    ("animation", MediaKind.VIDEO),  # before document, which an animation also carries
    ("video_note", MediaKind.VIDEO),
    ("voice", MediaKind.VOICE),
    ("audio", MediaKind.VOICE),
    ("document", MediaKind.FILE),
)
SILENT: Final = frozenset(  # what surrounds a message, and notices nobody typed
    """
    author_signature boost_added business_connection_id caption caption_entities chat
    chat_background_set chat_owner_changed chat_owner_left chat_shared connected_website date
    delete_chat_photo edit_date effect_id entities ephemeral_message_id external_reply
    forward_date forward_from forward_origin from gift gift_upgrade_sent group_chat_created
    has_media_spoiler has_protected_content invoice is_automatic_forward is_from_offline
    is_paid_post is_topic_message left_chat_member link_preview_options media_group_id
    message_auto_delete_timer_changed message_id message_thread_id migrate_from_chat_id
    migrate_to_chat_id new_chat_members new_chat_photo new_chat_title paid_message_price_changed
    paid_star_count pinned_message proximity_alert_triggered quote receiver_user refunded_payment
    reply_markup reply_to_checklist_task_id reply_to_message reply_to_poll_option_id
    reply_to_story sender_boost_count sender_business_bot sender_chat sender_tag
    show_caption_above_media successful_payment unique_gift users_shared via_bot
    video_chat_ended video_chat_participants_invited video_chat_scheduled video_chat_started
    write_access_allowed
    """.split()  # noqa: SIM905 - eighty words read better so
)
