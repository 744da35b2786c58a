"""The queues cost the same however much has gone through them: no poll reads through what is done."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import event

from bot.storage import NewFire, Store, Vault, open_database, upgrade
from tests.storage.helpers import ANA, DAY, LEASE, NOON, YES, deliver_all, outgoing, turn

QUEUES = ("inbox", "outbox", "fires")


def test_no_poll_scans_a_queue(tmp_path: Path, vault: Vault) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'amable.db'}")
    upgrade(engine)
    store = Store(engine, vault)
    turn(store, "hola", consent=YES, fires=(NewFire("check_in", NOON + DAY, "ppt"),))
    deliver_all(store)
    plans: list[str] = []

    def explain(_c: Any, cursor: Any, statement: str, parameters: Any, _x: Any, _m: bool) -> None:
        if statement.startswith(("SELECT", "UPDATE")):
            steps = cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
            plans.extend(step[-1] for step in steps)

    event.listen(engine, "before_cursor_execute", explain)
    store.claim_next("w1", NOON, LEASE)
    outgoing(store)
    store.recover_sending(NOON)
    store.enqueue_due_fires(NOON, 10)
    store.history(ANA)
    engine.dispose()
    read = [plan for plan in plans if any(queue in plan for queue in QUEUES)]
    assert any("inbox" in plan for plan in read)
    assert any("outbox" in plan for plan in read)
    assert any("fires" in plan for plan in read)
    assert [plan for plan in read if plan.startswith("SCAN")] == []
