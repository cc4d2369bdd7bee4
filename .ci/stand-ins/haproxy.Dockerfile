# haproxy:3.0, with the folder of its configuration and the command that the official image has.
FROM debian:trixie-slim
RUN apt-get update -q && apt-get install -q -y --no-install-recommends haproxy && \
    install -d /usr/local/etc/haproxy && haproxy -v | grep -q 'version 3\.0\.'
USER haproxy
STOPSIGNAL SIGUSR1
CMD ["haproxy", "-W", "-db", "-f", "/usr/local/etc/haproxy/haproxy.cfg"]
