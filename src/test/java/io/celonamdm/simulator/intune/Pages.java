package io.celonamdm.simulator.intune;

import io.celonamdm.simulator.web.Answer;
import io.celonamdm.simulator.web.Json;
import io.celonamdm.simulator.web.Request;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A collection in pages, each with the link to the next one. */
final class Pages {
    private Pages() {}

    static <T> Answer answer(Request request, List<T> all, int size, Function<T, ?> json) {
        int start = Integer.parseInt(request.query("$skiptoken").orElse("0"));
        int end = Math.min(all.size(), start + size);
        Map<String, @Nullable Object> page = Json.object("@odata.count", end - start);
        if (end < all.size()) {
            String host = request.header("Host").orElse("");
            page.put("@odata.nextLink", "http://" + host + request.path() + "?$skiptoken=" + end);
        }
        page.put("value", all.subList(start, end).stream().map(json).toList());
        return Answer.json(200, page);
    }
}
