package io.celonamdm.http;

import io.celonamdm.text.Excerpt;
import org.jspecify.annotations.Nullable;

/** An answer with a good status whose body is not JSON. */
public class NotJson extends RuntimeException {
    private static final int START = 120;

    private final boolean page;

    NotJson(@Nullable String contentType, String start) {
        super("expected JSON, got %s that starts with: %s".formatted(type(contentType), Excerpt.of(start, START)));
        this.page = start.stripLeading().startsWith("<");
    }

    private NotJson(String message) {
        super(message);
        this.page = false;
    }

    /** One that is not quoted, because it may contain a token. */
    static NotJson ofTokenCall(@Nullable String contentType) {
        return new NotJson(("the token request was answered with %s that is not JSON with an access_token; it"
                        + " is not quoted, because it may contain a token")
                .formatted(type(contentType)));
    }

    private static String type(@Nullable String contentType) {
        return contentType == null ? "a body without content type" : contentType;
    }

    /** Whether the body is a web page: Celona's hosts answer unknown addresses with one, and status 200. */
    public boolean isPage() {
        return page;
    }
}
