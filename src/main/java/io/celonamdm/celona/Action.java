package io.celonamdm.celona;

/** The subject of a list in the answer of activation-from-file, by its documented names. */
enum Action {
    DEVICE_ACTIVATION,
    DEVICE_NAME_UPDATE,
    DEVICE_GROUP_ASSIGNMENT,
    /** Rows of the CSV that did not become devices. */
    FILE_IO,
    /** An action that the documents do not name. */
    UNKNOWN;

    static Action of(String name) {
        for (Action action : values()) {
            if (action.name().equalsIgnoreCase(name)) {
                return action;
            }
        }
        return UNKNOWN;
    }
}
