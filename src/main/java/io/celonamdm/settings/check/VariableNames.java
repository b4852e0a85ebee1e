package io.celonamdm.settings.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Checks the names of environment variables, which have lost the dots and dashes of their keys: of a misspelt one, Spring
 * says nothing.
 */
public final class VariableNames {
    private static final String PREFIX = "connector";

    /** What Kubernetes sets in each pod beside a service whose name begins like the settings. */
    private static final Pattern SERVICE_LINK = Pattern.compile(
            ".*_(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*", Pattern.CASE_INSENSITIVE);

    private static final int FEW = 2;

    private final WrittenSettings written;

    private VariableNames(WrittenSettings written) {
        this.written = written;
    }

    /**
     * The variables that were meant for a setting, and that nobody reads.
     *
     * @param doubts takes those that may belong to somebody else
     */
    public static List<Problem> problems(ConfigurableEnvironment environment, Consumer<Problem> doubts) {
        WrittenSettings written = new WrittenSettings(environment);
        VariableNames names = new VariableNames(written);
        List<Problem> problems = new ArrayList<>();
        written.variables().forEach((name, value) -> {
            if (!isServiceLink(name, value) && !written.isReferredTo(name)) {
                names.check(name, problems::add, doubts);
            }
        });
        return problems;
    }

    private static boolean isServiceLink(String name, String value) {
        return SERVICE_LINK.matcher(name).matches()
                || (name.toUpperCase(Locale.ROOT).endsWith("_PORT")
                        && SERVICE_ADDRESS.matcher(value).matches());
    }

    private void check(String name, Consumer<Problem> problems, Consumer<Problem> doubts) {
        List<String> words = List.of(name.toLowerCase(Locale.ROOT).split(name.contains(".") ? "[.]" : "_", -1));
        if (words.size() < 2 || !words.get(0).equals(PREFIX)) {
            return;
        }
        Walk walk = new Walk();
        int read = 1;
        while (read < words.size() && !walk.setting.isOpen()) {
            int more = walk.take(words, read);
            if (more == 0) {
                Optional<ConfigurationPropertyName> near = walk.nearest(words.subList(read, words.size()));
                Problem unknown = Problem.of(name, unknown(near));
                (read > 1 || near.isPresent() ? problems : doubts).accept(unknown);
                return;
            }
            read += more;
        }
        if (!walk.setting.isOpen() && !written.isRead(name, walk.key)) {
            problems.accept(Problem.of(name, "nobody reads a variable of this name; write it " + written(walk.key)));
        }
    }

    private static String unknown(Optional<ConfigurationPropertyName> near) {
        return "no setting has this name, so nobody reads the variable"
                + near.map(key -> "; did you mean " + written(key) + "?").orElse("");
    }

    /** A key as the name of a variable. */
    private static String written(ConfigurationPropertyName key) {
        return key.toString()
                .replace("-", "")
                .replaceAll("[.\\[]", "_")
                .replace("]", "")
                .toUpperCase(Locale.ROOT);
    }

    /** From the root of the settings to the one that a variable is for. */
    private final class Walk {
        private ConfigurationPropertyName key = Keys.CONNECTOR;
        private Setting setting = Setting.ROOT;

        /** Goes on by as many words as are one element of the key, and returns their number; 0 if they are none. */
        int take(List<String> words, int from) {
            Set<String> names = names();
            for (int to = words.size(); to > from; to--) {
                String joined = letters(String.join("", words.subList(from, to)));
                String element = names.stream()
                        .filter(each -> letters(each).equals(joined))
                        .findFirst()
                        .orElse(null);
                if (element != null) {
                    enter(Keys.entry(key, element));
                    return to - from;
                }
            }
            String word = words.get(from);
            if (setting.isList() && word.matches("[0-9]+")) {
                enter(key.append("[" + word + "]"));
                return 1;
            }
            if (setting.hasNamedGroups() && !word.isEmpty()) {
                enter(Keys.entry(key, word));
                return 1;
            }
            return 0;
        }

        private Set<String> names() {
            if (setting.isGroup()) {
                return setting.members().keySet();
            }
            return setting.hasNamedGroups() ? written.spelledBelow(key) : Set.of();
        }

        private void enter(ConfigurationPropertyName next) {
            key = next;
            setting = Setting.at(next).orElseThrow();
        }

        /** The setting that the rest was meant for: all of it may be one word, or only its beginning. */
        Optional<ConfigurationPropertyName> nearest(List<String> words) {
            String all = String.join("", words);
            return near(all)
                    .filter(key -> EditDistance.between(all, letters(key.getLastElement(Form.ORIGINAL))) <= FEW)
                    .or(() -> near(words.get(0)));
        }

        private Optional<ConfigurationPropertyName> near(String word) {
            return setting.isGroup() && ConfigurationPropertyName.isValid(word)
                    ? NearestKey.to(key.append(word))
                    : Optional.empty();
        }
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "");
    }
}
