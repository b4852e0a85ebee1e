package io.celonamdm.coverage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The ids of all steps of which a folder of Camel's route coverage says that an exchange went through them. */
final class StepsThatRan {
    private StepsThatRan() {}

    static Set<String> in(Path folder) throws IOException {
        Set<String> ids = new TreeSet<>();
        for (Path file : filesOf(folder)) {
            elementsOf(file)
                    .filter(each -> Long.parseLong("0" + each.getAttribute("exchangesTotal")) > 0)
                    .forEach(each -> ids.add(each.getAttribute("id")));
        }
        return ids;
    }

    private static List<Path> filesOf(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static Stream<Element> elementsOf(Path file) {
        try {
            NodeList elements = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getElementsByTagName("*");
            return IntStream.range(0, elements.getLength())
                    .mapToObj(elements::item)
                    .map(Element.class::cast);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalStateException(file + " is no coverage", e);
        }
    }
}
