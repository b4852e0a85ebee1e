package io.celonamdm.settings;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** A platform that ships with the connector has what it needs to reach its tenant; one of your own sees to itself. */
final class PlatformHasItsSettings implements SyncRule {
    private static final Map<String, List<Needed>> NEEDED = Map.of(
            "jamf",
            List.of(
                    new Needed("base-url", "the tenant's address, such as https://example.jamfcloud.com"),
                    new Needed("client-id", "the id of the API client in Jamf Pro"),
                    new Needed("client-secret", "the secret of the API client in Jamf Pro")),
            "csv",
            List.of(new Needed("folder", "the folder that takes the exports, such as /srv/celona/exports")),
            "intune",
            List.of(
                    new Needed("tenant-id", "the id of the Entra tenant"),
                    new Needed("client-id", "the application (client) id of the app registration in Entra")));

    private record Needed(String key, String what) {}

    @Override
    public void check(ConfigurationPropertyName at, SyncSettings sync, Problems problems) {
        ConfigurationPropertyName mdm = at.append("mdm");
        NEEDED.getOrDefault(String.valueOf(sync.mdm().platform()), List.of()).stream()
                .filter(needed -> !problems.spoil(mdm.append(needed.key())) && isMissing(sync.mdm(), needed.key()))
                .forEach(needed -> problems.add(mdm.append(needed.key()), "missing: " + needed.what()));
        if ("intune".equals(sync.mdm().platform()) && !problems.spoil(mdm.append("client-secret"))) {
            checkCredentials(mdm.append("client-secret"), sync.mdm(), problems);
        }
    }

    private static void checkCredentials(ConfigurationPropertyName at, MdmSettings mdm, Problems problems) {
        long given = Stream.of(
                        mdm.clientSecret(),
                        mdm.intune().certificateFile(),
                        mdm.intune().tokenFile())
                .filter(credential -> !credential.isBlank())
                .count();
        if (given == 0) {
            problems.add(at, "missing: a client secret, or intune.certificate-file, or intune.token-file instead");
        } else if (given > 1) {
            problems.add(at, "one of client-secret, intune.certificate-file and intune.token-file must be set alone");
        }
    }

    private static boolean isMissing(MdmSettings mdm, String key) {
        return switch (key) {
            case "tenant-id" -> mdm.tenantId().isBlank();
            case "base-url" -> mdm.baseUrl() == null;
            case "client-id" -> mdm.clientId().isBlank();
            case "client-secret" -> mdm.clientSecret().isBlank();
            case "folder" -> mdm.folder().isBlank();
            default -> throw new IllegalArgumentException(key);
        };
    }
}
