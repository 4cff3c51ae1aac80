# The two commands of a fresh checkout are `make run` and `make test`; `make help` lists the rest.
# What was installed is remembered by stamps in .venv, so nothing is asked of apt, pip or the
# network a second time.

VENV := .venv
PYTHON_HERE := $(VENV)/bin/python
PIP_INSTALL := sh .ci/try_again.sh $(PYTHON_HERE) -m pip install \
	--disable-pip-version-check --retries 10 --timeout 60
LOCKED := --only-binary :all: --require-hashes

export PYTHON

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: run demo test bench soak histories screenshots lock clean help

run: $(VENV)/.locked-for-run ## open the window on the last event, or on the sample event
	@if [ "$$(uname)" = Linux ] && [ -z "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		echo "There is no display here: doing the same job without one (make demo)."; \
		$(MAKE) --no-print-directory demo; \
	else \
		$(PYTHON_HERE) main.py; \
	fi

demo: $(VENV)/.locked-for-run ## do the whole job without a screen, in the folder demo/
	@$(PYTHON_HERE) main.py demo demo

test: $(VENV)/.system-for-test $(VENV)/.locked-for-test ## lint, types, import rules and all tests
	$(VENV)/bin/ruff check
	$(VENV)/bin/ruff format --check
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports --no-logo
	QT_QPA_PLATFORM=offscreen $(PYTHON_HERE) -m pytest

bench: $(VENV)/.locked-for-test ## measure speed and memory; prints one table
	QT_QPA_PLATFORM=offscreen $(PYTHON_HERE) -m tests.benchmarks

soak: $(VENV)/.system-for-test $(VENV)/.locked-for-test ## 20,000 scans by all devices, printing on: over an hour
	$(PYTHON_HERE) -m tests.benchmarks.soak

# FIRST: the first seed; a failure says with which command it is played again.
histories: $(VENV)/.system-for-test $(VENV)/.locked-for-test ## desks that part and meet, from seeds, until stopped
	$(PYTHON_HERE) tests/integration/hub/histories/playing.py --first $(or $(FIRST),0) --histories 1000000000

screenshots: $(VENV)/.system-for-test $(VENV)/.locked-for-test ## make the README's pictures anew
	$(PYTHON_HERE) docs/make_screenshots.py

# UPGRADE=1 also moves to the newest versions that pyproject.toml allows.
COMPILE := $(PYTHON_HERE) -m uv pip compile pyproject.toml --extra hub --quiet --universal \
	--python-version 3.11 --generate-hashes --custom-compile-command "make lock" \
	$(if $(UPGRADE),--upgrade)

lock: $(PYTHON_HERE) ## pin all dependencies of pyproject.toml anew (UPGRADE=1: to the newest)
	$(PIP_INSTALL) --quiet uv
	$(COMPILE) --output-file requirements.lock
	$(COMPILE) --group dev --constraints requirements.lock --output-file requirements-dev.lock
	@if grep -nE '://|^ *--(index|extra|find)' requirements.lock requirements-dev.lock; then \
		echo "A lock file must not name a registry's address." >&2; exit 1; \
	fi

clean: ## remove what was made here; the environment (.venv) stays
	rm -rf demo build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find checkin_app tests -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# The system's libraries: without a stamp when some are still missing, so that it is said again.
$(VENV)/.system-for-run: .ci/system_packages.sh
	@mkdir -p $(VENV)
	@if sh .ci/system_packages.sh run; then touch $@; fi

$(VENV)/.system-for-test: .ci/system_packages.sh
	@mkdir -p $(VENV)
	@if sh .ci/system_packages.sh test; then touch $(VENV)/.system-for-run $@; fi

$(PYTHON_HERE): | $(VENV)/.system-for-run
	@python=$$(sh .ci/find_python.sh) && "$$python" -m venv $(VENV)

$(VENV)/.locked-for-run: requirements.lock $(PYTHON_HERE) | $(VENV)/.system-for-run
	$(PIP_INSTALL) $(LOCKED) -r requirements.lock
	@touch $@

$(VENV)/.locked-for-test: requirements-dev.lock $(PYTHON_HERE)
	$(PIP_INSTALL) $(LOCKED) -r requirements-dev.lock
	@touch $(VENV)/.locked-for-run $@
