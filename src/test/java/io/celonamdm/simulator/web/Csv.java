package io.celonamdm.simulator.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Comma-separated values as in RFC 4180. */
public final class Csv {
    private Csv() {}

    /** The rows, the header among them; empty when the text is no CSV. */
    public static Optional<List<List<String>>> rows(String text) {
        try (CSVParser parser = CSVParser.parse(text, CSVFormat.RFC4180)) {
            return Optional.of(parser.stream().map(CSVRecord::toList).toList());
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            return Optional.empty();
        }
    }
}
