package io.celonamdm.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of records of a vendor's API. A page may have a thousand records of a hundred fields each; memory holds only
 * the named fields, and those of a few records at a time.
 *
 * @param answer the page's other fields
 * @param records the results of its records, in their order; null if the answer has no such list
 */
public record RecordPage<T>(Fields answer, @Nullable List<T> records) {
    private static final int AT_ONCE = 100;

    /**
     * Reads a page.
     *
     * @param json the answer
     * @param list the name of its list of records
     * @param names the names of the fields to read, at any depth of a record
     * @param reader converts a record; anything but an object reads as one without fields. Called on several threads
     * @throws com.fasterxml.jackson.core.JsonProcessingException if the answer is not JSON
     */
    public static <T> RecordPage<T> read(byte[] json, String list, Set<String> names, Function<Fields, T> reader)
            throws IOException {
        Map<String, @Nullable Object> answer = new HashMap<>();
        List<T> records = null;
        try (JsonParser parser = Json.parser(json)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                    if (parser.nextToken() == JsonToken.START_ARRAY && name.equals(list)) {
                        records = records(parser, names, reader);
                    } else {
                        answer.put(name, parser.readValueAs(Object.class));
                    }
                }
            }
        }
        return new RecordPage<>(Fields.of(answer), records);
    }

    private static <T> List<T> records(JsonParser parser, Set<String> names, Function<Fields, T> reader)
            throws IOException {
        List<T> records = new ArrayList<>();
        List<Fields> next = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            next.add(Fields.of(value(parser, names)));
            if (next.size() == AT_ONCE) {
                records.addAll(next.parallelStream().map(reader).toList());
                next.clear();
            }
        }
        records.addAll(next.parallelStream().map(reader).toList());
        return records;
    }

    /** Reads the value at the parser's token; of its objects, only the named fields. */
    private static @Nullable Object value(JsonParser parser, Set<String> names) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, names);
            case START_ARRAY -> {
                List<@Nullable Object> values = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    values.add(value(parser, names));
                }
                yield values;
            }
            case VALUE_STRING -> parser.getText();
            default -> parser.readValueAs(Object.class);
        };
    }

    private static Map<String, @Nullable Object> object(JsonParser parser, Set<String> names) throws IOException {
        Map<String, @Nullable Object> fields = new HashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            if (names.contains(name)) {
                fields.put(name, value(parser, names));
            } else {
                parser.skipChildren();
            }
        }
        return fields;
    }
}
