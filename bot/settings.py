"""Settings of the service: one structure, every field from an ``AMABLE_…`` environment variable, with its default."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Everything an operator may set. Nothing is needed to start: the defaults are one machine, SQLite, web chat."""

    model_config = SettingsConfigDict(env_prefix="AMABLE_", env_file=None, extra="ignore")

    state: Path = Field(default=ROOT / "var", description="Folder of what the service keeps: database, keys, caches.")
    models: Path = Field(default=ROOT / "models", description="Folder of trained models.")
    flows: Path = Field(default=ROOT / "flows", description="Folder of the routes.")
    facts: Path = Field(default=ROOT / "facts", description="Folder of the facts.")
    nlu: Path = Field(default=ROOT / "nlu", description="Folder of the training data.")
    locales: Path = Field(default=ROOT / "locales", description="Folder of the catalogues.")
    config: Path = Field(default=ROOT / "config.yml", description="Rasa's configuration.")
    database_url: str = Field(default="", description="Empty: SQLite in the state folder. Else postgresql://…")
    redis_url: str = Field(default="", description="Empty: locks in memory. Needed with more than one process.")
    keys: SecretStr = Field(default=SecretStr(""), description="Encryption keys, newest last: k1:base64,k2:base64")
    lookup_key: SecretStr = Field(default=SecretStr(""), description="Key of the look-up hashes, base64.")
    host: str = Field(default="127.0.0.1", description="Address the web service listens on.")
    port: int = Field(default=8080, description="Port the web service listens on.")
    telegram_token: SecretStr = Field(default=SecretStr(""), description="Empty: Telegram is off.")
    telegram_api: str = Field(default="https://api.telegram.org", description="Bot API server.")
    telegram_webhook_url: str = Field(default="", description="Empty: long polling. Else the public https address.")
    telegram_webhook_secret: SecretStr = Field(default=SecretStr(""), description="Secret token of the webhook.")
    public_link: str = Field(
        default="",
        pattern=r"^$|^https?://[^\s?#]+$",
        description="Where the code on a page leads: https://t.me/YourBot, or the web chat. Empty: the Telegram bot's "
        "own link, once it is known; without a bot the page has no code.",
    )
    exit_url: str = Field(
        default="https://www.google.com/search?q=clima", description="Where «salir rápido» of the web chat leads."
    )
    workers: int = Field(default=4, ge=1, le=64, description="Turns that one process works on at the same time.")
    burst: int = Field(
        default=20, ge=0, description="Messages of one person in quick succession that are answered; 0: any number."
    )
    metrics_token: SecretStr = Field(
        default=SecretStr(""), description="Bearer token that opens /metrics to other machines; empty: this one only."
    )
    log_format: str = Field(default="console", pattern="^(console|json)$", description="console or json")
    log_level: str = Field(default="INFO", description="DEBUG, INFO, WARNING, ERROR")

    @property
    def database(self) -> str:
        """The database's address; the embedded SQLite file where none is set."""
        return self.database_url or f"sqlite:///{self.state / 'amable.db'}"
