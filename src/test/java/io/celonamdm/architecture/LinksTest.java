package io.celonamdm.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every link between the pages of this project leads somewhere, and every page is found. */
class LinksTest {
    private static final Path DOCS = Path.of("docs");
    private static final Pattern OWNED = Pattern.compile("(?m)^(/\\S+) +(@\\S+)");

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<MarkdownFile> pages = MarkdownFile.all();

        assertThat(pages).hasSizeGreaterThan(25);
        assertThat(pages.stream().flatMap(each -> each.links().stream())).hasSizeGreaterThan(100);
        assertThat(pages.stream().flatMap(each -> each.broken().stream())).isEmpty();
    }

    @Test
    void aBrokenLinkIsSeen(@TempDir Path folder) throws IOException {
        Path page = Files.writeString(folder.resolve("a.md"), """
                # One `GET /x/{y}` thing
                [good](#one-get-xy-thing), [gone](#other), [nowhere](b.md), [far](https://example.com/x.md)
                ```
                [code](c.md)
                ```
                """);

        assertThat(MarkdownFile.read(page).broken())
                .containsExactly(page + ": #other has no such heading", page + ": there is no b.md");
    }

    @Test
    void theIndexNamesEveryPage() throws IOException {
        List<String> index = MarkdownFile.read(DOCS.resolve("README.md")).links();
        try (Stream<Path> pages = Files.list(DOCS)) {
            assertThat(pages.map(each -> each.getFileName().toString())
                            .filter(each -> each.endsWith(".md") && !each.equals("README.md")))
                    .isSubsetOf(index);
        }
    }

    /** Whoever changes a package knows whom to ask. */
    @Test
    void everyPackageHasAnOwner() throws IOException {
        List<Path> owned = OWNED.matcher(Files.readString(Path.of(".github", "CODEOWNERS")))
                .results()
                .map(found -> Path.of(found.group(1).substring(1)))
                .toList();

        assertThat(owned).allSatisfy(path -> assertThat(path).exists());
        try (Stream<Path> packages = Files.list(Path.of("src/main/java/io/celonamdm"))) {
            assertThat(packages.filter(Files::isDirectory)).isSubsetOf(owned);
        }
    }
}
