package io.celonamdm.operations.notices;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import io.celonamdm.files.FileTrouble;
import io.celonamdm.json.Json;
import io.celonamdm.ledger.report.Notice;
import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.settings.NotificationSettings;
import io.celonamdm.settings.PageSettings;
import io.celonamdm.settings.check.InvalidSettingsException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * Formats notices by Mustache templates: a file in {@code config/templates} of the working directory, or else a
 * built-in one. In a template that ends in {@code .json} each value is escaped for a JSON string. An invalid template
 * stops the start.
 */
@Component
class NoticeTemplates {
    private static final String FOLDER = "config/templates/";
    private static final Notice SAMPLE = new Notice(
            0,
            "sample",
            "sample",
            "RUN",
            "\"Sample\"",
            List.of(
                    new Notice.Line("a", "\"1\"", List.of(new Notice.Link("c", "/c"), new Notice.Link("d", "/d"))),
                    new Notice.Line("b", "2\n")),
            Instant.EPOCH,
            0,
            null);

    private final Map<String, Template> byChannel = new TreeMap<>();
    private final PageSettings page;

    NoticeTemplates(ConnectorSettings settings) {
        this.page = settings.page();
        settings.notifications().forEach((channel, each) -> byChannel.put(channel, read(channel, each)));
    }

    /**
     * The text to send for a notice.
     *
     * @throws IllegalArgumentException if the channel is not configured
     */
    String render(Notice notice, NotificationSettings settings) {
        Template template = byChannel.get(notice.channel());
        if (template == null) {
            throw new IllegalArgumentException("no channel is named " + notice.channel());
        }
        return render(template, notice, settings, page);
    }

    private static String render(Template template, Notice notice, NotificationSettings settings, PageSettings page) {
        return template.execute(Map.of(
                "title",
                Inert.of(notice.title()),
                "sync",
                notice.sync(),
                "occasion",
                notice.occasion(),
                "time",
                NoticeText.time(notice.notedAt(), settings.timeZone()),
                "lines",
                notice.lines().stream()
                        .map(line -> Map.of(
                                "label", line.label(), "value", Inert.of(line.value()), "links", links(line, page)))
                        .toList()));
    }

    /** The links of a line; none if the page's address is not known. */
    private static List<Map<String, String>> links(Notice.Line line, PageSettings page) {
        return page.address() == null
                ? List.of()
                : line.links().stream()
                        .map(link ->
                                Map.of("words", link.words(), "url", Objects.requireNonNull(page.link(link.path()))))
                        .toList();
    }

    /** @throws InvalidSettingsException if the template is invalid */
    private static Template read(String channel, NotificationSettings settings) {
        String name = settings.template();
        try {
            Path own = Path.of(FOLDER + name);
            String text = Files.exists(own)
                    ? Files.readString(own)
                    : new ClassPathResource(FOLDER + name).getContentAsString(StandardCharsets.UTF_8);
            Template template = Mustache.compiler()
                    .withEscaper(isJson(settings) ? Json::escaped : String::valueOf)
                    .compile(text);
            for (PageSettings sample : List.of(new PageSettings(null), new PageSettings(URI.create("https://host")))) {
                if (isJson(settings)
                        && Json.parse(render(template, SAMPLE, settings, sample))
                                .isEmpty()) {
                    throw new IllegalStateException("it makes no JSON");
                }
            }
            return template;
        } catch (IOException | MustacheException | IllegalStateException e) {
            throw InvalidSettingsException.of(
                    "connector.notifications.%s.template".formatted(channel),
                    name,
                    "%s cannot be used: %s".formatted(FOLDER + name, FileTrouble.text(e)));
        }
    }

    static boolean isJson(NotificationSettings settings) {
        return settings.template().endsWith(".json");
    }
}
