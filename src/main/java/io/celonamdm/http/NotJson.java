package io.celonamdm.http;

import org.jspecify.annotations.Nullable;

/** An answer whose body is no JSON although its status says that all is well. */
public class NotJson extends RuntimeException {
    private final boolean page;

    NotJson(@Nullable String contentType, String start) {
        super("expected JSON, got %s that starts with: %s"
                .formatted(contentType == null ? "a body without content type" : contentType, start));
        this.page = start.stripLeading().startsWith("<");
    }

    /** Whether the body is a web page: Celona's hosts answer unknown addresses with one, and status 200. */
    public boolean isPage() {
        return page;
    }
}
