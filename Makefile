# Banco Amable 2.0. `make run` and `make test` set everything up on a fresh machine with Python 3.11, make and git.
SHELL := /bin/bash
.DEFAULT_GOAL := help
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
RUN := $(UV) run --frozen

.PHONY: help setup run test check train chat lint types arrows content format clean

help:  ## show the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.uv/bin/uv:  # uv is the way in: pip cannot resolve Rasa 3.6 on Python 3.11 (docs/decisions/0001)
	@echo "Installing uv into .uv (only this folder)…"
	@python3 -m venv .uv
	@.uv/bin/pip install --quiet --disable-pip-version-check 'uv>=0.5,<1'

setup: $(UV)  ## install the locked environment
	@$(UV) sync --frozen --quiet
	@$(RUN) amable locales compile >/dev/null

run: setup  ## start the service: web chat, and Telegram where a token is set
	@$(RUN) amable run

chat: setup  ## talk to the bot in the terminal
	@$(RUN) amable chat

train: setup  ## train the model if the data have changed
	@$(RUN) amable train

test: setup  ## pass the tests
	@$(RUN) amable train
	$(RUN) pytest -n 2 --dist loadfile -m "not slow"

lint: setup
	$(RUN) ruff check .
	$(RUN) ruff format --check .

types: setup
	$(RUN) mypy

arrows: setup
	$(RUN) lint-imports

content: setup
	$(RUN) amable check

check: lint types arrows content  ## all that CI runs
	@$(RUN) amable train
	$(RUN) pytest -n 2 --dist loadfile

format: setup  ## format the code
	$(RUN) ruff check --fix .
	$(RUN) ruff format .

clean:  ## remove caches, models and the environment; never the state folder var/
	rm -rf .venv .uv .rasa models .mypy_cache .ruff_cache .pytest_cache build
