package io.celonamdm.operations.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.control.Action;
import io.celonamdm.control.DeadLetterAction;
import io.celonamdm.control.DeviceAction;
import io.celonamdm.control.DoubtAction;
import io.celonamdm.control.SyncAction;
import io.celonamdm.esim.SyncName;
import io.celonamdm.operations.needs.Need;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/** What a program may do by an endpoint, a person may do on the page. */
class EveryVerbTests {
    private static final String SYNC = "/syncs/{name}";

    /** Where on the page each operation of an endpoint is. */
    private static final Map<String, List<String>> PLACES = Map.ofEntries(
            Map.entry("GET syncs", List.of("GET /")),
            Map.entry("GET syncs/{name}", List.of("GET " + SYNC)),
            Map.entry("POST syncs/{name}", List.of("POST " + SYNC + "/actions", "POST " + SYNC + "/test-connection")),
            Map.entry("GET runs", List.of("GET /runs")),
            Map.entry("GET runs/{id}", List.of("GET " + SYNC + "/runs/{id}")),
            Map.entry("POST runs/{id}", List.of("POST " + SYNC + "/runs/{id}/cancel")),
            Map.entry(
                    "GET deadletters/{sync}",
                    List.of("GET " + SYNC + "/dead-letters", "GET " + SYNC + "/dead-letters.csv")),
            Map.entry(
                    "POST deadletters/{sync}",
                    List.of("POST " + SYNC + "/dead-letters", "POST " + SYNC + "/dead-letters/import")),
            Map.entry("GET indoubt/{sync}", List.of("GET " + SYNC + "/in-doubt")),
            Map.entry("POST indoubt/{sync}/{entry}", List.of("POST " + SYNC + "/in-doubt/{entry}")),
            Map.entry("GET devices/{sync}", List.of("GET " + SYNC + "/devices", "POST /search")),
            Map.entry("GET devices/{sync}/{eid}", List.of("GET " + SYNC + "/devices/{id}")),
            Map.entry("POST devices/{sync}/{eid}", List.of("POST " + SYNC + "/devices/{id}")),
            Map.entry("GET drift/{sync}", List.of("GET " + SYNC + "/drift")),
            Map.entry("GET preview/{sync}", List.of("GET " + SYNC + "/preview")),
            Map.entry("POST preview/{sync}", List.of("POST " + SYNC + "/preview")),
            Map.entry("GET profile/{sync}", List.of("GET " + SYNC + "/profile")),
            Map.entry("POST preflight", List.of("POST /preflight")),
            Map.entry("POST preflight/{sync}", List.of("POST " + SYNC + "/preflight")),
            Map.entry("GET erasure", List.of("GET /erasure", "POST /erasure/search")),
            Map.entry("POST erasure", List.of("POST /erasure")),
            Map.entry("GET ledger", List.of("GET /ledger")),
            Map.entry("POST ledger", List.of("POST /ledger/backup")),
            Map.entry("GET notifications", List.of("GET /channels")),
            Map.entry("POST notifications/{channel}", List.of("POST /channels/{channel}/test")));

    @Test
    void eachOperationOfAnEndpointHasAPlaceOnThePage() {
        assertThat(PLACES.keySet())
                .as("an operation of an endpoint has no place on the page, or the place has no operation any more")
                .containsExactlyInAnyOrderElementsOf(operations());
        assertThat(PLACES.values().stream().flatMap(List::stream))
                .as("places that the page does not have")
                .isSubsetOf(mappings());
    }

