package io.celonamdm.settings.check;

import io.celonamdm.settings.MdmSettings;
import io.celonamdm.settings.SyncSettings;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** A shipped platform has the settings to reach its tenant; your own platform checks its own. */
final class PlatformHasItsSettings implements SyncRule {
    private static final Map<String, List<Needed>> NEEDED = Map.of(
            "jamf",
            List.of(
                    new Needed(
                            "base-url",
                            MdmSettings::baseUrl,
                            "the tenant's address, such as https://example.jamfcloud.com"),
                    new Needed("client-id", MdmSettings::clientId, "the id of the API client in Jamf Pro"),
                    new Needed("client-secret", MdmSettings::clientSecret, "the secret of the API client in Jamf Pro")),
            "csv",
            List.of(new Needed(
                    "folder", MdmSettings::folder, "the folder that takes the exports, such as /srv/celona/exports")),
            "intune",
            List.of(
                    new Needed("tenant-id", MdmSettings::tenantId, "the id of the Entra tenant"),
                    new Needed(
                            "client-id",
                            MdmSettings::clientId,
                            "the application (client) id of the app registration in Entra")));

    private record Needed(String key, Function<MdmSettings, @Nullable Object> value, String what) {
        boolean isMissing(MdmSettings mdm) {
            Object given = value.apply(mdm);
            return given == null || given.toString().isBlank();
        }
    }

    @Override
    public void check(ConfigurationPropertyName at, SyncSettings sync, Problems problems) {
        ConfigurationPropertyName mdm = at.append("mdm");
        NEEDED.getOrDefault(String.valueOf(sync.mdm().platform()), List.of()).stream()
                .filter(needed -> needed.isMissing(sync.mdm()))
                .forEach(needed -> problems.add(mdm.append(needed.key()), "missing: " + needed.what()));
        if ("intune".equals(sync.mdm().platform())) {
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
}
