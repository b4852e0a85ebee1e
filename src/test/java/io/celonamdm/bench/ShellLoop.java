package io.celonamdm.bench;

import static java.util.stream.Collectors.joining;

import io.celonamdm.bench.NewDevices.Pace;
import io.celonamdm.simulator.Simulation;
import io.celonamdm.simulator.phone.Phone;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The same night by hand, as people do it without a connector: a shell loop of one {@code curl} per call, one call after
 * the other. It records nothing and handles no failure. What it would have to read out of the inventory, the EIDs and
 * management ids, is in files beforehand.
 */
final class ShellLoop {
    private static final String SCRIPT = """
            set -euo pipefail
            celona() { curl --silent --show-error --fail --header "X-API-Key: $API_KEY" "$@"; }
            login() {
                token=$(curl --silent --show-error --fail --data grant_type=client_credentials --data client_id="$CLIENT_ID" \\
                    --data-urlencode client_secret="$CLIENT_SECRET" "$JAMF/api/v1/oauth/token" | grep -o '"access_token" *: *"[^"]*"' | cut -d'"' -f4)
                expires=$((SECONDS + 45))
            }
            jamf() {
                if ((SECONDS >= expires)); then login; fi
                curl --silent --show-error --fail --header "Authorization: Bearer $token" "$@"
            }
            login

            for ((page = 0; page < PAGES; page++)); do
                jamf "$JAMF/api/v2/mobile-devices/detail?section=GENERAL&section=HARDWARE&section=NETWORK&page=$page&page-size=$BATCH" > inventory.json
            done
            for csv in eids-*.csv; do
                celona --form eidFile=@"$csv" --form customer_id="$CUSTOMER" \\
                    "$CELONA/v1/api/rsp/esims/assign-eid?customer_id=$CUSTOMER" > answer.json
                grep -o '"request_id" *: *"[^"]*"' answer.json | cut -d'"' -f4 >> requests
                address=$(grep -o '"server_url" *: *"[^"]*"' answer.json | cut -d'"' -f4)
            done
            sleep "$ASSIGNMENT"
            while read -r request; do
                celona "$CELONA/v1/api/rsp/esims/eid-status?request_id=$request" > "status-$request.json"
            done < requests
            while read -r phone; do
                jamf --header "Content-Type: application/json" --data \\
                    '{"clientData":[{"managementId":"'"$phone"'"}],"commandData":{"commandType":"REFRESH_CELLULAR_PLANS","esimServerUrl":"'"$address"'"}}' \\
                    "$JAMF/api/v2/mdm/commands" > command.json
            done < phones
            sleep "$DOWNLOAD"
            for status in status-*.json; do
                { echo ICCID,CLUSTER_NAME,DEVICE_NAME,DEVICE_GROUP; grep -oi '"iccid" *: *"[0-9]*"' "$status" | cut -d'"' -f4 | sed 's/.*/&,,&,/'; } > activation.csv
                celona --form simDataFile=@activation.csv \\
                    "$CELONA/v1/api/hss/activation-from-file?customer_id=$CUSTOMER&op_code=ACTIVATE_AND_DG_ASSIGN" > activated.json
            done
            """;

    private ShellLoop() {}

    /** Has the loop go through the night of {@link NewDevices}, and returns how long it took. */
    static Duration night(NewDevices night, Pace pace, Path folder) {
        Simulation simulation = night.simulation();
        List<Phone> phones = simulation.fleet().phones();
        int batches = (phones.size() + NewDevices.BATCH - 1) / NewDevices.BATCH;
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    folder.resolve("phones"),
                    lines(phones.stream().map(Phone::managementId).toList()));
            for (int batch = 0; batch < batches; batch++) {
                List<Phone> those = phones.subList(
                        batch * NewDevices.BATCH, Math.min(phones.size(), (batch + 1) * NewDevices.BATCH));
                Files.writeString(
                        folder.resolve("eids-%05d.csv".formatted(batch)),
                        "EID,Name\n"
                                + lines(those.stream()
                                        .map(each -> each.eid() + ",phone " + each.serialNumber())
                                        .toList()));
            }
            Path log = folder.resolve("loop.log");
            ProcessBuilder loop = new ProcessBuilder("bash", "-c", SCRIPT)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            loop.environment()
                    .putAll(Map.of(
                            "JAMF", simulation.jamf().url(),
                            "CELONA", simulation.celona().url(),
                            "CLIENT_ID", Simulation.CLIENT_ID,
                            "CLIENT_SECRET", Simulation.CLIENT_SECRET,
                            "API_KEY", Simulation.API_KEY,
                            "CUSTOMER", Simulation.CUSTOMER_ID,
                            "PAGES", String.valueOf(batches),
                            "BATCH", String.valueOf(NewDevices.BATCH),
                            "ASSIGNMENT", seconds(pace.assignment()),
                            "DOWNLOAD", seconds(pace.download())));
            long begin = System.nanoTime();
            Process process = loop.start();
            if (process.onExit().join().exitValue() != 0) {
                throw new IllegalStateException("the shell loop failed, see " + log);
            }
            night.assertAllServed();
            return Duration.ofNanos(System.nanoTime() - begin);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String lines(List<String> lines) {
        return lines.stream().collect(joining("\n", "", "\n"));
    }

    private static String seconds(Duration duration) {
        return String.valueOf(duration.toMillis() / 1000.0);
    }
}
