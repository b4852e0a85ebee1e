package io.celonamdm.settings.check;

import io.celonamdm.files.FileTrouble;
import io.celonamdm.settings.mdm.AppleBusinessSettings;
import io.celonamdm.settings.mdm.AppleKey;
import io.celonamdm.settings.mdm.EnrichSettings;
import io.celonamdm.settings.mdm.MdmSettings;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** A sync that asks Apple Business Manager has all that it takes, and a key that can sign. */
final class AppleBusinessFit {
    private AppleBusinessFit() {}

    static void check(ConfigurationPropertyName mdm, MdmSettings settings, Problems problems) {
        boolean platform = MdmSettings.APPLE_BUSINESS.equals(settings.platform());
        if (!platform && !settings.enrich().appleBusiness()) {
            return;
        }
        ConfigurationPropertyName at = mdm.append("apple-business");
        AppleBusinessSettings apple = settings.appleBusiness();
        if (platform) {
            require(
                    at.append("server"),
                    apple.server(),
                    "the name of a device management service, or its id",
                    problems);
        } else if (settings.enrich().key() != EnrichSettings.Key.SERIAL_NUMBER) {
            problems.add(mdm.append("enrich.key"), "must be serial-number: Apple knows devices by nothing else");
        }
        require(at.append("client-id"), apple.clientId(), "the API account's client id, BUSINESSAPI.…", problems);
        require(at.append("key-id"), apple.keyId(), "the id of the API account's key", problems);
        checkKey(at, apple, problems);
    }

    private static void require(ConfigurationPropertyName key, String value, String what, Problems problems) {
        if (value.isBlank() && !problems.spoil(key)) {
            problems.add(key, "missing: " + what);
        }
    }

    private static void checkKey(ConfigurationPropertyName at, AppleBusinessSettings apple, Problems problems) {
        boolean file = !apple.privateKeyFile().isBlank();
        boolean text = !apple.privateKey().isBlank();
        ConfigurationPropertyName key = at.append(text && !file ? "private-key" : "private-key-file");
        if (problems.spoil(key)) {
            return;
        }
        if (file == text) {
            problems.add(
                    key,
                    file
                            ? "must be set alone, without private-key"
                            : "missing: the file with the API account's key, or private-key instead");
            return;
        }
        try {
            AppleKey.of(apple);
        } catch (IOException e) {
            problems.add(key, "cannot be read: " + FileTrouble.text(e));
        } catch (InvalidPathException e) {
            problems.add(key, "is no path of a file");
        } catch (IllegalArgumentException e) {
            problems.add(key, String.valueOf(e.getMessage()));
        }
    }
}
