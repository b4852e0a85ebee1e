package io.celonamdm.device;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.json.Fields;
import io.celonamdm.json.Json;
import io.celonamdm.json.UnreadableAnswer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages of a platform's routes. Java beans hand over the types of this package; a route without Java hands
 * over the same fields as maps, a JSON tree or JSON text, alone or in a list.
 */
public final class PlatformMessages {
    private PlatformMessages() {}

    /**
     * Reads an inventory page. An invalid record counts as broken and does not affect the others.
     *
     * @throws UnreadableAnswer if the body is not a page
     */
    public static InventoryPage page(@Nullable Object body) {
        if (body instanceof InventoryPage page) {
            return page.map(Entities::decoded);
        }
        Object plain = plain(body, "a page of devices");
        if (!(plain instanceof List<?> || plain instanceof Map<?, ?> || plain instanceof MdmDevice)) {
            throw new UnreadableAnswer("a page of devices", plain);
        }
        List<MdmDevice> devices = new ArrayList<>();
        List<BrokenRecord> broken = new ArrayList<>();
        for (Object each : elements(plain)) {
            try {
                devices.add(Entities.decoded(
                        each instanceof MdmDevice device
                                ? device
                                : Json.convert(each, DeviceFields.class).device()));
            } catch (IllegalArgumentException | NullPointerException e) {
                String id = Fields.of(each).textOrEmpty("id");
                broken.add(new BrokenRecord(
                        id,
                        ReasonCode.RECORD_UNREADABLE,
                        "record %s of a page of devices: %s"
                                .formatted(id.isEmpty() ? "without an id" : id, e.getMessage())));
            }
        }
        return new InventoryPage(devices, broken);
    }

    /**
     * Reads the outcomes of a push.
     *
     * @throws UnreadableAnswer if the body is invalid; the message names the field
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

    /** Outcomes by EID; the later of two for one device counts. */
    public static Map<String, PushOutcome> byEid(List<PushOutcome> outcomes) {
        return outcomes.stream()
                .collect(Collectors.toMap(PushOutcome::eid, Function.identity(), (first, second) -> second));
    }

    private static <T> List<T> read(@Nullable Object body, Class<T> type, String what, Function<Object, T> reader) {
        try {
            return elements(plain(body, what)).stream()
                    .map(each -> type.isInstance(each) ? type.cast(each) : reader.apply(each))
                    .toList();
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new UnreadableAnswer(what, e.getMessage());
        }
    }

    private static List<?> elements(Object plain) {
        return plain instanceof List<?> list ? list : List.of(plain);
    }

    private static Object plain(@Nullable Object body, String what) {
        if (body == null) {
            throw new UnreadableAnswer(what, "nothing");
        }
        if (body instanceof byte[] bytes) {
            return parsed(new String(Json.utf8(bytes), StandardCharsets.UTF_8), what);
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
