package io.celonamdm.celona;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.celonamdm.esim.Iccid;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The examples in Celona's two documents. Mended are typographic quotes in JSON, a comma and closing braces that the
 * documents lost, and rows that stood on one line; what they redact is filled with values of the same form.
 */
final class Samples {

    private Samples() {}

    /** An answer. */
    static Envelope answer(String name) {
        return envelope(text(name + ".json"));
    }

    /** An answer from its JSON. */
    static Envelope envelope(String json) {
        try {
            return Envelope.of(new ObjectMapper().readValue(json, Object.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows of a CSV, header first. No sample has quotes. */
    static List<List<String>> csv(String name) {
        return text(name + ".csv")
                .lines()
                .map(line -> List.of(line.split(",", -1)))
                .toList();
    }

    /** The rows of a CSV without its header, read as Celona does: by position. */
    static List<ActivationRow> sent(String name, List<Column> columns) {
        return csv(name).stream()
                .skip(1)
                .map(fields -> new ActivationRow(
                        Iccid.of(field(fields, columns, Column.ICCID)),
                        field(fields, columns, Column.DEVICE_NAME),
                        field(fields, columns, Column.DEVICE_GROUP),
                        null))
                .toList();
    }

    /** Rows without SIM lock, all with a name and a group. */
    static List<ActivationRow> rows(String... iccids) {
        return Stream.of(iccids)
                .map(iccid -> new ActivationRow(Iccid.of(iccid), "Phone", "Crew", null))
                .toList();
    }

    private static String field(List<String> fields, List<Column> columns, Column column) {
        int position = columns.indexOf(column);
        return position < 0 ? "" : fields.get(position);
    }

    private static String text(String file) {
        try (InputStream in = Objects.requireNonNull(Samples.class.getResourceAsStream("/celona/" + file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
