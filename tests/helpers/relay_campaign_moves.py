"""Campaigns as a property test sends them, and what must hold of them at any time."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from console.relay.actor import RELAY
from console.relay.internal import AdvanceCampaigns
from console.wire import commands
from console.wire.campaign_rows import QuestionTerms, Weekly
from console.wire.commands import VariantDraft
from console.wire.offer_rows import OfferPlan
from tests.helpers.relay_oracle import query

if TYPE_CHECKING:
    from tests.helpers.relay_world import World

STAFF = ("owner", "clerk", "till")
MEMBERS = ("anna", "bea", "guest")
MARK = "[camp-{}-{}]"
SHANGHAI = ZoneInfo("Asia/Shanghai")
LATE = timedelta(hours=2)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _staff(number: int) -> str:
    return STAFF[number % len(STAFF)]


def _one(world: World, number: int, where: str = "1") -> str:
    """The client id of one of the campaigns, the newer the likelier, or of none."""
    found = world.query(f"select client_id from campaign where {where} order by id desc limit 4")
    return str(found[number % len(found)]["client_id"]) if found else "none"


def _rule(world: World, number: int) -> Any:
    """Everybody, or two of the three."""
    if number % 3 == 0:
        return None
    ids = [world.member_id(name) for name in MEMBERS if MEMBERS.index(name) != number % 3]
    return {"leaf": "members", "ids": sorted(set(ids))}


def _question(number: int) -> QuestionTerms | None:
    """Every other campaign asks something."""
    if number % 2:
        return None
    return QuestionTerms(text="想要什么?", choices=["外套", "裙子"], free_text=number % 4 == 0)


def _variants(world: World, client_id: str, number: int) -> list[VariantDraft]:
    """Two whose members overlap, and one for the rest."""
    rules = [_rule(world, 1 + number % 2), _rule(world, 1 + number // 2 % 2), None]
    return [
        VariantDraft(name=name, body=f"{MARK.format(client_id, name)} {{name}}", rule=rule)
        for name, rule in zip("abc", rules, strict=True)
    ]


async def campaign_save(world: World, number: int) -> None:
    known = number % 4 == 0
    client_id = _one(world, number, "state = 'draft' and kind = 'campaign'") if known else "none"
    client_id = world.fresh("c") if client_id == "none" else client_id
    weekly = Weekly(weekday=number % 7, minute=number % 1440) if number % 6 == 5 else None
    await world.do(_staff(number), commands.SaveCampaign(
        client_id=client_id, title=f"活动 {number}", variants=_variants(world, client_id, number),
        rule=_rule(world, number), weekly=weekly, priority=number % 10, defer=number % 2 == 0,
        question=_question(number // 2),
        base_rev=number % 60))  # fmt: skip


async def campaign_freeze(world: World, number: int) -> None:
    client_id = _one(world, number, "state = 'draft'")
    await world.do(_staff(number), commands.FreezeCampaign(client_id=client_id))


async def campaign_undo(world: World, number: int) -> None:
    await world.do(_staff(number), commands.UndoCampaign(client_id=_one(world, number)))


async def campaign_schedule(world: World, number: int) -> None:
    at = world.clock.now() + timedelta(minutes=number % 900) if number % 2 else None
    await world.do(_staff(number), commands.ScheduleCampaign(
        client_id=_one(world, number, "state = 'frozen'"), at=at))  # fmt: skip


async def campaign_send_now(world: World, number: int) -> None:
    where = "state in ('frozen', 'scheduled', 'late')"
    await world.do(_staff(number), commands.SendCampaignNow(client_id=_one(world, number, where)))


async def campaign_pause(world: World, number: int) -> None:
    await world.do(_staff(number), commands.PauseCampaign(
        client_id=_one(world, number, "state = 'sending'")))  # fmt: skip


async def campaign_resume(world: World, number: int) -> None:
    await world.do(_staff(number), commands.ResumeCampaign(
        client_id=_one(world, number, "state in ('paused', 'late')")))  # fmt: skip


async def campaign_cancel(world: World, number: int) -> None:
    if number % 3:
        return
    await _stop(world, number, commands.CancelCampaign(client_id=_one(world, number)))


async def campaign_recall(world: World, number: int) -> None:
    if number % 2:
        return
    correction = f"[fix-{number}]" if number % 3 else ""
    where = "started_at is not null and kind != 'correction'"
    await _stop(world, number, commands.RecallCampaign(
        client_id=_one(world, number, where), correction_id=world.fresh("fix"),
        correction=correction))  # fmt: skip


async def _stop(world: World, number: int, command: Any) -> None:
    """From its answer on nothing of it is written any more."""
    outcome = await world.do(_staff(number), command)
    if outcome.refusal is None:
        for row in world.query(
            "select id from campaign where client_id = ?1 or (kind = 'resend' and parent_id ="
            " (select id from campaign where client_id = ?1) and recalled_at is not null)",
            command.client_id,
        ):
            top = world.query("select coalesce(max(id), 0) from message")[0][0]
            world.stopped.setdefault(row["id"], top)


async def campaign_resend(world: World, number: int) -> None:
    to = ("unread", "unreached")[number % 2]
    await world.do(_staff(number), commands.ResendCampaign(
        client_id=_one(world, number, "started_at is not null"), new_id=world.fresh("r"), to=to,
    ))  # fmt: skip


async def campaign_remove(world: World, number: int) -> None:
    await world.do(_staff(number), commands.RemoveCampaign(client_id=_one(world, number)))


async def campaign_advance(world: World, number: int) -> None:
    """A few recipients, perhaps after a while."""
    world.clock.advance(number % 5 * 30)
    await world.core.call(RELAY, AdvanceCampaigns(at_most=1 + number % 2))


async def campaign_settle(world: World, number: int) -> None:
    """All there is to do now; the clock may stand in another week, or where it is due next."""
    ahead = (0.0, 60.0, 3_600.0, 7 * 86_400.0)
    world.clock.advance(ahead[number % 8] if number % 8 < len(ahead) else _until_next(world))
    while (await world.core.call(RELAY, AdvanceCampaigns(at_most=100)))["done"]:
        pass
    now = int(world.clock.now().timestamp() * 1000)
    assert not world.query("select 1 from campaign where next_at <= ?", now), "left undone"


def _until_next(world: World) -> float:
    """Seconds to the next moment at which a campaign has something to do."""
    now = world.clock.now().timestamp()
    [[next_at]] = world.query("select min(next_at) from campaign")
    return 0.0 if next_at is None else max(0.0, next_at / 1000 - now)


async def campaign_whole(world: World, number: int) -> None:
    """The common case, which random moves seldom make; half of it is sent by and by."""
    client_id, name = world.fresh("c"), _staff(number)
    await world.do(name, commands.SaveCampaign(
        client_id=client_id, variants=_variants(world, client_id, number),
        defer=number % 3 > 0, priority=number % 10, question=_question(number // 4)))  # fmt: skip
    await world.do(name, commands.FreezeCampaign(client_id=client_id))
    await world.do(name, commands.SendCampaignNow(client_id=client_id))
    if number % 2:
        await campaign_settle(world, 0)


async def campaign_series(world: World, number: int) -> None:
    client_id, name = world.fresh("c"), _staff(number)
    await world.do(name, commands.SaveCampaign(
        client_id=client_id, variants=_variants(world, client_id, number),
        weekly=Weekly(weekday=number % 7, minute=number % 1440)))  # fmt: skip
    await world.do(name, commands.FreezeCampaign(client_id=client_id))
    await world.do(name, commands.ScheduleCampaign(client_id=client_id))


async def campaign_read(world: World, number: int) -> None:
    """A member reads everything."""
    name = MEMBERS[number % len(MEMBERS)]
    if world.conversation(name):
        await world.seen(name, 999, 999)


async def answer(world: World, number: int) -> None:
    """One tap, or words of her own, to one of the questions that somebody was asked."""
    found = world.query("select id from message where campaign_id is not null order by id desc")
    message_id = found[number // 12 % len(found)]["id"] if found else 999
    fields: dict[str, Any] = {"choice": number % 2}
    if number % 4 == 0:
        fields = {"text": f"厚外套 {number % 3}", "client_id": world.fresh("a")}
    await world.do(MEMBERS[number % 3], commands.AnswerQuestion(message_id=message_id, **fields))


async def sort_answers(world: World, number: int) -> None:
    client_id = _one(world, number, "id in (select campaign_id from question_answer)")
    if number % 3 == 0:
        await world.do(_staff(number), commands.RenameBucket(
            client_id=client_id, bucket="ABC"[number % 2], to="ABC"[number % 3]))  # fmt: skip
        return
    ids = [row["id"] for row in world.query("select id from question_answer")]
    await world.do(_staff(number), commands.SortAnswers(
        client_id=client_id, ids=ids[: number % 5], bucket=["", "A", "B"][number % 3]))  # fmt: skip


async def template(world: World, number: int) -> None:
    name = f"t-{number % 3}"
    if number % 4 == 0:
        await world.do(_staff(number), commands.RemoveTemplate(client_id=name))
    else:
        plan = OfferPlan(title="券", quantity=number, ends_after_days=1, ends_minute=1_200,
                         valid_days=7)  # fmt: skip
        asked = QuestionTerms(text="想要什么", choices=["外套"])
        await world.do(_staff(number), commands.SaveTemplate(
            client_id=name, body=f"模板 {number}", title="模板", fields={"name": "您"},
            offer=plan if number % 2 else None, question=asked if number % 3 else None,
        ))  # fmt: skip


CAMPAIGN_MOVES = (
    campaign_save, campaign_freeze, campaign_undo, campaign_schedule, campaign_send_now,
    campaign_pause, campaign_resume, campaign_cancel, campaign_recall, campaign_resend,
    campaign_remove, campaign_advance, campaign_settle, campaign_whole, campaign_series,
    campaign_read, answer, answer, sort_answers, template,
)  # fmt: skip


# --- what must hold -------------------------------------------------------------------------------


def check_campaigns(world: World) -> None:
    """The ledger and the messages say the same, and nobody got what she must not."""
    _check_ledger(world)
    _check_states(world)
    _check_stopped(world)
    _check_opted_out(world)
    _check_times(world)
    _check_recalled(world)
    _check_answers(world)


def _check_ledger(world: World) -> None:
    for row in query(
        world.path,
        "select r.*, count(m.id) as copies, max(m.id) as message, m.body, c.client_id, c.kind"
        " from recipient r join campaign c on c.id = r.campaign_id left join message m"
        " on m.campaign_id = r.campaign_id and m.addressee_id = r.member_id group by r.id",
    ):
        written = row["state"] == "written"
        assert row["copies"] == int(written), f"{row['copies']} copies of one {row['state']}"
        assert row["message_id"] == row["message"], "it names another message"
        if written and row["body"] and row["kind"] == "campaign":
            assert MARK.format(row["client_id"], row["variant"]) in row["body"], "another variant"
    assert not query(
        world.path,
        "select 1 from message m left join recipient r on r.campaign_id = m.campaign_id"
        " and r.member_id = m.addressee_id where m.campaign_id is not null and r.id is null",
    ), "a copy that no recipient knows of"


def _check_states(world: World) -> None:
    for row in query(world.path, "select * from campaign"):
        found = query(
            world.path,
            "select state, count(*) as n, sum(read_at is not null) as seen from recipient"
            " where campaign_id = ? group by state", row["id"],
        )  # fmt: skip
        states = {each["state"]: each["n"] for each in found}
        counts = json.loads(row["counts"])
        named = {key: n for key, n in counts.items() if key in _STATES}
        assert named == states, f"counts {counts} are not {states}"
        assert counts.get("read", 0) == sum(each["seen"] for each in found)
        if row["state"] in {"done", "cancelled"}:
            assert not states.keys() & {"pending", "deferred"}, f"{row['state']} with some open"
        if row["state"] == "draft" or row["weekly"] is not None:
            assert not states, "who is meant is not known yet"
        waits = row["state"] in {"scheduled", "sending"} or row["recalled_at"] is not None
        assert waits or row["next_at"] is None, f"{row['state']} has something to do"
        if row["state"] in {"scheduled", "sending"}:
            assert row["next_at"] is not None, "it would never go on"


_STATES = {"pending", "written", "deferred", "skipped", "cancelled"}


def _check_stopped(world: World) -> None:
    for campaign_id, top in world.stopped.items():
        assert not query(
            world.path, "select 1 from message where campaign_id = ? and id > ?", campaign_id, top
        ), "written after it was stopped"


def _check_opted_out(world: World) -> None:
    for member_id, top in list(world.closed.items()):
        [row] = query(world.path, "select marketing from member where id = ?", member_id)
        if row["marketing"]:
            del world.closed[member_id]
            continue
        assert not query(
            world.path,
            "select 1 from message where campaign_id is not null and addressee_id = ? and id > ?",
            member_id, top,
        ), "she had opted out"  # fmt: skip


def _check_times(world: World) -> None:
    used: dict[tuple[int, tuple[int, int]], int] = {}
    for row in query(
        world.path,
        "select r.member_id, r.written_at, r.counted, c.kind from recipient r"
        " join campaign c on c.id = r.campaign_id where r.state = 'written'",
    ):
        local = (_EPOCH + timedelta(milliseconds=row["written_at"])).astimezone(SHANGHAI)
        assert bool(row["counted"]) == (row["kind"] != "correction")
        if not row["counted"]:
            continue
        minute = local.hour * 60 + local.minute
        assert 9 * 60 <= minute < 21 * 60 + 30, f"written at {local:%H:%M}"
        key = (row["member_id"], local.isocalendar()[:2])
        used[key] = used.get(key, 0) + 1
        assert used[key] <= 3, "more than three in a week"
    for row in query(
        world.path,
        "select o.due_at, s.weekly from campaign o join campaign s on s.id = o.parent_id"
        " where o.kind = 'occurrence' and not exists (select 1 from audit where subject_id = o.id"
        " and what in ('campaign.schedule', 'campaign.send_now'))",
    ):
        # One that was slept over is sent when staff say so.
        local = (_EPOCH + timedelta(milliseconds=row["due_at"])).astimezone(SHANGHAI)
        weekly = json.loads(row["weekly"])
        assert (local.weekday(), local.hour * 60 + local.minute) == (
            weekly["weekday"], weekly["minute"],
        ), "an occurrence at another time"  # fmt: skip


def _check_recalled(world: World) -> None:
    for row in query(world.path, "select * from campaign where recalled_at is not null"):
        assert "[camp-" not in row["content"] + row["beside"], "its own words stayed"
        if row["next_at"] is None:
            assert not query(
                world.path,
                "select 1 from message where campaign_id = ? and (body != '' or recalled_at is"
                " null)", row["id"],
            ), "a copy stayed"  # fmt: skip
            mark = f"%[camp-{row['client_id']}-%"
            assert not query(
                world.path, "select 1 from conversation where preview_text like ?", mark
            ), "a preview shows it"


def _check_answers(world: World) -> None:
    """The tally is what a recount finds, and each answer is one that could be given."""
    recount = {
        row["campaign_id"]: row["n"]
        for row in query(
            world.path, "select campaign_id, count(*) as n from question_answer group by 1"
        )
    }
    for row in query(world.path, "select * from campaign"):
        counts = json.loads(row["counts"])
        assert counts.get("answered", 0) == recount.get(row["id"], 0), "the tally is wrong"
    for row in query(
        world.path,
        "select a.*, m.body, m.recalled_at, m.sender_kind, p.state, c.kind from question_answer a"
        " join campaign c on c.id = a.campaign_id join member p on p.id = a.member_id"
        " left join message m on m.id = a.message_id",
    ):
        assert row["kind"] != "resend", "what was sent again has a tally of its own"
        assert row["state"] not in {"merged", "erased"}, "an answer of nobody"
        assert (row["choice"] is None) == (row["message_id"] is not None)
        if row["choice"] is None:
            assert (row["recalled_at"], row["text"]) == (None, row["body"]), "words taken back"
            assert row["sender_kind"] == "member"
        else:
            assert (row["text"], row["bucket"]) == ("", ""), "a tap has no words"
