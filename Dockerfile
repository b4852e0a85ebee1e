# Build the jar first: mvn package. Then: docker build -t celona-mdm-connector:0.1.0 .
# BASE needs Java 25 or newer, for its ahead-of-time cache.
# The folder for settings is /app/config, for routes /app/routes, for platforms of one's own /app/custom-routes, for the ledger /app/data.
ARG BASE=eclipse-temurin:25-jre

FROM ${BASE} AS layers
WORKDIR /layers
COPY target/celona-mdm-connector-*.jar connector.jar
RUN java -Djarmode=tools -jar connector.jar extract --layers --destination out

FROM ${BASE} AS connector
LABEL org.opencontainers.image.title="Celona MDM connector" \
      org.opencontainers.image.description="Gives an enterprise's managed phones and tablets their Celona private-network eSIMs, every night, unattended." \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="Apache-2.0"
WORKDIR /app
RUN mkdir data && chown 10001:10001 data
COPY src/main/docker/probe src/main/docker/connector ./
# what changes rarely comes first, so that a new version is a small download
COPY --from=layers /layers/out/dependencies/ ./
COPY --from=layers /layers/out/application/ ./
COPY routes routes

# A whole start, with routes, web server, schema and first page, shows which classes a start needs; the cache has them loaded and linked.
FROM connector AS training
COPY src/main/docker/train ./
RUN ./train connector.aot

FROM connector
COPY --from=training --chmod=644 /app/connector.aot ./
# a number, so that Kubernetes can see that it is not root
USER 10001:10001
EXPOSE 8080 8081
# Both ports listen on 127.0.0.1 unless SERVER_ADDRESS and MANAGEMENT_SERVER_ADDRESS say otherwise, as the chart does.
HEALTHCHECK --interval=30s --timeout=6s --start-period=120s CMD ["/app/probe", "127.0.0.1", "8081", "/actuator/health/liveness"]
# The vendors set the pace: the second compiler costs more time and memory than it saves, see docs/performance.md.
# A cache that does not fit, for example because of an agent, is left out without a word. Mapped where it was made for, it needs no patching.
ENTRYPOINT ["java", "-XX:AOTCache=/app/connector.aot", "-Xlog:aot*=off,cds*=off", "-XX:+UnlockDiagnosticVMOptions", "-XX:ArchiveRelocationMode=0", "-XX:TieredStopAtLevel=1", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "-jar", "/app/connector.jar"]
