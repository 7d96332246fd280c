# `make run` starts the coach, `make test` runs every check. Both set up what they need the first time.
# On Windows, or without make: see README.md.

PYTHON_IN_VENV := .venv/bin/python
ARGS ?=

.PHONY: help run test format lock bench sounds icons schema figures examples screenshots samples package release audit \
	clean set-up-to-run set-up-to-test

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/make \1#\2/p' Makefile | awk -F'#' '{ printf "%-18s%s\n", $$1, $$2 }'

run: set-up-to-run ## start the coach; make run ARGS="doctor" hands it arguments
	@exec $(PYTHON_IN_VENV) -m coach $(ARGS)

# Half of the time a test waits for a program that it has started. Of more at once those that measure would suffer.
AT_ONCE := -n 2 --dist loadfile
# These look at the pointer, or at time: each by itself.
ALONE := tests/test_first_paint.py tests/ui/screens/test_library.py

# All of them, even if one fails: one run shows all there is to do. pytest has the last word.
test: set-up-to-test ## run every check: style, types, tests; ARGS go to pytest
	@failed=; \
	.venv/bin/ruff check --quiet . || failed="$$failed ruff-check"; \
	.venv/bin/ruff format --quiet --check . || failed="$$failed ruff-format(make-format)"; \
	.venv/bin/mypy || failed="$$failed mypy"; \
	if [ -n "$(ARGS)" ]; then .venv/bin/pytest $(ARGS) || failed="$$failed pytest"; else \
	.venv/bin/pytest $(AT_ONCE) $(ALONE:%=--ignore=%) || failed="$$failed pytest"; \
	.venv/bin/pytest $(ALONE) || failed="$$failed pytest-alone"; fi; \
	[ -z "$$failed" ] || { echo "Failed:$$failed" >&2; exit 1; }

format: set-up-to-test ## bring the code into its form
	@.venv/bin/ruff check --quiet --fix-only .
	@.venv/bin/ruff format --quiet .

# uv is not in the lock that it writes. The other lists hold the first, so that what is tested and built is what runs.
LOCK = $$(command -v uv || echo .venv/bin/uv) pip compile --quiet pyproject.toml --python-version 3.11 --universal \
	--generate-hashes --no-header --no-annotate $(ARGS)
lock: set-up-to-test ## write the locked requirements anew; ARGS=--upgrade takes newer releases
	@command -v uv >/dev/null || [ -x .venv/bin/uv ] || $(PYTHON_IN_VENV) -m pip install --quiet uv
	@$(LOCK) --extra install -o requirements/run.txt
	@$(LOCK) --extra install --extra test -c requirements/run.txt -o requirements/dev.txt
	@$(LOCK) --extra install --extra package -c requirements/run.txt -o requirements/package.txt
	@$(LOCK) --extra install --extra publish -c requirements/run.txt -o requirements/publish.txt

bench: set-up-to-test ## measure start, memory, painting, sound and store
	@$(PYTHON_IN_VENV) tests/benchmarks/run.py $(ARGS)

sounds: set-up-to-test ## make the cue sounds anew
	@$(PYTHON_IN_VENV) assets/sounds/make_sounds.py $(ARGS)

schema: set-up-to-test ## write the published schema of the routine file
	@$(PYTHON_IN_VENV) -m coach.core.routine.schema > assets/routine.schema.json.new
	@mv assets/routine.schema.json.new assets/routine.schema.json

figures: set-up-to-test ## draw the contact sheets and the recordings of the figures
	@$(PYTHON_IN_VENV) tests/tools/figures.py $(ARGS)

examples: set-up-to-test ## write the worked examples of the documentation
	@QT_QPA_PLATFORM=offscreen $(PYTHON_IN_VENV) -m tests.tools.examples

screenshots: set-up-to-test ## take the pictures of the documentation
	@$(PYTHON_IN_VENV) tests/tools/screenshots.py $(ARGS)

samples: set-up-to-test ## write the sample handout and report of the documentation
	@$(PYTHON_IN_VENV) tests/tools/samples.py $(ARGS)

icons: set-up-to-test ## draw the icons of the program and of its files in every size, into build/icons
	@$(PYTHON_IN_VENV) packaging/icons.py $(ARGS)

package: ## build and test what is handed out: folder, .deb, wheel, sources; ARGS=folder, deb or wheel
	@packaging/setup.sh package
	@.venv-package/bin/python packaging/package.py $(ARGS)

release: ## cut a release: make release ARGS=0.2.0
	@python3 packaging/release.py $(ARGS)

audit: ## ask the advisory service about every package of the program; needs the network
	@packaging/setup.sh publish
	@.venv-publish/bin/pip-audit --strict --disable-pip --require-hashes -r requirements/run.txt $(ARGS)

clean: ## remove caches and builds; `rm -r .venv*` removes the installations too
	@rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -path './.venv*' -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

set-up-to-run:
	@packaging/setup.sh run

set-up-to-test:
	@packaging/setup.sh test
