package io.celonamdm.platform.csv;

import io.celonamdm.settings.mdm.CsvSettings.ColumnSettings;
import java.util.List;

/** The meaning of a column. */
enum Field {
    EID,
    NAME,
    SERIAL_NUMBER,
    MODEL,
    USER,
    OS,
    CATEGORY,
    IMEI,
    GIVEN_ICCID,
    ICCIDS,
    GROUPS;

    /** Its name in the settings. */
    List<String> names(ColumnSettings settings) {
        return switch (this) {
            case EID -> settings.eid();
            case NAME -> settings.name();
            case SERIAL_NUMBER -> settings.serialNumber();
            case MODEL -> settings.model();
            case USER -> settings.user();
            case OS -> settings.os();
            case CATEGORY -> settings.category();
            case IMEI -> settings.imei();
            case GIVEN_ICCID -> settings.givenIccid();
            case ICCIDS -> settings.iccids();
            case GROUPS -> settings.groups();
        };
    }
}
