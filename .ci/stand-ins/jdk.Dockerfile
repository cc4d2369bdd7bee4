# eclipse-temurin:25-jdk and :25-jre. The context is the JDK or the JRE itself.
FROM debian:trixie-slim
ENV JAVA_HOME=/opt/java/openjdk
ENV PATH=/opt/java/openjdk/bin:$PATH LANG=C.UTF-8
COPY . /opt/java/openjdk/
# HTTPS may be signed by a local authority: the same that this machine's own Java trusts.
RUN ln -sf /etc/ssl/certs/java/cacerts /opt/java/openjdk/lib/security/cacerts && java -version
