"""The stand-in as a process, driven over HTTP, as the kill harness drives it."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from tests.standins.telegram import TOKEN


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    command = [sys.executable, "-m", "tests.standins.telegram", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.kill()


@pytest.fixture
async def web(url: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=url) as client:
        await client.post("/control/reset")
        yield client


def method(name: str) -> str:
    return f"/bot{TOKEN}/{name}"


async def test_updates_stay_until_an_offset_confirms_them(web: httpx.AsyncClient) -> None:
    first = (await web.post("/control/text", json={"chat": "7", "text": "hola"})).json()["update_id"]
    await web.post("/control/tap", json={"chat": "7", "data": "g|menu"})
    for _ in range(2):
        batch = (await web.post(method("getUpdates"))).json()["result"]
        assert [each["update_id"] for each in batch] == [first, first + 1]
    rest = (await web.get(method("getUpdates"), params={"offset": first + 1})).json()["result"]
    assert rest[0]["callback_query"]["data"] == "g|menu"
    assert (await web.get("/control/state")).json()["waiting"] == [first + 1]


async def test_a_long_poll_ends_with_the_news_and_a_second_reader_ends_the_first(web: httpx.AsyncClient) -> None:
    first = asyncio.create_task(web.post(method("getUpdates"), data={"timeout": 30}, timeout=20))
    while not (await web.get("/control/state")).json()["calls"].get("getUpdates"):
        pass
    second = asyncio.create_task(web.post(method("getUpdates"), data={"timeout": 30}, timeout=20))
    assert (await first).json()["error_code"] == 409
    await web.post("/control/text", json={"chat": "7", "text": "hola"})
    assert len((await second).json()["result"]) == 1


async def test_deliveries_are_kept_in_order_and_faults_are_done_once(web: httpx.AsyncClient) -> None:
    await web.post("/control/fault", json={"kind": "flood", "retry_after": 9})
    refused = await web.post(method("sendMessage"), data={"chat_id": "7", "text": "uno"})
    assert (refused.status_code, refused.json()["parameters"]) == (429, {"retry_after": 9})
    await web.post("/control/fault", json={"kind": "drop"})
    with pytest.raises(httpx.RemoteProtocolError):
        await web.post(method("sendMessage"), data={"chat_id": "7", "text": "dos"})
    await web.post(method("sendMessage"), json={"chat_id": 7, "text": "tres"})
    await web.post(method("sendMessage"), data={"chat_id": "8", "text": "otro"})
    sent = (await web.get("/control/sent", params={"chat": "7"})).json()
    assert [each["text"] for each in sent] == ["dos", "tres"]
    assert sent[0]["at"] <= sent[1]["at"]


async def test_telegram_s_own_limits_hold(web: httpx.AsyncClient) -> None:
    for text in ("", " ", "x" * 4097, "😀" * 2049):
        assert (await web.post(method("sendMessage"), data={"chat_id": "7", "text": text})).status_code == 400
    assert (await web.post("/bot99:wrong/getMe")).status_code == 401
    assert (await web.post(method("sendDiceOfNextYear"))).status_code == 404


async def test_a_wrong_control_says_so(web: httpx.AsyncClient) -> None:
    assert (await web.post("/control/fault", json={"kind": "earthquake"})).status_code == 400
    assert (await web.post("/control/text", json={"chap": "7"})).status_code == 400
    assert (await web.post("/control/dance")).status_code == 404
