package io.celonamdm.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.TokenFilter;
import com.fasterxml.jackson.core.filter.TokenFilter.Inclusion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of records as a vendor's API shows it. A page may have a thousand records of a hundred fields each: of these,
 * only the fields with the given names are ever held.
 *
 * @param answer the page's other fields
 * @param records what became of its records, in their order; null if the answer has no such list
 */
public record RecordPage<T>(Fields answer, @Nullable List<T> records) {

    /**
     * Reads a page.
     *
     * @param json the answer
     * @param list the name of the list of records in it
     * @param names the names of the fields to read, at any depth of a record
     * @param reader what becomes of a record, which may be anything, and then reads as one without fields; asked on several
     *     threads
     * @throws com.fasterxml.jackson.core.JsonProcessingException if the answer is no JSON
     */
    public static <T> RecordPage<T> read(byte[] json, String list, Set<String> names, Function<Fields, T> reader)
            throws IOException {
        Map<String, @Nullable Object> answer = new HashMap<>();
        List<T> records = null;
        try (JsonParser parser = new FilteringParserDelegate(
                Json.parser(json), new RecordsOf(list, new Named(names)), Inclusion.INCLUDE_ALL_AND_PATH, true)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return new RecordPage<>(Fields.of(answer), null);
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (parser.nextToken() == JsonToken.START_ARRAY && name.equals(list)) {
                    records = records(parser, reader);
                } else {
                    answer.put(name, parser.readValueAs(Object.class));
                }
            }
        }
        return new RecordPage<>(Fields.of(answer), records);
    }

    private static <T> List<T> records(JsonParser parser, Function<Fields, T> reader) throws IOException {
        List<Fields> records = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            records.add(Fields.of(parser.readValueAs(Object.class)));
        }
        return records.parallelStream().map(reader).toList();
    }

    /** Lets all fields of the page pass, and what a filter lets pass of its records. */
    private static final class RecordsOf extends TokenFilter {
        private final String list;
        private final TokenFilter records;

        RecordsOf(String list, TokenFilter records) {
            this.list = list;
            this.records = records;
        }

        @Override
        public TokenFilter includeProperty(String name) {
            return name.equals(list) ? records : TokenFilter.INCLUDE_ALL;
        }

        @Override
        public boolean includeEmptyObject(boolean contentsFiltered) {
            return true;
        }
    }

    /** Lets the fields pass that have one of the names, and what is empty, which counts. */
    private static final class Named extends TokenFilter {
        private final Set<String> names;

        Named(Set<String> names) {
            this.names = names;
        }

        @Override
        public @Nullable TokenFilter includeProperty(String name) {
            return names.contains(name) ? this : null;
        }

        @Override
        public boolean includeEmptyArray(boolean contentsFiltered) {
            return true;
        }

        @Override
        public boolean includeEmptyObject(boolean contentsFiltered) {
            return true;
        }
    }
}
