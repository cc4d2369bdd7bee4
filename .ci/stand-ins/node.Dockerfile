# node:24-trixie-slim. The context is a folder with this machine's Node (which may be an older one).
FROM debian:trixie-slim
RUN apt-get update -q && apt-get install -q -y --no-install-recommends libstdc++6
COPY . /usr/
ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/bin/npm && \
    ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/bin/npx && \
    node --version && npm --version
CMD ["node"]
