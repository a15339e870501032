"""What every OutboxStore and PostStore does, in memory or on disk.

A test module derives from these classes and gives a fixture `store`.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tchat_desktop.domain.chat import Occasion, Picture, Route
from tchat_desktop.domain.conversation import FeedPost, Mark, Marking, Post
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.outgoing import (
    OutboxPost,
    Planned,
    PostKind,
    PostState,
    Reason,
    may_become,
)
from tchat_desktop.domain.replanning import Replanning
from tchat_desktop.domain.run_sheet import question_key
from tchat_desktop.domain.spending import Reads
from tchat_desktop.services.ports import (
    HourState,
    LedgerStore,
    OutboxStore,
    PictureStore,
    PostStore,
)

AT = datetime(2026, 11, 23, 20, 0, 0, 123456, tzinfo=UTC)


def row(name: str, **changes: object) -> OutboxPost:
    """A planned question with every field filled in a way that shows when it is mixed up."""
    made = OutboxPost(
        id=f"id-{name}",
        chat_id="chat",
        occasion=Occasion.LIVE,
        slot=question_key(name),
        kind=PostKind.QUESTION,
        text=f"Où agir, et avec qui ? 👩🏽‍🏫 {name}\n#UnionsPrécoces",
        due_at=AT,
        expires_at=AT + timedelta(minutes=10),
        route=Route.KEYS,
        question_id=name,
        number=1,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def feed_post(name: str, minutes: int = 0, **changes: object) -> FeedPost:
    """A collected post."""
    post = Post(
        id=name,
        author=f"author_{name}",
        author_name="Aïssatou Ba",
        text=f"R1 À l’école, « tout » commence. {name}",
        created_at=AT + timedelta(minutes=minutes),
        url="https://x.com/a/status/1",
        in_reply_to="7",
        reposts=3,
    )
    return replace(FeedPost(post), **changes)  # type: ignore[arg-type]


class OutboxStoreContract:
    """Rows are kept whole, and change state by compare-and-set only."""

    def test_a_row_comes_back_as_it_was(self, store: OutboxStore) -> None:
        full = row(
            "a",
            state=PostState.PLANNED,
            target_id="11",
            target_author="awa_ex",
            follows="id-before",
            guest_id="g:7",
            guest_name="Mme Awa Diop",
            said="Slow down · please",
            page="https://x.com/intent/tweet?text=a",
            remote_id="12",
            url="https://x.com/a/status/12",
            reason=Reason.RATE_LIMIT,
            detail="429",
            attempts=2,
            sent_as="1234",
            not_before=AT + timedelta(seconds=30),
            picture=Picture("c0ffee", "image/png", "Trois filles lisent sous un arbre."),
            planned=Planned("Un autre texte", AT, Route.ASSISTED, PostState.DRAFT),
            changed_at=AT - timedelta(seconds=1),
        )
        store.add([full])
        assert store.get(full.id) == full
        assert list(store.rows("chat", Occasion.LIVE)) == [full]

    def test_rows_come_by_due_instant_then_as_added(self, store: OutboxStore) -> None:
        late = row("late", due_at=AT + timedelta(minutes=5))
        first, second = row("z"), row("b")
        store.add([late, first, second])
        assert [one.id for one in store.rows("chat", Occasion.LIVE)] == [
            first.id,
            second.id,
            late.id,
        ]

    def test_a_slot_is_taken_once_within_chat_and_occasion(self, store: OutboxStore) -> None:
        store.add([row("a")])
        again = row("other", slot=question_key("a"), text="another text")
        rehearsal = row("r", slot=question_key("a"), occasion=Occasion.REHEARSAL)
        elsewhere = row("e", slot=question_key("a"), chat_id="elsewhere")
        store.add([again, rehearsal, elsewhere])
        assert [one.text for one in store.rows("chat", Occasion.LIVE)] == [row("a").text]
        assert [one.id for one in store.rows("chat", Occasion.REHEARSAL)] == [rehearsal.id]
        assert [one.id for one in store.rows("elsewhere", Occasion.LIVE)] == [elsewhere.id]

    def test_rows_tried_with_keys_are_told_over_all_chats(self, store: OutboxStore) -> None:
        tried = {"attempts": 1, "state": PostState.SENT}
        store.add(
            [
                row("before", changed_at=AT - timedelta(seconds=1), **tried),
                row("later", changed_at=AT + timedelta(minutes=1), **tried),
                row("at", changed_at=AT, chat_id="elsewhere", **tried),
                row("page", changed_at=AT, route=Route.ASSISTED, **tried),
                row("untried", changed_at=AT),
                row("unchanged"),
            ]
        )
        assert [one.id for one in store.tried_by_keys(AT)] == ["id-at", "id-later"]

    def test_what_was_decided_for_an_hour_is_kept_until_it_is_cleared(
        self, store: OutboxStore
    ) -> None:
        assert store.hour_state("chat", Occasion.LIVE) == HourState()
        moved = HourState(ends_at=AT + timedelta(minutes=70), announced=AT)
        for state in (HourState(paused=True), HourState(without_keys=True), moved):
            store.keep_hour_state("chat", Occasion.LIVE, state)
            assert store.hour_state("chat", Occasion.LIVE) == state
            assert store.hour_state("chat", Occasion.REHEARSAL) == HourState()
        store.keep_hour_state("chat", Occasion.REHEARSAL, HourState(paused=True))
        store.clear("chat", Occasion.LIVE)
        assert store.hour_state("chat", Occasion.LIVE) == HourState()
        assert store.hour_state("chat", Occasion.REHEARSAL) == HourState(paused=True)

    def test_a_row_is_forgotten_only_as_it_was_seen_and_never_once_tried(
        self, store: OutboxStore
    ) -> None:
        seen, tried = row("a"), row("b", attempts=1)
        store.add([seen, tried])
        store.replan(Replanning(removed=(replace(seen, state=PostState.DRAFT),)))
        assert store.get(seen.id) == seen
        store.replan(Replanning(removed=(seen,)))
        with pytest.raises(ValueError, match="tried"):
            store.replan(Replanning(removed=(tried,)))
        store.replan(Replanning(removed=(replace(tried, attempts=0),)))
        assert list(store.rows("chat", Occasion.LIVE)) == [tried]

    def test_a_replanning_changes_adds_and_forgets(self, store: OutboxStore) -> None:
        a, b, c, left = row("a"), row("b"), row("c"), row("left", state=PostState.SENDING)
        store.add([a, b, left])
        later = replace(a, due_at=AT + timedelta(days=7), state=PostState.DRAFT)
        seen_waiting = replace(left, state=PostState.PLANNED)
        store.replan(
            Replanning(
                changed=((a, later), (seen_waiting, replace(seen_waiting, text="Autre"))),
                added=(c, replace(left, id="twin")),
                removed=(b,),
            )
        )
        found = {one.id: one for one in store.rows("chat", Occasion.LIVE)}
        assert found == {one.id: one for one in (later, left, c)}

    def test_a_replanning_is_all_written_or_nothing(self, store: OutboxStore) -> None:
        a, b = row("a"), row("b", state=PostState.SENT)
        store.add([a, b])
        with pytest.raises(ValueError, match="cannot go"):
            store.replan(
                Replanning(
                    changed=((a, replace(a, text="Autre")), (b, replace(b, state=PostState.DUE))),
                    added=(row("c"),),
                )
            )
        assert list(store.rows("chat", Occasion.LIVE)) == [a, b]

    def test_what_is_learnt_of_another_computer_is_all_written_or_nothing(
        self, store: OutboxStore
    ) -> None:
        a, b, moved, out = row("a"), row("b"), row("m"), row("o", state=PostState.SENT)
        store.add([a, b, moved, out])
        assert store.move(replace(moved, state=PostState.SKIPPED), PostState.PLANNED)
        sent = replace(a, state=PostState.SENT, attempts=1)
        unsent = replace(out, state=PostState.UNKNOWN)
        with pytest.raises(ValueError, match="stays out"):
            store.learn(Replanning(changed=((a, sent), (out, unsent))))
        assert store.get(a.id) == a
        store.learn(
            Replanning(
                changed=((a, sent), (moved, replace(moved, state=PostState.HANDED_OVER))),
                added=(row("c"), replace(b, id="twin")),
            )
        )
        found = {one.id: one.state for one in store.rows("chat", Occasion.LIVE)}
        assert found == {
            a.id: PostState.SENT,
            b.id: PostState.PLANNED,
            moved.id: PostState.SKIPPED,
            out.id: PostState.SENT,
            row("c").id: PostState.PLANNED,
        }

    def test_an_unknown_row_is_a_key_error(self, store: OutboxStore) -> None:
        with pytest.raises(KeyError):
            store.get("nobody")

    def test_a_row_moves_when_it_is_where_it_is_expected(self, store: OutboxStore) -> None:
        store.add([row("a")])
        due = row("a", state=PostState.DUE, changed_at=AT)
        assert store.move(due, PostState.PLANNED) is True
        assert store.get(due.id) == due

    def test_a_row_that_moved_meanwhile_is_left_alone(self, store: OutboxStore) -> None:
        store.add([row("a")])
        assert store.move(row("a", state=PostState.SKIPPED), PostState.PLANNED)
        assert store.move(row("a", state=PostState.DUE), PostState.PLANNED) is False
        assert store.get(row("a").id).state is PostState.SKIPPED

    def test_a_row_may_keep_its_state_and_change_otherwise(self, store: OutboxStore) -> None:
        store.add([row("a")])
        edited = row("a", text="Autre texte", due_at=AT + timedelta(minutes=3))
        assert store.move(edited, PostState.PLANNED) is True
        assert store.get(edited.id) == edited

    def test_every_change_of_state_follows_the_table(self, store: OutboxStore) -> None:
        for before in PostState:
            for after in PostState:
                name = f"{before}-{after}"
                store.add([row(name, state=before)])
                if before is after or may_become(before, after):
                    assert store.move(row(name, state=after), before), name
                else:
                    with pytest.raises(ValueError, match=after.value):
                        store.move(row(name, state=after), before)
                    assert store.get(f"id-{name}").state is before

    def test_one_of_many_threads_gets_the_row(self, store: OutboxStore) -> None:
        store.add([row("a", state=PostState.DUE)])
        start = threading.Barrier(4)
        won: list[bool] = []

        def take() -> None:
            start.wait()
            won.append(store.move(row("a", state=PostState.SENDING), PostState.DUE))

        threads = [threading.Thread(target=take) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(won) == [False, False, False, True]

    def test_clear_forgets_one_occasion_of_one_chat(self, store: OutboxStore) -> None:
        kept = [row("k", occasion=Occasion.LIVE), row("e", chat_id="elsewhere")]
        gone = row("g", occasion=Occasion.REHEARSAL)
        store.add([*kept, gone])
        store.clear("chat", Occasion.REHEARSAL)
        assert list(store.rows("chat", Occasion.REHEARSAL)) == []
        assert list(store.rows("chat", Occasion.LIVE)) == [kept[0]]
        assert list(store.rows("elsewhere", Occasion.LIVE)) == [kept[1]]


class PostStoreContract:
    """Collected posts are kept once each, with the organiser's marks."""

    def test_a_post_comes_back_as_it_was(self, store: PostStore) -> None:
        full = feed_post(
            "1",
            starred=True,
            hidden=True,
            answered=True,
            question_id="q1",
            assigned_to="guest",
        )
        assert list(store.add("chat", Occasion.LIVE, [full])) == [full]
        assert list(store.all("chat", Occasion.LIVE)) == [full]

    def test_only_new_posts_are_given_back(self, store: PostStore) -> None:
        first, second = feed_post("1"), feed_post("2", 1)
        store.add("chat", Occasion.LIVE, [first])
        assert list(store.add("chat", Occasion.LIVE, [first, second, second])) == [second]

    def test_a_post_seen_again_keeps_its_marks(self, store: PostStore) -> None:
        store.add("chat", Occasion.LIVE, [feed_post("1")])
        store.mark("chat", Occasion.LIVE, Marking("1", Mark.STARRED, True))
        store.add("chat", Occasion.LIVE, [feed_post("1")])
        assert [one.starred for one in store.all("chat", Occasion.LIVE)] == [True]

    def test_a_mark_changes_itself_alone(self, store: PostStore) -> None:
        texts = (Mark.QUESTION, Mark.ASSIGNED, Mark.ASKS)
        values = {mark: "x" if mark in texts else True for mark in Mark}
        for mark, value in values.items():
            store.clear("chat", Occasion.LIVE)
            store.add("chat", Occasion.LIVE, [feed_post("1"), feed_post("2", 1)])
            store.add("chat", Occasion.REHEARSAL, [feed_post("1")])
            for other, set_to in values.items():
                assert store.mark("chat", Occasion.LIVE, Marking("1", other, set_to))
            assert store.mark("chat", Occasion.LIVE, Marking("1", mark, type(value)()))
            wanted = {one.value: values[one] for one in Mark if one is not mark}
            # It was said a confidence last: that it is harmless holds no more.
            wanted[Mark.HARMLESS.value] = False
            assert list(store.all("chat", Occasion.LIVE)) == [
                feed_post("1", 0, **wanted),
                feed_post("2", 1),
            ]
            assert list(store.all("chat", Occasion.REHEARSAL)) == [feed_post("1")]

    def test_a_mark_brings_no_post_back(self, store: PostStore) -> None:
        assert not store.mark("chat", Occasion.LIVE, Marking("gone", Mark.STARRED, True))
        assert list(store.all("chat", Occasion.LIVE)) == []

    def test_a_corrected_post_keeps_its_marks(self, store: PostStore) -> None:
        first = feed_post("un", starred=True, assigned_to="g")
        store.add("chat", Occasion.LIVE, [first, feed_post("deux", 1)])
        post = replace(first.post, author="autre", text="Corrigé")
        made = replace(first, post=post, question_id="q2")
        assert store.correct("chat", Occasion.LIVE, "un", post, "q2") == made
        assert store.all("chat", Occasion.LIVE)[0] == made

    def test_a_correction_may_change_the_link(self, store: PostStore) -> None:
        store.add("chat", Occasion.LIVE, [feed_post("un"), feed_post("deux", 1)])
        store.correct("chat", Occasion.LIVE, "un", feed_post("trois").post, "")
        absent = store.correct("chat", Occasion.LIVE, "absent", feed_post("quatre").post, "")
        assert absent is None
        assert {one.post.id for one in store.all("chat", Occasion.LIVE)} == {"trois", "deux"}
        there = store.correct("chat", Occasion.LIVE, "trois", feed_post("deux", 9).post, "")
        assert there == feed_post("deux", 1)
        assert list(store.all("chat", Occasion.LIVE)) == [feed_post("deux", 1)]

    def test_a_removed_post_is_gone_from_that_hour_alone(self, store: PostStore) -> None:
        for occasion in Occasion:
            store.add("chat", occasion, [feed_post("un")])
        store.remove("chat", Occasion.LIVE, "un")
        store.remove("chat", Occasion.LIVE, "un")
        assert list(store.all("chat", Occasion.LIVE)) == []
        assert len(store.all("chat", Occasion.REHEARSAL)) == 1

    def test_completed_posts_keep_their_marks_and_nothing_is_added(self, store: PostStore) -> None:
        first = feed_post("un", starred=True, question_id="q1")
        store.add("chat", Occasion.LIVE, [first, feed_post("deux", 1)])
        told = [replace(feed_post(one).post, text="Entier") for one in ("un", "absent")]
        made = replace(first, post=told[0])
        assert list(store.complete("chat", Occasion.LIVE, told)) == [made]
        assert list(store.all("chat", Occasion.LIVE)) == [made, feed_post("deux", 1)]
        store.remove("chat", Occasion.LIVE, "un", "deux", "absent")
        assert list(store.all("chat", Occasion.LIVE)) == []

    def test_one_post_is_found_by_its_id(self, store: PostStore) -> None:
        store.add("chat", Occasion.LIVE, [feed_post("un"), feed_post("deux", 1)])
        assert store.find("chat", Occasion.LIVE, "deux") == feed_post("deux", 1)
        assert store.find("chat", Occasion.REHEARSAL, "deux") is None

    @pytest.mark.parametrize(
        ("text", "ids"),
        [
            ("HOPITAL", ["2", "1"]), ("pita", ["2", "1"]), ("hopital village", ["1"]),
            ("@awa_ex", ["2"]), ("aissatou", ["1"]), ("é", ["2", "1"]), ("l’h", ["2", "1"]),
            ("%", []), ("100 %", []), ("_", ["2"]), ('"', ["2"]), ('"oui', []), ("a OR b", []),
            ("hop*", []), ("NEAR(a b)", []), ("words: hopital", []), ("\0", []), ("ab\0c", []),
            ("';--", []), ("💜", ["2"]), ("💜💜💜", []), ("\ud83d", []), ("رواج", []),
        ],
    )  # fmt: skip
    def test_a_search_finds_parts_of_words_whatever_their_accents(
        self, store: PostStore, text: str, ids: list[str]
    ) -> None:
        first, second = (feed_post(one, minutes) for minutes, one in enumerate("12"))
        said = ("À l’hôpital du village", "L‘HOPITAL 💜 a dit « oui »")
        written = (
            replace(first.post, text=said[0], author="binta", author_name="Aïssatou"),
            replace(second.post, text=said[1], author="awa_ex", author_name="Awa"),
        )
        posts = [replace(first, post=written[0]), replace(second, post=written[1])]
        store.add("chat", Occasion.LIVE, posts)
        store.add("chat", Occasion.REHEARSAL, [replace(first, post=replace(written[0], id="3"))])
        assert store.search("chat", Occasion.LIVE, fold(text).split(), 9) == ids
        assert store.search("chat", Occasion.LIVE, fold(text).split(), 1) == ids[:1]

    def test_a_search_follows_what_is_changed_and_taken_out(self, store: PostStore) -> None:
        store.add("chat", Occasion.LIVE, [feed_post("un"), feed_post("deux", 1)])
        made = replace(feed_post("deux").post, text="Corrigé")
        store.correct("chat", Occasion.LIVE, "deux", made, "")
        store.complete("chat", Occasion.LIVE, [replace(feed_post("un").post, text="Complété")])
        for word, ids in (("corrige", ["deux"]), ("complete", ["un"]), ("zzz", [])):
            assert store.search("chat", Occasion.LIVE, [word], 9) == ids
        store.remove("chat", Occasion.LIVE, "un")
        assert store.search("chat", Occasion.LIVE, ["complete"], 9) == []
        store.clear("chat", Occasion.LIVE)
        assert store.search("chat", Occasion.LIVE, ["corrige"], 9) == []

    def test_posts_come_oldest_first(self, store: PostStore) -> None:
        store.add("chat", Occasion.LIVE, [feed_post("9", 5), feed_post("10", 1)])
        assert [one.post.id for one in store.all("chat", Occasion.LIVE)] == ["10", "9"]

    def test_clear_forgets_one_occasion(self, store: PostStore) -> None:
        store.add("chat", Occasion.LIVE, [feed_post("1")])
        store.add("chat", Occasion.REHEARSAL, [feed_post("1")])
        store.clear("chat", Occasion.REHEARSAL)
        assert len(store.all("chat", Occasion.LIVE)) == 1
        assert list(store.all("chat", Occasion.REHEARSAL)) == []


