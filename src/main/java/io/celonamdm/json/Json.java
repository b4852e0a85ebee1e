package io.celonamdm.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;

/** JSON text; the one place that knows the JSON library. Equal values give equal text. */
public final class Json {
    private static final int LONGEST_NUMBER = 100_000;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNumberLength(LONGEST_NUMBER)
                            .build())
                    .build())
            .addModule(new JavaTimeModule())
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            // odd content of one record must not make the whole page unreadable
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private static final String MARK = "\uFEFF";

    private Json() {}

    /** The value as JSON, with its properties and keys in alphabetical order. */
    public static String write(Object value) {
        return new String(bytes(value), StandardCharsets.UTF_8);
    }

    /** A text as it stands in JSON, without its quotes. */
    public static String escaped(String text) {
        String quoted = write(text);
        return quoted.substring(1, quoted.length() - 1);
    }

    /** A value as JSON in UTF-8. */
    public static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not writable as JSON: " + value.getClass(), e);
        }
    }

    /**
     * Reads a value from JSON that this connector wrote.
     *
     * @throws IllegalStateException if the JSON does not match the type
     */
    public static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not the JSON of a " + type.getSimpleName(), e);
        }
    }

    /** Reads JSON from outside as maps, lists, texts and numbers; empty if the text is not JSON. */
    public static Optional<Object> parse(String text) {
        try {
            return Optional.ofNullable(
                    MAPPER.readValue(text.startsWith(MARK) ? text.substring(1) : text, Object.class));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** A parser of JSON from outside, which produces maps, lists, texts and numbers. */
    static JsonParser parser(byte[] json) throws IOException {
        return MAPPER.createParser(json);
    }

    /**
     * JSON text in UTF-8 without a byte order mark, from any Unicode encoding. Malformed and illegal characters are
     * replaced, so they spoil one text and not the whole.
     */
    public static byte[] utf8(byte[] text) {
        return Utf8.of(text);
    }

    /** A tree of the JSON library, at any depth of the value, as maps, lists, texts and numbers. */
    public static Object plain(Object value) {
        return MAPPER.convertValue(value, Object.class);
    }

    /**
     * Converts maps and lists to a value.
     *
     * @throws IllegalArgumentException if they do not match the type; the message names the field
     */
    public static <T> T convert(Object value, Class<T> type) {
        try {
            return MAPPER.convertValue(value, type);
        } catch (IllegalArgumentException e) {
            throw e.getCause() instanceof JsonMappingException problem
                    ? new IllegalArgumentException(path(problem) + ": " + problem.getOriginalMessage(), e)
                    : e;
        }
    }

    private static String path(JsonMappingException problem) {
        return problem.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
    }
}
