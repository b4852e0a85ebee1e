package io.celonamdm.settings.check;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;

/**
 * Checks settings of Spring Boot, Quartz and Camel that these take as they are: with a value out of range they do without
 * it, or do nothing, and say nothing.
 */
final class FrameworkRules {
    private static final String NONE = "-1";

    /** Where a negative number is a place in an order, and no amount. */
    private static final List<String> ORDERS = List.of("order", "priority");

    private static final Map<String, Integer> LEAST = Map.of(
            "server.tomcat.threads.max", 1,
            "server.tomcat.threads.min-spare", 1,
            "server.tomcat.threads.max-queue-capacity", 1,
            "server.tomcat.accept-count", 1,
            "spring.task.scheduling.pool.size", 1,
            "spring.task.execution.pool.core-size", 1,
            "spring.quartz.properties.org.quartz.threadpool.threadcount", 1,
            "spring.quartz.properties.org.quartz.scheduler.idlewaittime", 1000,
            "spring.quartz.properties.org.quartz.jobstore.clustercheckininterval", 1000,
            "camel.main.shutdown-timeout", 1);
    private static final List<String> PATHS =
            List.of("server.servlet.context-path", "management.server.base-path", "spring.mvc.servlet.path");
    private static final List<String> ADDRESSES = List.of(
            "spring.security.oauth2.resourceserver.jwt.jwk-set-uri",
            "spring.security.oauth2.resourceserver.jwt.issuer-uri");
    private static final List<String> ENDPOINTS =
            List.of("management.endpoints.web.exposure.include", "management.endpoints.web.exposure.exclude");

    private final WrittenSettings written;
    private final Problems problems;

    FrameworkRules(WrittenSettings written, Problems problems) {
        this.written = written;
        this.problems = problems;
    }

    /** Adds what is wrong; what nobody reads is a doubt. */
    void check(Problems doubts) {
        LEAST.forEach((key, least) -> refuse(
                key, value -> number(value) < least ? "must be a whole number of at least %d".formatted(least) : null));
        PATHS.forEach(key -> refuse(key, value -> value.startsWith("/") ? null : "must begin with /"));
        ADDRESSES.forEach(key -> refuse(key, FrameworkRules::addressTrouble));
        ENDPOINTS.forEach(this::endpoints);
        for (ConfigurationPropertyName key : written.frameworkKeys()) {
            Optional<String> unset = written.unset(key);
            Optional<String> type = DescribedSettings.type(key.toString());
            if (unset.isPresent() && !key.toString().startsWith("logging.")) {
                problems.addUnread(key, unset.get());
            } else if (type.isEmpty()) {
                doubts.addUnknown(
                        key,
                        "no setting has this name, so nobody reads it"
                                + DescribedSettings.nearest(key.toString())
                                        .map(near -> "; did you mean " + near + "?")
                                        .orElse(""));
            } else if (ORDERS.stream().noneMatch(key.toString()::endsWith)) {
                refuse(key.toString(), value -> amountTrouble(type.get(), value.strip()));
            }
        }
    }

    /** Says what is wrong with a value, or null; a value of another type is told when it is bound. */
    @FunctionalInterface
    private interface Trouble {
        @Nullable
        String of(String value);
    }

    private void refuse(String name, Trouble trouble) {
        ConfigurationPropertyName key = ConfigurationPropertyName.of(name);
        written.value(key).filter(value -> !value.isBlank()).ifPresent(value -> {
            String wrong;
            try {
                wrong = trouble.of(value);
            } catch (IllegalArgumentException e) {
                wrong = null;
            }
            if (wrong != null) {
                problems.add(key, wrong);
            }
        });
    }

    private static long number(String value) {
        return Long.parseLong(value.strip());
    }

    private static @Nullable String addressTrouble(String value) {
        try {
            URI address = URI.create(value);
            return address.getHost() != null && List.of("http", "https").contains(address.getScheme())
                    ? null
                    : "must be an address such as https://login.example.com";
        } catch (IllegalArgumentException e) {
            return "must be an address such as https://login.example.com";
        }
    }

    /** Frameworks take a negative amount for none, or for their default; all write -1 where none is meant. */
    private static @Nullable String amountTrouble(String type, String value) {
        if (!value.startsWith("-") || value.equals(NONE)) {
            return null;
        }
        boolean negative = switch (type) {
            case "java.time.Duration" -> DurationStyle.detectAndParse(value).isNegative();
            case "org.springframework.util.unit.DataSize" ->
                DataSize.parse(value).isNegative();
            case "java.lang.Integer", "java.lang.Long" -> number(value) < 0;
            default -> false;
        };
        return negative ? "must not be negative" : null;
    }

    private void endpoints(String name) {
        written.list(ConfigurationPropertyName.of(name))
                .forEach((key, ids) -> ids.stream()
                        .filter(id -> !id.equals("*") && !isEndpoint(id))
                        .findFirst()
                        .ifPresent(id -> problems.add(
                                key,
                                "there is no endpoint %s; there are %s"
                                        .formatted(id, String.join(", ", DescribedSettings.endpoints())))));
    }

    private static boolean isEndpoint(String id) {
        return DescribedSettings.endpoints().stream()
                .anyMatch(each -> canonical(each).equals(canonical(id)));
    }

    private static String canonical(String id) {
        return id.replaceAll("[-.]", "").toLowerCase(Locale.ROOT);
    }
}
