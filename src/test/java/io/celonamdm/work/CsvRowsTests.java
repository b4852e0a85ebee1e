package io.celonamdm.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.dataformat.csv.CsvDataFormat;
import org.apache.camel.dataformat.csv.CsvMarshallerFactory;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.QuoteMode;
import org.junit.jupiter.api.Test;

class CsvRowsTests {
    /** As the routes set it. */
    private static final CSVFormat FORMAT = CSVFormat.DEFAULT
            .builder()
            .setRecordSeparator("\n")
            .setQuoteMode(QuoteMode.MINIMAL)
            .get();

    private static final List<List<String>> ROWS = List.of(
            List.of("eid", "name"),
            List.of("89049032000000000000000000000001", "plain"),
            List.of("", "with, comma"),
            List.of(" blank ", "\"quoted\""),
            Arrays.asList(null, "Zoë 电话"),
            List.of("only one"),
            List.of("#", "two\nlines"));

    @Test
    void writesWhatCamelWrites() throws Exception {
        CamelContext camel = new DefaultCamelContext();
        assertThat(written(new CsvRows(), camel)).isEqualTo(written(CsvMarshallerFactory.DEFAULT, camel));
    }

    private static String written(CsvMarshallerFactory factory, CamelContext camel) throws Exception {
        Exchange exchange = new DefaultExchange(camel);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        factory.create(FORMAT, new CsvDataFormat()).marshal(exchange, ROWS, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
