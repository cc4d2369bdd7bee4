# tercet-ci/tools: what stands beside the stack in a network of its own: lftp as a client, socat for
# Testcontainers.
FROM debian:trixie-slim
RUN apt-get update -q && apt-get install -q -y --no-install-recommends curl lftp socat
