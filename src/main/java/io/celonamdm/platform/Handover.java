package io.celonamdm.platform;

import io.celonamdm.celona.UnreadableAnswer;
import io.celonamdm.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a platform's routes hand over. Java beans hand over the types of this package; a route without Java hands
 * over the same fields as maps, as a JSON tree or as JSON text, one alone or several in a list.
 */
public final class Handover {
    private Handover() {}

    /**
     * The devices of an inventory page.
     *
     * @throws UnreadableAnswer if the body is none; the message names the field
     */
    public static List<MdmDevice> devices(@Nullable Object body) {
        return read(
                body,
                MdmDevice.class,
                "a page of devices",
                each -> Json.convert(each, DeviceFields.class).device());
    }

    /**
     * The outcomes of a push.
     *
     * @throws UnreadableAnswer if the body is none; the message names the field
     */
    public static List<PushOutcome> outcomes(@Nullable Object body) {
        return read(body, PushOutcome.class, "an outcome for each device of a push", each -> {
            OutcomeFields fields = Json.convert(each, OutcomeFields.class);
            if (fields.eid() == null || fields.outcome() == null) {
                throw new IllegalArgumentException("an outcome needs eid and outcome");
            }
            return fields.outcomeOf();
        });
    }

    private static <T> List<T> read(@Nullable Object body, Class<T> type, String what, Function<Object, T> reader) {
        Object plain = plain(body, what);
        List<?> elements = plain instanceof List<?> list ? list : List.of(plain);
        try {
            return elements.stream()
                    .map(each -> type.isInstance(each) ? type.cast(each) : reader.apply(each))
                    .toList();
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new UnreadableAnswer(what, e.getMessage());
        }
    }

    private static Object plain(@Nullable Object body, String what) {
        if (body == null) {
            throw new UnreadableAnswer(what, "nothing");
        }
        if (body instanceof byte[] bytes) {
            return parsed(new String(bytes, StandardCharsets.UTF_8), what);
        }
        if (body instanceof String text) {
            return parsed(text, what);
        }
        boolean typed = body instanceof List<?> || body instanceof MdmDevice || body instanceof PushOutcome;
        return typed ? body : Json.plain(body);
    }

    private static Object parsed(String text, String what) {
        return Json.parse(text).orElseThrow(() -> new UnreadableAnswer(what, text));
    }
}
