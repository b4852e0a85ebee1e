package io.celonamdm.platform.apple;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * XML, as property lists and Jamf Pro's Classic API are written in. A document may name a document type, as property lists do, but nothing is fetched because of
 * it.
 */
public final class Xml {
    /** Controls and halves of surrogate pairs, which no escape can write. */
    private static final Pattern NO_CHARACTER =
            Pattern.compile("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

    private Xml() {}

    /**
     * Reads a document.
     *
     * @throws SAXException if it is not XML
     */
    public static Document parse(String text) throws SAXException {
        try {
            DocumentBuilder builder = builder();
            builder.setErrorHandler(new DefaultHandler());
            return builder.parse(new InputSource(new StringReader(text)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A document with a root element. */
    public static Element root(String name) {
        Document document = builder().newDocument();
        Element root = document.createElement(name);
        document.appendChild(root);
        return root;
    }

    /** Adds an empty element. */
    public static Element add(Element parent, String name) {
        Element child = parent.getOwnerDocument().createElement(name);
        parent.appendChild(child);
        return child;
    }

    /** Adds an element with a text; a character that XML does not have becomes the mark for an unknown one. */
    public static void add(Element parent, String name, String text) {
        add(parent, name).setTextContent(NO_CHARACTER.matcher(text).replaceAll("\uFFFD"));
    }

    /** The elements right below a node. */
    public static List<Element> children(Node parent) {
        NodeList nodes = parent.getChildNodes();
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast)
                .toList();
    }

    /** The first element of that name right below a node. */
    public static Optional<Element> child(Node parent, String name) {
        return children(parent).stream()
                .filter(element -> element.getTagName().equals(name))
                .findFirst();
    }

    /** The document as text. */
    public static String write(Element root) {
        return write(root, Map.of());
    }

    /** The document as text, with properties of the output, such as a document type. */
    static String write(Element root, Map<String, String> properties) {
        try {
            Transformer transformer = TransformerFactory.newDefaultInstance().newTransformer();
            root.getOwnerDocument().setXmlStandalone(true);
            properties.forEach(transformer::setOutputProperty);
            StringWriter text = new StringWriter();
            transformer.transform(new DOMSource(root.getOwnerDocument()), new StreamResult(text));
            return text.toString();
        } catch (TransformerException e) {
            throw new IllegalStateException(e);
        }
    }

    private static DocumentBuilder builder() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            return factory.newDocumentBuilder();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }
}
