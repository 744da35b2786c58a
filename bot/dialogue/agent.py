"""Loading Rasa's agent in this process, with our stores and generator behind Rasa's own interfaces."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rasa.core.agent import Agent
from rasa.core.lock_store import InMemoryLockStore, LockStore

from bot.dialogue.locks import RedisLocks
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
    # Rasa wraps a tracker store in one that swallows its errors and keeps the conversation in memory instead. Here an
    # error must reach the worker: the turn was not stored, and its message is to be taken up again.
    agent.tracker_store = tracker_store
    if agent.processor is not None:
        agent.processor.tracker_store = tracker_store
    return agent


def lock_store_for(redis_url: str) -> LockStore:
    """Locks in memory for one process; in Redis where several processes share the people."""
    return RedisLocks(redis_url) if redis_url else InMemoryLockStore()
