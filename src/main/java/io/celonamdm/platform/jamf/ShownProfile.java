package io.celonamdm.platform.jamf;

import io.celonamdm.json.UnreadableAnswer;
import io.celonamdm.platform.apple.NetworkProfile;
import io.celonamdm.platform.apple.NetworkProfile.Identity;
import io.celonamdm.platform.apple.Xml;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * A configuration profile from the Classic API.
 *
 * @param id its id in Jamf Pro
 * @param description its description
 * @param identity its identity on a device
 */
record ShownProfile(String id, String description, Identity identity) {

    /** @throws UnreadableAnswer if the answer is not a profile, or its payload has no identity for an update to keep */
    static ShownProfile read(byte[] answer) {
        String text = new String(answer, StandardCharsets.UTF_8);
        try {
            Element general =
                    Xml.child(Xml.parse(text).getDocumentElement(), "general").orElseThrow(() -> unexpected(text));
            String id = text(general, "id").orElseThrow(() -> unexpected(text));
            Identity identity =
                    text(general, "payloads").flatMap(NetworkProfile::identity).orElseThrow(() -> unexpected(text));
            return new ShownProfile(id, text(general, "description").orElse(""), identity);
        } catch (SAXException e) {
            UnreadableAnswer unexpected = unexpected(text);
            unexpected.initCause(e);
            throw unexpected;
        }
    }

    /** @throws UnreadableAnswer if the answer does not name the profile that was written */
    static void checkWritten(byte[] answer) {
        String text = new String(answer, StandardCharsets.UTF_8);
        try {
            if (text(Xml.parse(text).getDocumentElement(), "id").isEmpty()) {
                throw unwritten(text);
            }
        } catch (SAXException e) {
            UnreadableAnswer unwritten = unwritten(text);
            unwritten.initCause(e);
            throw unwritten;
        }
    }

    private static UnreadableAnswer unwritten(String text) {
        return new UnreadableAnswer("the id of the configuration profile that was written", text);
    }

    private static Optional<String> text(Element parent, String name) {
        return Xml.child(parent, name)
                .map(Element::getTextContent)
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    private static UnreadableAnswer unexpected(String text) {
        return new UnreadableAnswer("a configuration profile with id and payload", text);
    }
}