class PictureStoreContract:
    """Contents are kept under their hash, chat by chat.

    The outbox of the chat "chat" has one row with the picture `IN_OUTBOX`.
    """

    IN_OUTBOX = b"a picture of the outbox"

    def test_a_content_comes_back_under_its_id(self, store: PictureStore) -> None:
        first, second = store.add("chat", b"\x00\xff"), store.add("chat", b"another")
        assert store.add("chat", b"\x00\xff") == first != second
        assert store.content("chat", first) == b"\x00\xff"
        assert len(first) == 64

    def test_what_is_not_kept_is_a_key_error(self, store: PictureStore) -> None:
        elsewhere = store.add("elsewhere", b"one")
        for picture_id in ("nothing", elsewhere):
            with pytest.raises(KeyError):
                store.content("chat", picture_id)

    def test_pictures_no_post_shows_any_more_are_forgotten(self, store: PictureStore) -> None:
        wanted, gone = store.add("chat", b"wanted"), store.add("chat", b"gone")
        sent, elsewhere = store.add("chat", self.IN_OUTBOX), store.add("elsewhere", b"gone")
        store.prune("chat", {wanted})
        assert store.content("chat", wanted) == b"wanted"
        assert store.content("chat", sent) == self.IN_OUTBOX
        assert store.content("elsewhere", elsewhere) == b"gone"
        with pytest.raises(KeyError):
            store.content("chat", gone)


class LedgerStoreContract:
    """What was read adds up, chat by chat."""

    def test_reads_add_up_over_the_days(self, store: LedgerStore) -> None:
        assert store.reads("chat") == Reads()
        store.add("chat", date(2026, 11, 25), Reads(posts=10, users=3))
        store.add("chat", date(2026, 11, 25), Reads(posts=1, own_posts=100))
        store.add("chat", date(2026, 11, 26), Reads(users=1))
        store.add("elsewhere", date(2026, 11, 26), Reads(posts=1000))
        assert store.reads("chat") == Reads(posts=11, users=4, own_posts=100)
