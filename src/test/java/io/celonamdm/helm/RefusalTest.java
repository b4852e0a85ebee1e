package io.celonamdm.helm;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that cannot work are refused before anything reaches a cluster, and the message says what to do. */
class RefusalTest {
    @ParameterizedTest(name = "{1} of {0}")
    @CsvSource({
        "jamf, replicaCount=2, 'replicaCount is 2, but an H2 ledger is a file that one process holds open'",
        "jamf, replicaCount=0, minimum: got 0",
        "jamf, replicaCout=1, 'additional properties ''replicaCout'' not allowed'",
        "jamf, image.pullPolicy=Sometimes, /image/pullPolicy",
        "jamf, image.digest=latest, /image/digest",
        "jamf, database.type=mysql, /database/type",
        "jamf, database.type=postgresql, database.postgresql.host is empty",
        "postgresql, database.postgresql.existingSecret=, database.postgresql.existingSecret is empty",
        "postgresql, database.postgresql.port=70000, /database/postgresql/port",
        "jamf, persistence.size=much, /persistence/size",
        "jamf, 'outbound.proxy=http://proxy.example', /outbound/proxy",
        "jamf, 'outbound.proxy=http://user@proxy.example:3128', /outbound/proxy",
        "postgresql, outbound.caBundle.secret=ca, outbound.caBundle names a configMap and a secret",
        "jamf, 'outbound.hosts[0]=https://api.celona.io', /outbound/hosts/0",
        "jamf, 'outbound.noProxy[0]=10.0.0.0/8', /outbound/noProxy/0",
        "jamf, config.connector.syncs=null, /config/connector/syncs",
        "jamf, config.connector.syncs.warehouse=yes, /config/connector/syncs/warehouse",
        "jamf, customRoutes.mine=text, '''mine'' does not match pattern'",
        "jamf, terminationGracePeriodSeconds=30, minimum: got 30",
        "jamf, service.port=0, /service/port",
        "jamf, secrets.env[0]=Not_A_Name, /secrets/env/0",
        "jamf, serviceMonitor.interval=often, /serviceMonitor/interval",
        "jamf, serviceMonitor.enabled=true, name the namespace of Prometheus in networkPolicy.managementNamespaces",
        "jamf, networkPolicy.managementNamespaces[0]=*, /networkPolicy/managementNamespaces/0",
        "jamf, mode=batch, /mode",
        "jamf, mode=cronjob, 'mode is cronjob, but cronJob.schedules is empty'",
        "jamf, cronJob.schedules.warehouse.schedule=@daily, cronJob.schedules counts in mode cronjob alone",
        "cronjob, replicaCount=2, leave replicaCount at 1",
        "cronjob, serviceMonitor.enabled=true, nothing stays that Prometheus could scrape",
        "cronjob, dashboard.enabled=true, nothing stays that Prometheus could scrape",
        "cronjob, prometheusRule.enabled=true, nothing stays that Prometheus could scrape",
        "cronjob, cronJob.schedules.warehouse.schedule=often, /cronJob/schedules/warehouse/schedule",
        "cronjob, cronJob.schedules.depot.schedule=@daily, 'names depot, but the settings have no such sync: they have warehouse'",
        "cronjob, cronJob.succeedOn[0]=luck, /cronJob/succeedOn/0",
        "cronjobs, database.type=h2, 'cronJob.schedules has 2 syncs, whose calls may overlap'",
        "cronjobs, config.connector.syncs.store-reno.paused=true, sync store-reno stands twice",
        "jamf, syncFiles.more\\.yaml=[, syncFiles.more.yaml is no YAML",
        "jamf, syncFiles.more=text, '''more'' does not match pattern'",
        "jamf, prometheusRule.runbooks=wiki, /prometheusRule/runbooks",
    })
    void isClear(String values, String setting, String message) {
        assertThatThrownBy(() -> Chart.render(Chart.values(values), setting)).hasMessageContaining(message);
    }

    @Test
    void aChartWithoutValuesSaysWhereToBegin() {
        assertThatThrownBy(() -> Chart.render(Chart.FOLDER.resolve("values.yaml")))
                .hasMessageContaining(
                        "config.connector.syncs is empty: name at least one sync, as in ci/jamf-values.yaml");
    }
}
