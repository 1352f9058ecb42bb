"""Every statement of the store, plain SQL, in one place."""

from __future__ import annotations

from typing import Final

# ---- sessions ----
LOAD: Final = "select version, sealed from sessions where person = ?"
NEW_SESSION: Final = """
insert into sessions (sealed, lapses, person, version) values (?, ?, ?, 1)
on conflict (person) do nothing
"""
MOVE_SESSION: Final = """
update sessions set sealed = ?, lapses = ?, version = version + 1 where person = ? and version = ?
"""
ERASE_SESSION: Final = "delete from sessions where person = ? and version = ?"
LAPSE_SESSIONS: Final = "delete from sessions where lapses <= ?"

# ---- inbox ----
TAKE_IN: Final = """
insert into inbox (person, update_number, day, sealed) values (?, ?, ?, ?)
on conflict (person, update_number) do update set day = inbox.day
returning id
"""
WAITING_INPUTS: Final = "select id, person, update_number, sealed from inbox order by id"
EMPTY_INBOX: Final = "delete from inbox where id = ? and person = ?"
LAPSE_INBOX: Final = "delete from inbox where day < ?"

# ---- codes ----
KEEP_CODE: Final = """
insert into codes (tag, sealed, erase_on) values (?, ?, ?)
on conflict (tag) do update set sealed = excluded.sealed, erase_on = excluded.erase_on
"""
OPEN_CODE: Final = "select sealed from codes where tag = ?"
DROP_CODE: Final = "delete from codes where tag = ?"
LAPSE_CODES: Final = "delete from codes where erase_on <= ?"

# ---- outbox ----
NEW_ITEM: Final = """
insert into outbox
       (id, state, reference, mailbox, message_id, route, day, training, anonymous, canary, due)
values (?, 'saved', ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
NEW_CONTENT: Final = "insert into outbox_contents (item, sealed) values (?, ?)"
NEW_KEY: Final = "insert into outbox_keys (item, wrapped, slot) values (?, ?, ?)"
NEW_OTHER: Final = """
insert into outbox_others (item, mailbox, sealed, wrapped) values (?, ?, ?, ?)
"""
DUE: Final = """
select o.id, o.reference, o.route, o.mailbox, o.message_id, o.training, o.tries, o.day, o.passed,
       coalesce(s.mailbox, ''), c.sealed, k.wrapped, k.slot
from outbox o left join outbox_contents c on c.item = o.id left join outbox_keys k on k.item = o.id
     left join outbox_others s on s.item = o.id
where o.state = 'saved' and (o.due <= :now or o.due > :never)
      and (o.leased <= :now or o.leased > :until)
order by o.due, o.day, o.id limit :limit
"""
LEASE: Final = "update outbox set leased = ?, tries = tries + 1 where id = ?"
DELIVERED: Final = """
update outbox set state = 'handed_over', leased = 0, due = 0, code = '',
       delivered = ?
where id = ? and state in ('saved', 'problem')
"""
LATER: Final = """
update outbox set due = case anonymous when 1 then ? else ? end, leased = 0, code = ?
where id = ? and state = 'saved'
"""
PARK: Final = """
update outbox set state = 'problem', leased = 0, code = ? where id = ? and state = 'saved'
"""
RETRY_PARKED: Final = """
update outbox set state = 'saved', due = ?, leased = 0 where reference = ? and state = 'problem'
"""
BOTH_COPIES: Final = """
select o.mailbox, c.sealed, k.wrapped, s.mailbox, s.sealed, s.wrapped
from outbox o join outbox_contents c on c.item = o.id join outbox_keys k on k.item = o.id
     join outbox_others s on s.item = o.id
where o.id = ? and o.state = 'saved'
"""
CHANGE_PLACES: Final = """
update outbox set mailbox = ?, due = 0, leased = 0, tries = 0, code = ?, passed = passed + 1
where id = ?
"""
SET_CONTENT: Final = "update outbox_contents set sealed = ? where item = ?"
SET_KEY: Final = "update outbox_keys set wrapped = ? where item = ?"
SET_OTHER: Final = "update outbox_others set mailbox = ?, sealed = ?, wrapped = ? where item = ?"
KEPT: Final = """
select o.id, o.state, o.mailbox, coalesce(s.mailbox, '')
from outbox o left join outbox_others s on s.item = o.id
where o.reference = ? and o.id in (select item from outbox_keys)
order by o.mailbox
"""
CAME_BACK: Final = """
update outbox set state = 'saved', due = 0, leased = 0, tries = 0, delivered = 0,
       code = 'came_back', returned = returned + 1
