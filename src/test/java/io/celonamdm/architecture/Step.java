package io.celonamdm.architecture;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * One thing that a route does.
 *
 * @param name of Camel's for it: {@code bean}, {@code toD}
 * @param options how it does it: an object, or a text alone where one option says it all
 */
public record Step(String name, JsonNode options) {
    private static final Set<String> CALLS = Set.of("to", "toD", "enrich", "pollEnrich", "poll", "wireTap");

    /** The id that was given to it, or an empty text. */
    public String id() {
        return options.path("id").asText();
    }

    String uri() {
        return options.isTextual() ? options.asText() : options.path("uri").asText();
    }

    boolean leavesTheProcess() {
        return CALLS.contains(name) && !uri().matches("(direct|seda|quartz|log):.*");
    }

    @Override
    public String toString() {
        return name + " " + uri();
    }
}
