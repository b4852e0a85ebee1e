package io.celonamdm.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.celonamdm.rings.Slow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Commands on the pages can be typed as they stand. What they do is tried elsewhere, or said not to have been. */
@Slow
class CommandsTest {
    private static final Pattern FENCED = Pattern.compile("(?ms)^ *```(\\w*)\\n(.*?)^ *```");
    private static final Set<String> NO_OTHER_LANGUAGE = Set.of("", "bash", "sh", "text");
    private static final Pattern COMMAND = Pattern.compile(
            "(?m)^ *((?:helm|kubectl|docker|curl|mvn|java|export|unzip|mv|htpasswd|promtool|src/\\S+|\\.ci/run)\\b(?:.*\\\\\\n)*.*)$");
    private static final Pattern ENDPOINT = Pattern.compile("/actuator/([a-z]+)");

    @Test
    void bashUnderstandsThem() throws Exception {
        List<String> commands = new ArrayList<>();
        for (MarkdownFile page : MarkdownFile.all()) {
            commands.addAll(commands(page.path()));
        }
        assertThat(commands).hasSizeGreaterThan(40);
        // one after the other in one call; each in a function, so that none reaches into the next
        StringBuilder script = new StringBuilder();
        for (int i = 0; i < commands.size(); i++) {
            script.append("c%d() {%n%s%n}%n".formatted(i, commands.get(i).replace('…', '_')));
        }

        Process bash =
                new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
        try (var input = bash.getOutputStream()) {
            input.write(script.toString().getBytes(StandardCharsets.UTF_8));
        }
        String trouble = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as("%s%n%s", trouble, script).isZero();
        assertThat(trouble).isEmpty();
    }

    @Test
    void whatNeedsAClusterIsSaidNotToHaveBeenRun() throws IOException {
        for (MarkdownFile page : MarkdownFile.all()) {
            if (commands(page.path()).stream().anyMatch(each -> each.matches("(?s)(helm|kubectl|docker) .*"))) {
                assertThat(Files.readString(page.path()))
                        .as(page.path().toString())
                        .containsPattern("(not|never)\\s+been\\s+run");
            }
        }
    }

    /** Of Spring Boot's endpoints, and of the connector's own, those that are reached. */
    @Test
    void everyEndpointIsThere() throws IOException {
        Set<String> exposed = Set.of(new YAMLMapper()
                .readTree(Path.of("src/main/resources/application.yaml").toFile())
                .at("/management/endpoints.web.exposure.include")
                .asText()
                .split(","));
        Set<String> named = new TreeSet<>();
        for (MarkdownFile page : MarkdownFile.all()) {
            ENDPOINT.matcher(Files.readString(page.path()))
                    .results()
                    .map(found -> found.group(1))
                    .forEach(named::add);
        }

        assertThat(exposed).hasSizeGreaterThan(5).containsAll(named);
    }

    private static List<String> commands(Path page) throws IOException {
        return FENCED.matcher(Files.readString(page))
                .results()
                .filter(block -> NO_OTHER_LANGUAGE.contains(block.group(1)))
                .map((MatchResult block) -> block.group(2))
                .flatMap(CommandsTest::in)
                .toList();
    }

    private static Stream<String> in(String block) {
        return COMMAND.matcher(block).results().map(found -> found.group(1));
    }
}
