package io.celonamdm.platform.intune.graph;

import io.celonamdm.json.Fields;
import io.celonamdm.json.UnreadableAnswer;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A collection of Graph, read page by page: follows each {@code @odata.nextLink} unchanged, to the end. */
public final class GraphPages {
    /** More pages than any tenant has. */
    static final int MOST = 20_000;
    /** Graph's full page size (members are requested with one less). */
    private static final int FULL = 999;

    private final URI graph;
    private final Set<String> seen = new HashSet<>();
    private String path;
    private String query;
    private boolean open = true;
    private List<?> before = List.of();

    public GraphPages(URI graph, String path, String query) {
        this.graph = graph;
        this.path = path;
        this.query = query;
    }

    /** Whether another page remains. */
    public boolean isOpen() {
        return open;
    }

    /** The next page's path, encoded. */
    public String getPath() {
        return path;
    }

    /** The next page's query, encoded. */
    public String getQuery() {
        return query;
    }

    /**
     * Reads the requested page; anything but an object reads as one without fields.
     *
     * @throws UnreadableAnswer if it is not a page, or repeats the previous one; or if its link leads back to an
     *     earlier page, to another host, or beyond the page limit
     */
    public List<Fields> read(@Nullable Object answer) {
        if (!(Fields.mapOf(answer).get("value") instanceof List<?> values)) {
            throw new UnreadableAnswer("a page with \"value\"", answer);
        }
        String link = Fields.of(answer).textOrEmpty("@odata.nextLink");
        // a last page may be shown twice; any earlier one would repeat forever
        if (!values.isEmpty() && values.equals(before) && !link.isEmpty()) {
            throw new UnreadableAnswer("another page", "the page before once more");
        }
        before = values;
        open = !link.isEmpty();
        if (open) {
            follow(link, values.size());
        }
        return values.stream().map(Fields::of).toList();
    }

    private void follow(String link, int size) {
        URI next;
        try {
            // OData allows a relative link
            next = URI.create(graph.getScheme() + "://" + graph.getRawAuthority() + path)
                    .resolve(link);
        } catch (IllegalArgumentException e) {
            throw new UnreadableAnswer("a link to the next page", link);
        }
        boolean itself = path.equals(next.getRawPath()) && query.equals(text(next.getRawQuery()));
        if (itself && size < FULL) {
            // the last page, by its size, leads to itself
            open = false;
            return;
        }
        // the token must not go to another host
        if (!isGraph(next) || next.getRawPath() == null || !seen.add(link) || seen.size() > MOST) {
            throw new UnreadableAnswer("a link to the next page at " + graph.getAuthority(), link);
        }
        path = next.getRawPath();
        query = text(next.getRawQuery());
    }

    /** Whether a link leads to this Graph: in any case, and with its port or without. */
    private boolean isGraph(URI next) {
        int usual = "http".equals(graph.getScheme()) ? 80 : 443;
        return graph.getHost().equalsIgnoreCase(next.getHost())
                && next.getRawUserInfo() == null
                && port(next, usual) == port(graph, usual);
    }

    private static int port(URI address, int usual) {
        return address.getPort() < 0 ? usual : address.getPort();
    }

    private static String text(@Nullable String part) {
        return part == null ? "" : part;
    }
}
