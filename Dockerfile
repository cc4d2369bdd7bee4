# One build, one target a service: docker build --target chat-service .
#
# The JVM flags are those of launcher/jvm, as without containers. An AOT cache that was made with other
# flags, another jar or another JVM is ignored without a word: so each is made in the image that uses it.

# ── The page ──────────────────────────────────────────────────────────────────────────────────────
FROM node:24-trixie-slim AS page
WORKDIR /src/web-ui
COPY web-ui/package.json web-ui/package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci --no-audit --no-fund
COPY contracts /src/contracts
COPY web-ui ./
RUN npm run build

# ── The services, in one Maven run ────────────────────────────────────────────────────────────────
FROM maven:3-eclipse-temurin-25 AS build
# Maven's own libraries call for these.
ENV MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"
WORKDIR /src
COPY .mvn .mvn
COPY pom.xml ./
COPY launcher/pom.xml launcher/
COPY system-tests/pom.xml system-tests/
COPY chat-service chat-service
COPY file-service file-service
COPY http-raw-server http-raw-server
COPY http-lab http-lab
COPY web-gateway web-gateway
RUN --mount=type=cache,target=/root/.m2 \
    mvn --batch-mode --quiet -Dmaven.test.skip=true --projects '!launcher,!system-tests' package
# Jar and libraries side by side: starts quicker than a jar of jars, and an AOT cache needs it.
RUN for service in chat-service file-service web-gateway; do \
        java -Djarmode=tools -jar $service/target/$service.jar extract --destination /app/$service; \
    done && \
    mkdir /app/http-raw-server && \
    cp -r http-lab/target/http-lab.jar http-lab/target/lib /app/http-raw-server/

# ── What every service runs in ────────────────────────────────────────────────────────────────────
FROM eclipse-temurin:25-jre AS runtime
LABEL org.opencontainers.image.title="Tercet" \
      org.opencontainers.image.licenses="Apache-2.0"
# A volume that is empty takes over the owner of the folder where it is mounted.
RUN install -d -o 10001 -g 10001 -m 0700 /data && install -d -o 10001 -g 10001 -m 0750 /run/tercet
ENV TERCET_DATA=/data \
    TERCET_LISTEN=0.0.0.0 \
    TERCET_BIND=0.0.0.0 \
    TERCET_SERVICE_SECRET_FILE=/run/tercet/service-secret
WORKDIR /app
COPY launcher/jvm jvm
COPY bin/probe ./

# Makes the secret that services prove themselves with, once; one that is there is left alone.
FROM runtime AS service-secret
USER 10001:10001
ENTRYPOINT ["bash", "-euc", "cd /run/tercet; [[ ! -s service-secret ]] || exit 0; umask 0227; head -c 32 /dev/urandom | base64 -w 0 > new-secret; mv new-secret service-secret"]

# Rehearses a start for the AOT cache, with a secret and data of its own. A service that is refreshed
# has loaded all of its classes; what is not Spring's is started, asked and stopped. What SQLite's driver
# unpacks stays in /app/native: the container can write nowhere there.
FROM runtime AS rehearsal
SHELL ["bash", "-euc"]
ENV TERCET_DATA=/tmp/rehearsal TERCET_SERVICE_SECRET_FILE=/tmp/rehearsal-secret
RUN head -c 32 /dev/urandom | base64 -w 0 > /tmp/rehearsal-secret

FROM rehearsal AS chat-service-rehearsal
COPY --from=build /app/chat-service ./
RUN java @jvm/common.args @jvm/chat-service.args -XX:AOTCacheOutput=app.aot -Dspring.context.exit=onRefresh -jar chat-service.jar

FROM runtime AS chat-service
COPY --from=chat-service-rehearsal /app ./
EXPOSE 8081 9081
HEALTHCHECK --interval=5s --timeout=4s --start-period=2m \
    CMD ["./probe", "127.0.0.1", "9081", "/actuator/health/readiness"]
USER 10001:10001
ENTRYPOINT ["java", "@jvm/common.args", "@jvm/chat-service.args", "-XX:AOTCache=app.aot", "-jar", "chat-service.jar"]

FROM rehearsal AS file-service-rehearsal
COPY --from=build /app/file-service ./
RUN java @jvm/common.args @jvm/file-service.args -XX:AOTCacheOutput=app.aot -Dspring.context.exit=onRefresh -jar file-service.jar

FROM runtime AS file-service
COPY --from=file-service-rehearsal /app ./
EXPOSE 8082 9082 2121 2130-2139
HEALTHCHECK --interval=5s --timeout=4s --start-period=2m \
    CMD ["./probe", "127.0.0.1", "9082", "/actuator/health/readiness"]
USER 10001:10001
ENTRYPOINT ["java", "@jvm/common.args", "@jvm/file-service.args", "-XX:AOTCache=app.aot", "-jar", "file-service.jar"]

FROM rehearsal AS web-gateway-rehearsal
COPY --from=build /app/web-gateway ./
RUN java @jvm/common.args @jvm/web-gateway.args -XX:AOTCacheOutput=app.aot -Dspring.context.exit=onRefresh -jar web-gateway.jar

FROM runtime AS web-gateway
COPY --from=web-gateway-rehearsal /app ./
EXPOSE 8080 9080
HEALTHCHECK --interval=5s --timeout=4s --start-period=2m \
    CMD ["./probe", "127.0.0.1", "9080", "/actuator/health/readiness"]
USER 10001:10001
ENTRYPOINT ["java", "@jvm/common.args", "@jvm/web-gateway.args", "-XX:AOTCache=app.aot", "-jar", "web-gateway.jar"]

FROM rehearsal AS http-raw-server-rehearsal
COPY --from=build /app/http-raw-server ./
COPY --from=page /src/web-ui/dist web
RUN TERCET_WEB_ROOT=web timeout --kill-after=120 120 java @jvm/common.args @jvm/http-raw-server.args -XX:AOTCacheOutput=app.aot -jar http-lab.jar & \
    for attempt in {1..100}; do \
        ! ./probe 127.0.0.1 9083 /health/live || break; sleep 0.1; \
    done; \
    ./probe 127.0.0.1 8083 / && ! ./probe 127.0.0.1 8083 /nothing-here; \
    kill $!; wait $! || true; [[ -s app.aot ]]

FROM runtime AS http-raw-server
ENV TERCET_WEB_ROOT=/app/web
COPY --from=http-raw-server-rehearsal /app ./
EXPOSE 8083 9083
HEALTHCHECK --interval=5s --timeout=4s --start-period=2m \
    CMD ["./probe", "127.0.0.1", "9083", "/health/ready"]
USER 10001:10001
ENTRYPOINT ["java", "@jvm/common.args", "@jvm/http-raw-server.args", "-XX:AOTCache=app.aot", "-jar", "http-lab.jar"]