where id = ? and state = 'handed_over' and id in (select item from outbox_keys)
"""
WITHDRAW: Final = """
update outbox set state = 'withdrawn', reference = '', mailbox = '', message_id = '', due = 0
where id = ? and leased = 0 and returned = 0 and state in ('saved', 'problem')
"""
STATE: Final = "select state, leased, tries, code, day, returned, passed from outbox where id = ?"
RETURNS: Final = """
select returned from outbox where id = ? and id in (select item from outbox_keys)
"""
DELIVERED_BEFORE: Final = """
select id from outbox
where state = 'handed_over' and (delivered < :before or delivered > :never)
      and id in (select item from outbox_keys)
"""
EMPTY_ITEM: Final = "update outbox set reference = '', mailbox = '', message_id = '' where id = ?"
ERASE_CONTENT: Final = "delete from outbox_contents where item = ?"
ERASE_OTHER: Final = "delete from outbox_others where item = ?"
ERASE_KEY: Final = "delete from outbox_keys where item = ?"
CANARY: Final = "select id from outbox where id = ? and canary = 1"
LEFT_CANARIES: Final = "select id from outbox where canary = 1 and day < ?"
DROP_ITEM: Final = "delete from outbox where id = ?"
FORGET_ITEMS: Final = """
delete from outbox where state in ('handed_over', 'withdrawn') and day < ?
       and id not in (select item from outbox_keys)
"""

# ---- slots ----
SLOTS_TAKEN: Final = """
select (select count(*) from outbox_keys where slot is not null)
     + (select count(*) from spent_slots)
"""
SLOT_TAKEN: Final = """
select 1 from outbox_keys where slot = :slot union select 1 from spent_slots where slot = :slot
"""
SPEND_SLOT: Final = """
insert into spent_slots (slot) select slot from outbox_keys where item = ? and slot is not null
"""
SPENT_SLOTS: Final = "select id from spent_slots"
SPENT_SLOT: Final = "select slot from spent_slots where id = ?"
FREE_SLOT: Final = "delete from spent_slots where id = ?"

# ---- errands ----
NEW_ERRAND: Final = "insert into errands (id, person, due, expires, sealed) values (?, ?, ?, ?, ?)"
DUE_ERRANDS: Final = """
select id, person, sealed from errands where due <= ? and expires > ? order by due, id limit ?
"""
ERRAND_DONE: Final = "delete from errands where id = ?"
ERRAND_LATER: Final = "update errands set due = ?, sealed = ? where id = ?"
ERRANDS_OF: Final = "select id, sealed from errands where person = ?"
ERRAND_NOW: Final = "update errands set due = 0 where id = ?"
FORGET_ERRANDS: Final = "delete from errands where person = ?"
LAPSE_ERRANDS: Final = "delete from errands where expires <= ?"

# ---- counts ----
COUNT: Final = """
select (select count(*) from sessions), (select count(*) from inbox),
       (select count(*) from codes),
       (select coalesce(min(day), '') from outbox
        where state in ('saved', 'problem') and canary = 0),
       (select count(*) from errands), (select count(*) from outbox where canary = 1)
"""
CODES_BY_DAY: Final = "select erase_on, count(*) from codes group by erase_on order by erase_on"
COUNT_ITEMS: Final = "select state, count(*) from outbox where canary = 0 group by state"
COUNT_KEPT: Final = """
select state, case state when 'handed_over' then date(delivered * 60, 'unixepoch') else day end,
       count(*)
from outbox where canary = 0 and id in (select item from outbox_keys) group by 1, 2
union all select 'inbox', day, count(*) from inbox group by day
order by 1, 2 desc
"""
COUNT_UNTIL: Final = """
select 'sessions', date(lapses * 60, 'unixepoch'), count(*) from sessions group by 2
union all select 'codes', erase_on, count(*) from codes group by erase_on
order by 1, 2
"""

# ---- installation ----
FINGERPRINT: Final = "select fingerprint from installation"
SET_FINGERPRINT: Final = "insert into installation (fingerprint) values (?)"

# ---- examination ----
NEWEST_DAY: Final = """
select max(coalesce((select max(day) from outbox), ''), coalesce((select max(day) from inbox), ''))
"""
SOUND: Final = "pragma quick_check(1)"
