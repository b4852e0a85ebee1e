package io.celonamdm.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.NodeList;

/** Whoever adds a dependency says why, where the next person looks. */
class DependenciesDocTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/project/dependencies/dependency/artifactId",
                "/project/dependencyManagement/dependencies/dependency/artifactId",
                "/project/build/plugins/plugin/artifactId",
                "/project/build/plugins/plugin//path/artifactId"
            })
    void everyArtifactOfTheBuildIsExplained(String where) throws Exception {
        String explained = Files.readString(Path.of("docs/dependencies.md"));

        assertThat(artifacts(where))
                .isNotEmpty()
                .filteredOn(each -> !explained.matches("(?s).*\\n\\| `" + each + "` \\| [^|\\n]{20,} \\|\\n.*"))
                .as("without a reason in docs/dependencies.md")
                .isEmpty();
    }

    private static List<String> artifacts(String where) throws Exception {
        NodeList found = (NodeList) XPathFactory.newInstance()
                .newXPath()
                .evaluate(
                        where,
                        DocumentBuilderFactory.newInstance()
                                .newDocumentBuilder()
                                .parse("pom.xml"),
                        XPathConstants.NODESET);
        List<String> artifacts = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            artifacts.add(found.item(i).getTextContent());
        }
        return artifacts;
    }
}
