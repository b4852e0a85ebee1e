package io.celonamdm.helm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * An installation with all that could be mounted wrongly: secrets, a certificate authority, a platform of one's own, syncs and
 * templates in files.
 */
final class MuchMounted {
    private static final Map<String, String> SECRETS =
            Map.of("JAMF_CLIENT_ID", "client", "JAMF_CLIENT_SECRET", "secret", "CELONA_API_KEY", "key");

    private MuchMounted() {}

    /** The release, with its values in a file of the folder. */
    static Manifests release(Path folder, String... settings) throws IOException {
        return Chart.manifests(Files.writeString(folder.resolve("values.yaml"), values()), settings);
    }

    /** ConfigMaps and Secrets that the release does not make itself. */
    static Map<String, Map<String, String>> outside() throws Exception {
        return Map.of("celona-mdm-secrets", SECRETS, "company-ca", Map.of("company.pem", certificate()));
    }

    /** The values of ci/, on H2, with a second sync on the example platform in {@code custom-routes/}. */
    private static String values() throws IOException {
        String example = Files.readString(Path.of("docs/examples/fleetdesk.camel.yaml"));
        return """
                config:
                  connector:
                    syncs:
                      warehouse:
                        schedule: "0 30 4 * * ?"
                        time-zone: UTC
                        mdm:
                          platform: jamf
                          base-url: https://example.jamfcloud.com
                          client-id: ${JAMF_CLIENT_ID}
                          client-secret: ${JAMF_CLIENT_SECRET}
                          push: [command]
                        celona: &celona
                          customer-id: "104242"
                          api-key: ${CELONA_API_KEY}
                          smdp-hosts: ["*.go-esim.com"]
                        default-group: Field Crew
                      trucks:
                        schedule: "0 30 5 * * ?"
                        time-zone: UTC
                        mdm:
                          platform: fleetdesk
                          options: { url: "https://fleetdesk.example.com", token: "${CELONA_API_KEY}" }
                        celona: *celona
                        default-group: Field Crew
                    notifications:
                      night-watch: { to: "https://chat.example.com/hook", template: note.json }
                syncFiles:
                  reno.yaml: |
                    store-reno:
                      schedule: "0 0 6 * * ?"
                      mdm: { platform: csv, folder: data/reno }
                      celona: { customer-id: "104243", api-key: "${CELONA_API_KEY}", smdp-hosts: ["*.go-esim.com"] }
                      default-group: Field Crew
                notificationTemplates:
                  note.json: '{"text": "{{title}}"}'
                secrets:
                  files: [celona-mdm-secrets]
                outbound:
                  proxy: http://proxy.example:3128
                  caBundle: { configMap: company-ca, key: company.pem }
                customRoutes:
                  fleetdesk.camel.yaml: |
                """ + example.indent(4);
    }

    /** Any authority that this machine trusts, in PEM. */
    private static String certificate() throws Exception {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        Certificate authority = Arrays.stream(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .flatMap(each -> Arrays.stream(each.getAcceptedIssuers()))
                .findFirst()
                .orElseThrow();
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(authority.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }
}
