package io.celonamdm.platform.jamf;

import io.celonamdm.json.Fields;
import io.celonamdm.json.UnreadableAnswer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A look for commands in progress, for several ids in one call where the tenant takes that. A refused call is made again
 * for half of the ids, then for each alone, and so is one whose answer is cut off.
 */
public final class CommandLook {
    /** The longest part of an address that the ids may take; servers and proxies take 8,000 bytes with the token. */
    private static final int LONGEST = 4000;

    private static final int PAGE = 1000;
    private static final int PAGE_OF_ONE = 100;

    /** Statuses by which a server may say that it does not understand so many ids, or one of them. */
    private static final String REFUSALS = "400,404,405,413,414,422,431,500,501";

    private static final Pattern COUNT = Pattern.compile("\\d{1,18}");

    private final By by;
    private final String more;
    private final Deque<List<String>> open = new ArrayDeque<>();
    private final List<Fields> found = new ArrayList<>();
    private boolean trusted;
    private boolean proven;
    private int refusals;
    private @Nullable String date;

    /** What the ids are of. */
    enum By {
        COMMAND("uuid"),
        DEVICE("clientManagementId");

        private final String field;

        By(String field) {
            this.field = field;
        }

        private String of(Fields command) {
            return id(this == COMMAND ? command.textOrEmpty("uuid") : deviceOf(command));
        }
    }

    /**
     * @param more further conditions of the filter
     * @param trusted whether the tenant has shown before that it understands such a list of ids; otherwise, each id
     *     of which it shows nothing is asked for alone
     */
    CommandLook(By by, Collection<String> ids, String more, boolean trusted) {
        this.by = by;
        this.more = more;
        this.trusted = trusted;
        List<String> portion = new ArrayList<>();
        int length = 0;
        for (String each : new LinkedHashSet<>(ids)) {
            length += new Query().and("", Query.quoted(each)).toString().length() + "%2C".length();
            if (length > LONGEST && !portion.isEmpty()) {
                open.add(List.copyOf(portion));
                portion.clear();
                length = 0;
            }
            portion.add(each);
        }
        if (!portion.isEmpty()) {
            open.add(List.copyOf(portion));
        }
    }

    /** Compares ids; UUIDs are the same in capital letters. */
    static String id(String id) {
        return id.toLowerCase(Locale.ROOT);
    }

    /** The device of a command. */
    static String deviceOf(Fields command) {
        return command.object("client").textOrEmpty("managementId");
    }

    /** Whether there are ids to ask for. */
    public boolean isOpen() {
        return !open.isEmpty();
    }

    /** The query of the next call. */
    public String getQuery() {
        List<String> ids = open.element();
        String filter = ids.size() == 1
                ? by.field + "==" + Query.quoted(ids.get(0))
                : ids.stream().map(Query::quoted).collect(Collectors.joining(",", by.field + "=in=(", ")"));
        return new Query()
                .and("filter", filter + more)
                .and("page", 0)
                .and("page-size", ids.size() == 1 ? PAGE_OF_ONE : PAGE)
                .and("sort", "dateSent:desc")
                .toString();
    }

    /** The statuses of the next call that count as an answer. */
    public String getAccepted() {
        return open.element().size() == 1 ? "200-299" : "200-299," + REFUSALS;
    }

    /**
     * Processes the answer to a call.
     *
     * @param time the server's time
     * @throws UnreadableAnswer if it is no list of commands
     */
    void read(@Nullable Object answer, @Nullable String time) {
        List<?> results = Fields.mapOf(answer).get("results") instanceof List<?> list ? list : null;
        if (results == null) {
            throw new UnreadableAnswer("a list of commands", answer);
        }
        date = time;
        List<String> asked = open.element();
        if (asked.size() > 1 && isCutOff(answer, results.size())) {
            refused();
            return;
        }
        open.remove();
        Set<String> ids = asked.stream().map(CommandLook::id).collect(Collectors.toSet());
        // if a server ignores the filter, one device must not wait for another's command
        List<Fields> shown = Fields.of(answer).list("results").stream()
                .filter(command -> ids.contains(by.of(command)))
                .toList();
        found.addAll(shown);
        if (asked.size() > 1) {
            Set<String> known = shown.stream().map(by::of).collect(Collectors.toSet());
            proven |= known.size() > 1;
            trusted |= proven;
            if (!trusted) {
                asked.stream().filter(each -> !known.contains(id(each))).forEach(each -> open.addFirst(List.of(each)));
            }
        }
    }

    private static boolean isCutOff(@Nullable Object answer, int shown) {
        return Fields.of(answer)
                .text("totalCount")
                .filter(COUNT.asMatchPredicate())
                .filter(total -> Long.parseLong(total) > shown)
                .isPresent();
    }

    /** Processes a refusal to answer for several ids. */
    void refused() {
        List<String> asked = open.remove();
        refusals++;
        if (refusals == 1) {
            open.addFirst(asked.subList(asked.size() / 2, asked.size()));
            open.addFirst(asked.subList(0, asked.size() / 2));
            return;
        }
        List<String> rest = new ArrayList<>(asked);
        open.forEach(rest::addAll);
        open.clear();
        rest.forEach(each -> open.add(List.of(each)));
    }

    /** Whether the tenant took no call for several ids. */
    boolean tookNone() {
        return refusals > 1;
    }

    /** Whether the tenant has shown that it understands such a list of ids. */
    boolean isProven() {
        return proven;
    }

    /** What the ids are of. */
    By by() {
        return by;
    }

    /** The server's time at its latest answer. */
    @Nullable
    String date() {
        return date;
    }

    /** The commands of an id. */
    List<Fields> of(String id) {
        return found.stream().filter(command -> by.of(command).equals(id(id))).toList();
    }
}
