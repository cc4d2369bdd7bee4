# valkey/valkey:8, with the folder and the user that the official image has.
FROM debian:trixie-slim
RUN apt-get update -q && apt-get install -q -y --no-install-recommends valkey-server valkey-tools && \
    install -d -o valkey -g valkey -m 0750 /data
WORKDIR /data
VOLUME /data
USER valkey
EXPOSE 6379
CMD ["valkey-server", "--bind", "*", "-::*", "--protected-mode", "no"]
