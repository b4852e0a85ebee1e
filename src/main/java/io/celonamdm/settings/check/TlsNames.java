package io.celonamdm.settings.check;

import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.apache.tomcat.util.net.openssl.ciphers.OpenSSLCipherConfigurationParser;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** Checks the names of protocols and cipher suites against those that this JVM knows. */
final class TlsNames {
    private final WrittenSettings written;
    private final Problems problems;

    TlsNames(WrittenSettings written, Problems problems) {
        this.written = written;
        this.problems = problems;
    }

    void check(
            ConfigurationPropertyName ciphers, ConfigurationPropertyName enabled, ConfigurationPropertyName protocol) {
        List<String> suites = all(ciphers);
        if (!suites.isEmpty() && suites.stream().noneMatch(TlsNames::isKnownCipher)) {
            problems.add(
                    at(ciphers),
                    "this JVM knows none of these; leave it out, or name suites such as TLS_AES_256_GCM_SHA384");
        }
        Set<String> known = new TreeSet<>(List.of(supported().getProtocols()));
        if (all(enabled).stream().anyMatch(name -> !known.contains(name))) {
            problems.add(at(enabled), "must be of the protocols that this JVM knows: " + String.join(", ", known));
        }
        Optional<String> whole = written.value(protocol).filter(name -> !name.isBlank());
        try {
            if (whole.isPresent()) {
                SSLContext.getInstance(whole.get());
            }
        } catch (NoSuchAlgorithmException e) {
            problems.add(protocol, "this JVM knows no such protocol; leave it out, or write TLS");
        }
    }

    private List<String> all(ConfigurationPropertyName list) {
        return written.list(list).values().stream().flatMap(Collection::stream).toList();
    }

    /** The key of the list, or of its first element if it is written as such. */
    private ConfigurationPropertyName at(ConfigurationPropertyName list) {
        return written.list(list).keySet().iterator().next();
    }

    /** Servers take the notation of OpenSSL as well, in which there are groups. */
    private static boolean isKnownCipher(String name) {
        Set<String> known = new HashSet<>(List.of(supported().getCipherSuites()));
        return known.contains(name)
                || OpenSSLCipherConfigurationParser.parseExpression(name).stream()
                        .anyMatch(known::contains);
    }

    private static SSLParameters supported() {
        try {
            return SSLContext.getDefault().getSupportedSSLParameters();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no TLS", e);
        }
    }
}
