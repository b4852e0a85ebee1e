package io.celonamdm.platform.applebusiness;

import io.celonamdm.json.Fields;
import io.celonamdm.json.UnreadableAnswer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.net.PercentCodec;
import org.apache.hc.core5.net.URIBuilder;

/**
 * A list of Apple's API, read page by page to its end. Only the cursor of a page leads to the next: where its links lead
 * does not matter, so no token goes to another host.
 */
public final class ApplePages {
    /** More pages than any organization has. */
    static final int MOST = 20_000;

    private final String path;
    private final int limit;
    private final Set<String> cursors = new HashSet<>();
    private String cursor = "";
    private boolean open = true;
    private long read;

    ApplePages(String path, int limit) {
        this.path = path;
        this.limit = limit;
    }

    /** One part of a path. */
    static String encoded(String text) {
        return PercentCodec.encode(text, StandardCharsets.UTF_8);
    }

    /** Whether another page remains. */
    public boolean isOpen() {
        return open;
    }

    /** The path of the list, encoded. */
    public String getPath() {
        return path;
    }

    /** The query of the next page, encoded. */
    public String getQuery() {
        return cursor.isEmpty() ? "limit=" + limit : "limit=%d&cursor=%s".formatted(limit, encoded(cursor));
    }

    /**
     * Reads the requested page.
     *
     * @return its elements; one that is no object has no fields
     * @throws UnreadableAnswer if it is no page, names a next page that was read already or cannot be asked for, or ends
     *     the list before the number of elements that it names
     */
    List<Fields> read(Object answer) {
        Fields page = Fields.of(answer);
        if (!(page.map().get("data") instanceof List<?> data)) {
            throw new UnreadableAnswer("a page with \"data\"", answer);
        }
        read += data.size();
        Fields paging = page.object("meta").object("paging");
        String cursorOfNext = written(paging, "nextCursor");
        String next = cursorOfNext.isEmpty() ? linked(page) : cursorOfNext;
        open = !next.isEmpty();
        if (open && (!cursors.add(next) || cursors.size() > MOST)) {
            throw new UnreadableAnswer("the cursor of another page", next);
        }
        cursor = next;
        if (!open) {
            checkTotal(paging);
        }
        return data.stream().map(Fields::of).toList();
    }

    private void checkTotal(Fields paging) {
        if (paging.map().get("total") instanceof Integer total && total > read) {
            throw new UnreadableAnswer("a list of %d elements".formatted(total), read + " elements");
        }
    }

    /** A text, which may be missing or empty. Anything else would end the list too early. */
    private static String written(Fields fields, String name) {
        Object value = fields.map().get(name);
        if (value != null && !(value instanceof String) && !(value instanceof Number)) {
            throw new UnreadableAnswer("a text called " + name, value);
        }
        return fields.textOrEmpty(name);
    }

    private static String linked(Fields page) {
        String link = written(page.object("links"), "next");
        if (link.isEmpty()) {
            return "";
        }
        try {
            return Optional.ofNullable(new URIBuilder(URI.create(link)).getFirstQueryParam("cursor"))
                    .map(NameValuePair::getValue)
                    .filter(value -> !value.isEmpty())
                    .orElseThrow(() -> new UnreadableAnswer("a link with a cursor", link));
        } catch (IllegalArgumentException e) {
            throw new UnreadableAnswer("a link to the next page", link);
        }
    }
}
