# Build the jar first: mvn package. Then: docker build -t celona-mdm-connector:0.1.0 .
# The folder for settings is /app/config, for routes /app/routes, for platforms of one's own /app/custom-routes, for the ledger /app/data.
ARG BASE=docker.io/library/eclipse-temurin:17-jre

FROM ${BASE} AS layers
WORKDIR /layers
COPY target/celona-mdm-connector-*.jar connector.jar
RUN java -Djarmode=tools -jar connector.jar extract --layers --destination out

FROM ${BASE}
LABEL org.opencontainers.image.title="Celona MDM connector" \
      org.opencontainers.image.description="Gives an enterprise's managed phones and tablets their Celona private-network eSIMs, every night, unattended." \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="Apache-2.0"
WORKDIR /app
COPY src/main/docker/probe ./
# what changes rarely comes first, so that a new version is a small download
COPY --from=layers /layers/out/dependencies/ ./
COPY --from=layers /layers/out/application/ ./
COPY routes routes
# A start that ends once everything is made, on a database in memory, teaches the archive which classes a start needs.
# Its name for Quartz is given, because that of a host under construction may lead nowhere.
RUN java -XX:ArchiveClassesAtExit=connector.jsa '-Xlog:cds*=error' -Dspring.context.exit=onRefresh \
        -Dspring.quartz.properties.org.quartz.scheduler.instanceId=training \
        '-Dspring.datasource.url=jdbc:h2:mem:training;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH' \
        -jar connector.jar \
    && mkdir -p data && chown 10001:10001 data && chmod 644 connector.jsa && rm -rf /tmp/*
# a number, so that Kubernetes can see that it is not root
USER 10001:10001
EXPOSE 8080 8081
# Both ports listen on 127.0.0.1 unless SERVER_ADDRESS and MANAGEMENT_SERVER_ADDRESS say otherwise, as the chart does.
HEALTHCHECK --interval=30s --timeout=6s --start-period=120s CMD ["/app/probe", "127.0.0.1", "8081", "/actuator/health/liveness"]
ENTRYPOINT ["java", "-XX:SharedArchiveFile=/app/connector.jsa", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "-jar", "/app/connector.jar"]
