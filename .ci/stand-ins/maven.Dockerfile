# maven:3-eclipse-temurin-25. The context is a folder with this machine's Maven.
FROM eclipse-temurin:25-jdk
COPY . /usr/share/maven/
ENV MAVEN_HOME=/usr/share/maven
RUN ln -s /usr/share/maven/bin/mvn /usr/bin/mvn && mvn --version
CMD ["mvn"]