    @Test
    void eachPlaceIsLedToByALinkOrAForm() throws IOException {
        Set<String> linked = Pattern.compile("@\\{((?:[^{}(]|\\{[^}]*})*)")
                .matcher(templates())
                .results()
                .map(link -> bare(link.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(mappings().stream().map(each -> bare(each.split(" ", 2)[1])).collect(Collectors.toSet()))
                .isSubsetOf(linked);
    }

    @Test
    void eachWordOfAnActionIsAButtonOrAChoice() throws IOException {
        Set<String> words = Pattern.compile("value=\"([a-z-]+)\"")
                .matcher(templates())
                .results()
                .map(value -> value.group(1))
                .collect(Collectors.toSet());
        // a redrive is of all or of those that are ticked; an import is a form of its own
        Map<String, String> otherwise = Map.of("redrive", "ticked", "import", "import-has-a-form");
        words.add("import-has-a-form");

        assertThat(Stream.<Action[]>of(
                                SyncAction.values(),
                                DeviceAction.values(),
                                DoubtAction.values(),
                                DeadLetterAction.values())
                        .flatMap(Arrays::stream)
                        .map(Action::word)
                        .map(word -> otherwise.getOrDefault(word, word)))
                .isSubsetOf(words);
    }

    @Test
    void eachNeedLeadsToAView() throws IOException {
        String templates = templates();
        for (Need.Kind kind : Need.Kind.values()) {
            String path = new Need(kind, "CODE", 1, null, "", "", "")
                    .next(new SyncName("warehouse"))
                    .path();
            String[] parts = path.split("#", 2);
            assertThat(mappings())
                    .as(path)
                    .contains("GET " + parts[0].replaceFirst("\\?.*", "").replace("/warehouse", "/{name}"));
            assertThat(templates).as(path).contains(parts.length == 1 ? "" : "id=\"" + parts[1] + "\"");
        }
    }

    private static String bare(String path) {
        return path.replaceAll("\\{[^}]*}", "{}");
    }

    private static String templates() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources/templates"))) {
            StringBuilder all = new StringBuilder();
            for (Path each : files.filter(Files::isRegularFile).sorted().toList()) {
                all.append(Files.readString(each));
            }
            return all.toString();
        }
    }

    private static List<String> operations() {
        return classes("io.celonamdm.operations", Endpoint.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods())
                        .flatMap(method -> verb(method)
                                .map(verb -> verb + " "
                                        + Objects.requireNonNull(type.getAnnotation(Endpoint.class))
                                                .id()
                                        + selectors(method))))
                .toList();
    }

    private static Stream<String> verb(Method method) {
        Map<Class<? extends Annotation>, String> verbs =
                Map.of(ReadOperation.class, "GET", WriteOperation.class, "POST", DeleteOperation.class, "DELETE");
        return verbs.entrySet().stream()
                .filter(each -> method.isAnnotationPresent(each.getKey()))
                .map(Map.Entry::getValue);
    }

    private static String selectors(Method method) {
        return Arrays.stream(method.getParameters())
                .filter(parameter -> parameter.isAnnotationPresent(Selector.class))
                .map(Parameter::getName)
                .map("/{%s}"::formatted)
                .collect(Collectors.joining());
    }

    private static Set<String> mappings() {
        Map<String, Class<?>> found = new TreeMap<>();
        classes("io.celonamdm.operations.page", Controller.class)
                .forEach(type -> Arrays.stream(type.getDeclaredMethods()).forEach(method -> {
                    GetMapping get = method.getAnnotation(GetMapping.class);
                    PostMapping post = method.getAnnotation(PostMapping.class);
                    if (get != null) {
                        paths(get.value(), get.path()).forEach(path -> found.put("GET " + path, type));
                    }
                    if (post != null) {
                        paths(post.value(), post.path()).forEach(path -> found.put("POST " + path, type));
                    }
                }));
        return found.keySet();
    }

    private static Stream<String> paths(String[] values, String[] paths) {
        return Stream.concat(Arrays.stream(values), Arrays.stream(paths));
    }

    private static Stream<Class<?>> classes(String inPackage, Class<? extends Annotation> annotation) {
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(annotation));
        return scanner.findCandidateComponents(inPackage).stream().map(found -> {
            try {
                return Class.forName(Objects.requireNonNull(found.getBeanClassName()));
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
