package io.celonamdm.settings.check;

import io.celonamdm.files.FileTrouble;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.ssl.PemSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PropertiesSslBundle;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.io.ApplicationResourceLoader;
import org.springframework.boot.ssl.pem.PemContent;
import org.springframework.core.io.Resource;

/** Checks certificates, keys and stores of {@code spring.ssl.bundle} and of both servers. */
final class TlsRules {
    private static final ConfigurationPropertyName BUNDLES = ConfigurationPropertyName.of("spring.ssl.bundle");
    private static final List<String> SERVERS = List.of("server.ssl", "management.server.ssl");
    private static final String NO_CERTIFICATE = "has no certificate in PEM";
    private static final String NO_KEY = "has no private key in PEM";

    private final WrittenSettings written;
    private final Problems problems;
    private final TlsNames known;

    TlsRules(WrittenSettings written, Problems problems) {
        this.written = written;
        this.problems = problems;
        this.known = new TlsNames(written, problems);
    }

    /**
     * Adds what is wrong.
     *
     * @param idle for bundles that nothing uses: one that is prepared, or left over, is no reason to miss a night
     */
    void check(TlsRules idle) {
        Map<String, ConfigurationPropertyName> pem = bundles("pem");
        Map<String, ConfigurationPropertyName> jks = bundles("jks");
        Map<ConfigurationPropertyName, String> users = written.bundleUsers();
        pem.forEach((name, bundle) -> (users.containsValue(name) ? this : idle).pem(bundle));
        jks.forEach((name, bundle) -> (users.containsValue(name) ? this : idle).jks(bundle));
        Map<String, ConfigurationPropertyName> bundles = new TreeMap<>(pem);
        bundles.putAll(jks);
        users.forEach((user, name) -> exists(user, bundles));
        for (String server : SERVERS) {
            server(ConfigurationPropertyName.of(server), bundles);
        }
    }

    private Map<String, ConfigurationPropertyName> bundles(String kind) {
        ConfigurationPropertyName all = BUNDLES.append(kind);
        return written.namesBelow(all).stream()
                .collect(Collectors.toMap(
                        name -> name, name -> Keys.entry(all, name), (one, same) -> one, TreeMap::new));
    }

    private void pem(ConfigurationPropertyName bundle) {
        ConfigurationPropertyName store = bundle.append("keystore");
        pair(store.append("certificate"), store.append("private-key"), store.append("private-key-password"));
        certificates(bundle.append("truststore.certificate"));
        names(bundle);
    }

    private void names(ConfigurationPropertyName bundle) {
        known.check(
                bundle.append("options.ciphers"),
                bundle.append("options.enabled-protocols"),
                bundle.append("protocol"));
    }

    private void jks(ConfigurationPropertyName bundle) {
        ConfigurationPropertyName store = bundle.append("keystore");
        store(store.append("location"), store.append("password"), store.append("type"), bundle.append("key.alias"));
        ConfigurationPropertyName trusted = bundle.append("truststore");
        store(trusted.append("location"), trusted.append("password"), trusted.append("type"), null);
        names(bundle);
    }

    private void server(ConfigurationPropertyName ssl, Map<String, ConfigurationPropertyName> bundles) {
        if (written.value(ssl.append("enabled"))
                .filter("false"::equalsIgnoreCase)
                .isPresent()) {
            return;
        }
        ConfigurationPropertyName bundle =
                bundles.get(written.value(ssl.append("bundle")).orElse(""));
        if (bundle != null && BUNDLES.append("pem").isAncestorOf(bundle)) {
            ConfigurationPropertyName key = bundle.append("keystore.private-key");
            if (written.value(key).isEmpty()) {
                problems.add(key, "missing: a server needs a certificate and its private key");
            }
        }
        pair(ssl.append("certificate"), ssl.append("certificate-private-key"), ssl.append("key-password"));
        certificates(ssl.append("trust-certificate"));
        known.check(ssl.append("ciphers"), ssl.append("enabled-protocols"), ssl.append("protocol"));
        store(
                ssl.append("key-store"),
                ssl.append("key-store-password"),
                ssl.append("key-store-type"),
                ssl.append("key-alias"));
        store(ssl.append("trust-store"), ssl.append("trust-store-password"), ssl.append("trust-store-type"), null);
    }

    private void exists(ConfigurationPropertyName key, Map<String, ConfigurationPropertyName> bundles) {
        if (written.value(key)
                .filter(name -> !name.isBlank() && !bundles.containsKey(name))
                .isPresent()) {
            problems.add(
                    key,
                    bundles.isEmpty()
                            ? "there is no bundle of that name below spring.ssl.bundle.pem or spring.ssl.bundle.jks"
                            : "there is no bundle of that name; must be one of " + String.join(", ", bundles.keySet()));
        }
    }

