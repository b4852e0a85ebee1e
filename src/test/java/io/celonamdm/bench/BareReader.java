package io.celonamdm.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * The least that a night without changes can cost: the inventory's bytes over HTTP, page after page, through Jackson's
 * streaming parser, and one pass over the ledger's rows in order.
 */
final class BareReader {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonFactory JSON = new JsonFactory();

    private BareReader() {}

    /** Reads all of it, and returns how long it took. */
    static Duration read(KnownFleet fleet) {
        try (Connection ledger = fleet.copy()) {
            long begin = System.nanoTime();
            for (int page = 0; page < fleet.pages().count(); page++) {
                parse(fleet.pages().url() + "/api/v2/mobile-devices/detail?page=" + page);
            }
            int rows = scan(ledger);
            Duration taken = Duration.ofNanos(System.nanoTime() - begin);
            if (rows != fleet.devices()) {
                throw new IllegalStateException("the ledger has %d rows".formatted(rows));
            }
            fleet.pages().firstRequest();
            return taken;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void parse(String page) throws IOException, InterruptedException {
        InputStream body = HTTP.send(HttpRequest.newBuilder(URI.create(page)).build(), BodyHandlers.ofInputStream())
                .body();
        try (JsonParser parser = JSON.createParser(body)) {
            JsonToken token = parser.nextToken();
            while (token != null) {
                token = parser.nextToken();
            }
        }
    }

    private static int scan(Connection ledger) throws SQLException {
        int rows = 0;
        ledger.setAutoCommit(false);
        try (Statement statement = ledger.createStatement()) {
            statement.setFetchSize(1000);
            try (ResultSet result =
                    statement.executeQuery("select id, eid, mdm_id, record from inventory order by id")) {
                while (result.next()) {
                    rows += result.getString("record").isEmpty() ? 0 : 1;
                }
            }
        }
        return rows;
    }
}
