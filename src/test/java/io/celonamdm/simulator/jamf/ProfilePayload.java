package io.celonamdm.simulator.jamf;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The property list inside a configuration profile. */
final class ProfilePayload {
    private ProfilePayload() {}

    /** Gives the profile an identity of the server's own, as Jamf Pro does when it creates one. */
    static String withNewIdentity(String propertyList) {
        Document document = Xml.read(propertyList);
        Element dictionary = Xml.child(document.getDocumentElement(), "dict")
                .orElseThrow(() -> new BadRequest("The payload has no dictionary"));
        String uuid = UUID.randomUUID().toString().toUpperCase(Locale.ROOT);
        List<Element> keysAndValues = Xml.children(dictionary);
        for (int i = 0; i + 1 < keysAndValues.size(); i += 2) {
            String key = keysAndValues.get(i).getTextContent();
            if (key.equals("PayloadUUID") || key.equals("PayloadIdentifier")) {
                keysAndValues.get(i + 1).setTextContent(uuid);
            }
        }
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + Xml.write(document);
    }
}
