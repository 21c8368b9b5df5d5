# The few commands of daily work; each is a script that also runs by itself.

SHELL := bash
export CARGO_TARGET_DIR ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/duban/target

.DEFAULT_GOAL := help
.PHONY: help run test test-rust test-clients test-web test-e2e test-one build lint format licences layers regenerate ci clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Build what changed, then serve the demo at http://127.0.0.1:8080 (ARGS="--listen 127.0.0.1:9000")
	@scripts/run.sh $(ARGS)

test: ## Run every test: Rust on SQLite and PostgreSQL, clients of others, web unit tests, end to end in a browser
	@scripts/test.sh

test-rust: ## Run the Rust tests alone
	@scripts/test.sh rust

test-clients: ## Run the public GraphQL audits, the clients of others, the examples, and what docs/api shows
	@scripts/test.sh clients

test-web: ## Check types, unit tests and size of the web client
	@scripts/test.sh web

test-e2e: ## Run the end-to-end tests alone
	@scripts/test.sh e2e

test-one: ## Run the Rust tests whose name holds T: make test-one T=plan_is_issued
	@scripts/test-one.sh "$(T)"

build: ## Build the web client and the server
	@scripts/build-web.sh && cargo build --workspace --bins
	@echo "The program: $(CARGO_TARGET_DIR)/debug/duban"

lint: ## Check format and lints of Rust and of the web client
	@scripts/build-web.sh --packages-only
	cargo fmt --all --check
	npm --prefix web run --silent lint
	cargo clippy --workspace --all-targets -- -D warnings

format: ## Format Rust and the web client
	@scripts/build-web.sh --packages-only
	cargo fmt --all
	npm --prefix web run --silent format

licences: ## Check licences, sources and doubled versions of dependencies
	@scripts/licences.sh

layers: ## Check the direction of dependencies and the size of files
	@cargo xtask layers

regenerate: ## Write schema.graphql, the client's types, docs/configuration.md, docs/cli.md and docs/api/errors.md again
	@scripts/build-web.sh --packages-only
	@cargo xtask regenerate

ci: ## Run all that a change must pass
	@.ci/run

clean: ## Remove what was built (the demo's data in data/ stays)
	rm -rf "$(CARGO_TARGET_DIR)" web/dist web/node_modules/.duban
