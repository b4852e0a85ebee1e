package io.celonamdm.operations.notices;

import io.celonamdm.http.Failures;
import java.util.Set;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;

/** Tells answers that stay the same until a person changes something, and what that is. */
final class Rejection {
    /** Statuses that pass: time-outs, a request that came too early, and too many of them. */
    private static final Set<Integer> PASSING = Set.of(408, 425, 429);

    private Rejection() {}

    /** Thrown for a web page in place of a receiver's answer: a login or an error page, whatever its status says. */
    static final class WebPage extends RuntimeException {
        private static final long serialVersionUID = 1L;

        WebPage() {
            super("answered with a web page: nobody was told");
        }
    }

    /** What to do about a failure; null if it may pass by itself. */
    static @Nullable String todo(Throwable failure, String channel) {
        String setting = "connector.notifications." + channel;
        if (Failures.find(failure, WebPage.class) != null) {
            return "set %s.to to the address of the receiver's endpoint".formatted(setting);
        }
        HttpOperationFailedException http = Failures.find(failure, HttpOperationFailedException.class);
        int status = http == null ? 0 : http.getStatusCode();
        if (status < 300 || status >= 500 || PASSING.contains(status)) {
            return null;
        }
        return status < 400
                ? "redirects are not followed; set %s.to to the address that it leads to".formatted(setting)
                : switch (status) {
                    case 401, 403 ->
                        "check the login in %s.headers or .to, and that the receiver knows the signing-secret"
                                .formatted(setting);
                    case 404, 405, 410 -> "check the address %s.to".formatted(setting);
                    case 407 -> "check connector.http.proxy-user and proxy-password";
                    default -> "check what the receiver takes: it refuses this message";
                };
    }
}
