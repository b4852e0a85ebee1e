package io.celonamdm.operations.client;

import io.celonamdm.json.Fields;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The content by which an answer is known to be the connector's; another program may answer too, with other JSON. */
@FunctionalInterface
interface Shape {
    /** The export of dead letters, which has a header even if it has no row. */
    Shape DEAD_LETTERS_CSV = answer -> answer.text().startsWith("EID,");

    /** Whether an answer has it. */
    boolean fits(Remote.Answer answer);

    /** An object with these fields. */
    static Shape one(String... fields) {
        return answer -> hasAll(answer.json(), fields);
    }

    /** A list, maybe an empty one, of objects with these fields. */
    static Shape each(String... fields) {
        return answer -> answer.json() instanceof List<?> all && all.stream().allMatch(one -> hasAll(one, fields));
    }

    private static boolean hasAll(@Nullable Object json, String... fields) {
        return Stream.of(fields).allMatch(Fields.of(json)::has);
    }
}
