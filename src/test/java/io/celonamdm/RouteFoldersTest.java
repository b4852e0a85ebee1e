package io.celonamdm;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routes are found in whatever the product is packed. */
class RouteFoldersTest {
    /** Spring Boot's tool, which takes the jar apart for the image, writes such jars. */
    @Test
    void aJarWithoutEntriesOfItsFolders(@TempDir Path folder) throws Exception {
        Path jar = folder.resolve("connector.jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (String name : new String[] {
                "routes/sync.camel.yaml", "routes/platforms/jamf.camel.yaml", "routes/README.md", "other/x.camel.yaml"
            }) {
                out.putNextEntry(new ZipEntry(name));
                out.write("[]".getBytes(StandardCharsets.UTF_8));
            }
        }
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            assertThat(RouteFolders.shipped(loader))
                    .isEqualTo("classpath:routes/platforms/jamf.camel.yaml,classpath:routes/sync.camel.yaml");
        }
    }

    @Test
    void aFolderOfClasses() {
        assertThat(RouteFolders.shipped(RouteFolders.class.getClassLoader()))
                .isEqualTo("classpath:routes/**/*.camel.yaml");
    }
}
