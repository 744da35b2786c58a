"""Loading Rasa's agent in this process, with our stores and generator behind Rasa's own interfaces."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rasa.core.agent import Agent
from rasa.core.lock_store import InMemoryLockStore, LockStore, RedisLockStore
from redis import Redis

from bot.dialogue.nlg import FlowNLG
from bot.dialogue.tracker_store import AmableTrackerStore
from bot.storage import Store


def load_agent(
    model: Path,
    store: Store | None,
    *,
    redis_url: str = "",
    committed: Callable[[tuple[int, ...]], None] = lambda _ids: None,
    public_link: Callable[[], str] = lambda: "",
) -> Agent:
    """The agent of a trained model. Raises Rasa's ``ModelNotFound`` where there is no model at the path."""
    tracker_store = AmableTrackerStore(None, store, committed, public_link=public_link)
    agent = Agent.load(
        str(model), generator=FlowNLG(), tracker_store=tracker_store, lock_store=lock_store_for(redis_url)
    )
    tracker_store.domain = agent.domain
    return agent


def lock_store_for(redis_url: str) -> LockStore:
    """Locks in memory for one process; in Redis where several processes share the people."""
    if not redis_url:
        return InMemoryLockStore()
    options = Redis.from_url(redis_url).connection_pool.connection_kwargs
    return RedisLockStore(
        host=options.get("host", "localhost"),
        port=int(options.get("port", 6379)),
        db=int(options.get("db", 0)),
        username=options.get("username"),
        password=options.get("password"),
        key_prefix="amable",
    )