    private void pair(
            ConfigurationPropertyName certificate, ConfigurationPropertyName key, ConfigurationPropertyName password) {
        boolean good = certificates(certificate) && privateKey(key, password);
        Optional<String> first = written.value(certificate);
        Optional<String> second = written.value(key);
        if (good && first.isPresent() && second.isPresent()) {
            PemSslBundleProperties together = new PemSslBundleProperties();
            together.getKeystore().setCertificate(first.get());
            together.getKeystore().setPrivateKey(second.get());
            together.getKeystore().setPrivateKeyPassword(written.value(password).orElse(null));
            together.getKeystore().setVerifyKeys(true);
            try {
                PropertiesSslBundle.get(together).getStores().getKeyStore();
            } catch (RuntimeException e) {
                problems.add(key, file(key) + "does not belong to the certificate of " + certificate);
            }
        }
    }

    private boolean certificates(ConfigurationPropertyName key) {
        return readable(
                key,
                text -> {
                    PemContent content = PemContent.of(text);
                    return content == null || content.getCertificates().isEmpty() ? NO_CERTIFICATE : null;
                },
                NO_CERTIFICATE);
    }

    private boolean privateKey(ConfigurationPropertyName key, ConfigurationPropertyName password) {
        String known = written.value(password).orElse(null);
        return readable(
                key,
                text -> {
                    if (!text.contains("ENCRYPTED")) {
                        return keyOf(text, known) ? null : NO_KEY;
                    }
                    if (known == null) {
                        return "is encrypted, and %s is missing".formatted(password);
                    }
                    try {
                        return keyOf(text, known) ? null : NO_KEY;
                    } catch (RuntimeException e) {
                        return "cannot be decrypted with %s; correct the password, or write the key anew as PKCS #8"
                                .formatted(password);
                    }
                },
                NO_KEY);
    }

    private static boolean keyOf(String text, @Nullable String password) {
        PemContent content = PemContent.of(text);
        return content != null && content.getPrivateKey(password) != null;
    }

    /** Says what is wrong with a text, or null; it may fail as well. */
    @FunctionalInterface
    private interface Trouble {
        @Nullable
        String of(String text);
    }

    private boolean readable(ConfigurationPropertyName key, Trouble trouble, String otherwise) {
        Optional<String> value = written.value(key);
        if (value.isEmpty()) {
            return true;
        }
        String wrong;
        try {
            String text = value.get();
            wrong = trouble.of(
                    PemContent.isPresentInText(text)
                            ? text
                            : resource(text).getContentAsString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            wrong = "cannot be read: " + reason(e);
        } catch (RuntimeException e) {
            wrong = otherwise;
        }
        if (wrong != null) {
            problems.add(key, file(key) + wrong);
        }
        return wrong == null;
    }

    /** The log masks the value of what is called a key, which hides the name of its file. */
    private String file(ConfigurationPropertyName key) {
        return written.value(key)
                .filter(value -> key.toString().endsWith("private-key") && !PemContent.isPresentInText(value))
                .map(value -> value + " ")
                .orElse("");
    }

    private void store(
            ConfigurationPropertyName key,
            ConfigurationPropertyName password,
            ConfigurationPropertyName type,
            @Nullable ConfigurationPropertyName alias) {
        Optional<String> location = written.value(key).filter(text -> !text.isBlank());
        if (location.isEmpty()) {
            return;
        }
        try (InputStream content = resource(location.get()).getInputStream()) {
            KeyStore store = KeyStore.getInstance(written.value(type).orElse(KeyStore.getDefaultType()));
            store.load(content, written.value(password).map(String::toCharArray).orElse(null));
            if (alias != null) {
                checkKeys(store, key, alias, password);
            }
        } catch (IOException e) {
            problems.add(
                    key,
                    e.getCause() instanceof UnrecoverableKeyException
                            ? "cannot be opened with %s; correct the password".formatted(password)
                            : "cannot be read: " + reason(e));
        } catch (GeneralSecurityException e) {
            problems.add(key, "is no key store: " + FileTrouble.text(e));
        }
    }

    private void checkKeys(
            KeyStore store,
            ConfigurationPropertyName key,
            ConfigurationPropertyName alias,
            ConfigurationPropertyName password)
            throws GeneralSecurityException {
        Optional<String> named = written.value(alias);
        if (named.isPresent() && !store.isKeyEntry(named.get())) {
            problems.add(alias, "%s has no key of that name".formatted(key));
        }
        for (String each : Collections.list(store.aliases())) {
            if (store.isKeyEntry(each)) {
                checkOpen(store, each, key, password);
                return;
            }
        }
        problems.add(key, "has no private key");
    }

    /** A store can be loaded without its password, and keeps its keys shut. */
    private void checkOpen(
            KeyStore store, String entry, ConfigurationPropertyName key, ConfigurationPropertyName password)
            throws GeneralSecurityException {
        if (written.value(password).isEmpty()) {
            try {
                store.getKey(entry, new char[0]);
            } catch (UnrecoverableKeyException e) {
                problems.add(password, "missing: the keys of %s cannot be read without it".formatted(key));
            }
        }
    }

    private static Resource resource(String location) {
        return ApplicationResourceLoader.get().getResource(location);
    }

    private static String reason(IOException error) {
        String text = FileTrouble.text(error);
        int brackets = text.lastIndexOf('(');
        // those of java.io are the path, and the reason in brackets
        return error instanceof FileNotFoundException && brackets > 0 && text.endsWith(")")
                ? text.substring(brackets + 1, text.length() - 1)
                : text;
    }
}
