package io.celonamdm.simulator.jamf;

import io.celonamdm.simulator.web.Answer;
import io.celonamdm.simulator.web.Json;
import io.celonamdm.simulator.web.Request;
import java.util.List;
import java.util.function.Function;

/**
 * The requested page.
 *
 * @param number counted from zero
 * @param size silently clamped to 2000, as Jamf Pro does
 */
record Page(int number, int size) {
    private static final int LARGEST = 2000;

    static Page of(Request request) {
        int number = number(request, "page", 0);
        int size = number(request, "page-size", 100);
        if (number < 0 || size < 1) {
            throw new BadRequest("page and page-size must be positive");
        }
        return new Page(number, Math.min(size, LARGEST));
    }

    <T> Answer of(List<T> all, Function<T, Object> shape) {
        List<Object> results =
                all.stream().skip((long) number * size).limit(size).map(shape).toList();
        return Answer.json(200, Json.object("totalCount", all.size(), "results", results));
    }

    private static int number(Request request, String parameter, int otherwise) {
        try {
            return request.query(parameter).map(Integer::valueOf).orElse(otherwise);
        } catch (NumberFormatException e) {
            throw new BadRequest(parameter + " is not a number");
        }
    }
}
