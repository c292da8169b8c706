# Each target says on its own line what it is for; `make` alone lists them.

VENV_PYTHON := .venv/bin/python
CHAPTER ?=
ARGS ?=

.PHONY: help env lab test lint benchmark print lock

help: ## list what make can do
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s  %s\n", $$1, $$2 }' Makefile

env: ## make .venv, with everything the course needs (the other targets do it first)
	@sh tools/env.sh

lab: env ## open JupyterLab, notebook left, exercise file right (CHAPTER=01 opens that chapter)
	@$(VENV_PYTHON) -m tools.lab $(CHAPTER) $(ARGS)

test: env ## run the project's own tests and name what was skipped (ARGS="-k word" picks some)
	@$(VENV_PYTHON) -m pytest $(ARGS)

lint: env ## look for slips with ruff
	@$(VENV_PYTHON) -m ruff check .

benchmark: env ## time the course's NumPy beside PyTorch (ARGS=--quick for a glance)
	@$(VENV_PYTHON) benchmarks/against_pytorch.py $(ARGS)

print: env ## print again all that is printed: stubs, notebooks, environment.yml, tables
	@$(VENV_PYTHON) -m tools.printing

lock: ## choose the newest versions that fit pyproject.toml, into requirements.txt (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv: see docs.astral.sh/uv, or pip install uv." >&2; exit 1; }
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --upgrade \
		--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --quiet --output-file requirements.txt
