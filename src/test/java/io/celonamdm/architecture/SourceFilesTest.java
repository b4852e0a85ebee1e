package io.celonamdm.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What only the text of the product's sources shows. */
class SourceFilesTest {
    private static final int LONGEST = 300;

    /** SQL is long, and what changes one table is understood best where it stands together. */
    private static final int LONGEST_REPOSITORY = 700;

    private static final Pattern REPOSITORY = Pattern.compile("(?m)^@Repository$");
    private static final Pattern IMPORT = Pattern.compile("(?m)^(package|import) .*;$");
    private static final Pattern PUBLIC_TYPE =
            Pattern.compile("(?m)^public ([a-z-]+ )*(class|interface|record|enum|@interface) ");

    private static final Pattern TRANSITION = Pattern.compile(
            "insert into device |update device set(?:(?! where ).)*?\\b(?:place|step|due_at) =", Pattern.DOTALL);

    private static final Map<Path, String> SOURCES = new TreeMap<>();

    @BeforeAll
    static void read() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                SOURCES.put(file, Files.readString(file));
            }
        }
        assertThat(SOURCES).hasSizeGreaterThan(100);
    }

    @Test
    void everyOneIsShort() {
        assertThat(SOURCES.entrySet())
                .filteredOn(each -> each.getValue().lines().count() > longest(each.getValue()))
                .extracting(Map.Entry::getKey)
                .isEmpty();
    }

    private static int longest(String source) {
        return REPOSITORY.matcher(source).find() ? LONGEST_REPOSITORY : LONGEST;
    }

    @Test
    void aDevicesPlaceStepAndDueTimeChangeInOneClass() {
        assertThat(SOURCES.entrySet())
                .filteredOn(each -> TRANSITION.matcher(each.getValue()).find())
                .extracting(each -> each.getKey().getFileName().toString())
                .isSubsetOf("DeviceTransitions.java");
    }

    @Test
    void everyPublicTypeSaysWhatItIs() {
        assertThat(SOURCES.entrySet())
                .filteredOn(each -> !isExplained(each.getValue()))
                .extracting(Map.Entry::getKey)
                .isEmpty();
    }

    /** Javadoc stands between the imports and the type, whatever annotations are there as well. */
    private static boolean isExplained(String source) {
        Matcher type = PUBLIC_TYPE.matcher(source);
        int imports = IMPORT.matcher(source)
                .results()
                .mapToInt(MatchResult::end)
                .max()
                .orElse(0);
        return !type.find() || source.substring(imports, type.start()).contains("/**");
    }
}
