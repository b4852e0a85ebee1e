package io.celonamdm.simulator.jamf;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** A configuration profile of the Classic API. */
final class ConfigurationProfile {
    private final String id;
    private final Document document;

    private ConfigurationProfile(String id, Document document) {
        this.id = id;
        this.document = document;
    }

    static ConfigurationProfile created(String id, Document sent) {
        ConfigurationProfile profile = new ConfigurationProfile(id, sent);
        Element payloads = profile.general("payloads");
        payloads.setTextContent(ProfilePayload.withNewIdentity(payloads.getTextContent()));
        profile.shown();
        return profile;
    }

    String id() {
        return id;
    }

    String name() {
        return general("name").getTextContent();
    }

    String xml() {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + Xml.write(document);
    }

    /** Takes the general part over, and the scope only if one is sent. */
    void update(Document sent) {
        replace("general", sent);
        if (Xml.child(sent.getDocumentElement(), "scope").isPresent()) {
            replace("scope", sent);
        }
        shown();
    }

    private void replace(String part, Document sent) {
        Element root = document.getDocumentElement();
        Node other = document.importNode(
                Xml.child(sent.getDocumentElement(), part).orElseThrow(() -> new BadRequest(part + " is missing")),
                true);
        Xml.child(root, part).ifPresentOrElse(old -> root.replaceChild(other, old), () -> root.appendChild(other));
    }

    /** The id is shown, and redeploy_on_update always as "Newly Assigned". */
    private void shown() {
        Element general = part("general");
        Xml.child(general, "redeploy_on_update").ifPresent(element -> element.setTextContent("Newly Assigned"));
        Xml.child(general, "id").ifPresent(general::removeChild);
        Element shownId = document.createElement("id");
        shownId.setTextContent(id);
        general.insertBefore(shownId, general.getFirstChild());
    }

    private Element general(String name) {
        return Xml.child(part("general"), name).orElseThrow(() -> new BadRequest(name + " is missing"));
    }

    private Element part(String name) {
        return Xml.child(document.getDocumentElement(), name).orElseThrow(() -> new BadRequest(name + " is missing"));
    }
}
