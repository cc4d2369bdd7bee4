# Every task; bare `make` lists them. A target names a tool or a script in bin/ and holds no logic.
.DEFAULT_GOAL := help
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules --no-print-directory

.PHONY: help
help: ## Show this list
	@awk -F':.*## ' '/^##@/{printf "\n%s\n",substr($$0,5)} /^[a-z0-9-]+:.*## /{printf "  %-13s %s\n",$$1,$$2}' $(MAKEFILE_LIST)

##@ Start

.PHONY: run
run: ## Build what changed, start everything on http://localhost:8080, stop it on Ctrl-C
	@bin/tercet run --follow

.PHONY: setup
setup: ## Fetch what building and testing need, for a machine that will be offline
	@bin/setup

.PHONY: build
build: ## Build what changed, and nothing else
	@bin/tercet build

##@ Check

.PHONY: unit
unit: ## The inner loop: tests of the services and the page, no containers, no browser
	@bin/test unit

.PHONY: test
test: ## Everything that this machine can run: lint, all tests, the product from outside
	@bin/test all

.PHONY: fuzz
fuzz: ## Let Jazzer look for bytes that http-raw-server reads wrongly: FUZZ_SECONDS=60
	@bin/fuzz

.PHONY: soak
soak: ## Loads that nothing may grow or end under, each as long as this or until it is done: SOAK_MINUTES=30
	@SOAK_MINUTES=$${SOAK_MINUTES:-30} bin/mvn -q -pl http-raw-server,chat-service,file-service,web-gateway test -Dtest='*SoakTest'

.PHONY: chaos
chaos: ## Kill replicas of chat-service, PostgreSQL and Valkey under load, each seed another way: SEEDS=100
	@CHAOS_SEEDS=$${SEEDS:-100} bin/mvn -q -pl chat-service test -Dtest=ReplicasAreKilledTest

.PHONY: lint
lint: ## Formats, sizes, types, scripts
	@bin/lint

.PHONY: format
format: ## Mend formats
	@bin/mvn -q spotless:apply
	@npm --prefix web-ui run --silent format

.PHONY: ci
ci: ## What a clean machine runs: installs what is missing, leaves no test out, tries the images
	@.ci/run

##@ Measure

.PHONY: measure
measure: ## Memory 60 s after ready, and how long a second start takes
	@bin/tercet measure

.PHONY: bench-http
bench-http: ## Measure http-raw-server beside nginx, h2o, lighttpd, Jetty, Netty and the bare calls
	@benchmarks/http/run

.PHONY: bench-growth
bench-growth: ## Measure whether an operation costs more with a million messages, rooms, people and items
	@benchmarks/growth/run

.PHONY: bench-replicas
bench-replicas: ## Measure what one, two and three chat-services cost for each entry that they deliver
	@benchmarks/replicas/run

.PHONY: lab
lab: ## Compare every concurrency model under the same traffic; writes build/lab.html
	@bin/lab

##@ Ship

.PHONY: images
images: ## Build the container images
	@bin/containers build

.PHONY: up
up: ## Start everything in containers
	@bin/containers up

.PHONY: up-cluster
up-cluster: ## Start two of each of chat-service and web-gateway on PostgreSQL and Valkey
	@bin/containers cluster

.PHONY: down
down: ## Stop the containers, of a cluster too; their volumes stay
	docker compose down --remove-orphans

.PHONY: logs
logs: ## Follow the containers' logs
	docker compose logs --follow

.PHONY: k8s-secrets
k8s-secrets: ## Make the secret for Kubernetes, once; git ignores it
	@[ -s k8s/base/secret.env ] || (umask 077; \
	  printf 'service-secret=%s\n' "$$(head -c 32 /dev/urandom | base64 -w 0)" > k8s/base/secret.env)

.PHONY: k8s-render
k8s-render: k8s-secrets ## Print what Kubernetes would be given
	@kubectl kustomize k8s/overlays/local

.PHONY: k8s-check
k8s-check: ## Parse what Kubernetes would be given as strictly as it does
	@bin/mvn -q -pl system-tests test -Dtest='*Manifest*'

##@ Clean

.PHONY: clean
clean: ## Delete everything that was built; ./data stays
	rm -rf build target */target web-ui/dist web-ui/node_modules
