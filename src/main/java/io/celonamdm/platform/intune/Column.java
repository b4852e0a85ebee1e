package io.celonamdm.platform.intune;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Columns of the report {@code DevicesWithInventory}. A column is returned under a different name from the requested
 * one, and that name has changed before (Intune, "Available reports"); case, blanks and the like are ignored.
 */
enum Column {
    DEVICE_ID("DeviceId|id|Device ID|Intune Device ID"),
    DEVICE_NAME("DeviceName|Device name"),
    MANAGED_NAME("ManagedDeviceName|Management name"),
    SERIAL("SerialNumber|Serial number"),
    IMEI("IMEI"),
    ICCID("ICCID"),
    EID("EID|esimIdentifier"),
    ENTRA_ID("ReferenceId|Microsoft Entra Device ID|Azure AD Device ID|azureADDeviceId"),
    OS("DeviceType|OS|Device type|operatingSystem"),
    OS_VERSION("OSVersion|OS version"),
    MANUFACTURER("Manufacturer"),
    MODEL("Model"),
    ENROLLED("CreatedDate|Enrollment date|enrolledDateTime"),
    LAST_CONTACT("LastContact|Last check-in|lastSyncDateTime"),
    CATEGORY("CategoryName|Category|deviceCategoryDisplayName"),
    OWNER("OwnerType|Ownership|managedDeviceOwnerType"),
    COMPLIANCE("CompliantState|Compliance|ComplianceState"),
    STATE("ManagementState|Device state"),
    USER("UPN|Primary user UPN|userPrincipalName"),
    PHONE_NUMBER("PhoneNumber|Phone number"),
    CARRIER("SubscriberCarrierNetwork|Subscriber carrier"),
    SUPERVISED("IsSupervised|Supervised");

    private static final Map<String, Column> BY_NAME = Arrays.stream(values())
            .flatMap(column -> Arrays.stream(column.names()).map(name -> Map.entry(plain(name), column)))
            .distinct()
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private final String names;

    /** The name to request, then the names that come back, separated by bars. */
    Column(String names) {
        this.names = names;
    }

    private String[] names() {
        return names.split("\\|", -1);
    }

    /** The names in the request for the report. */
    static List<String> requested() {
        return Arrays.stream(values()).map(column -> column.names()[0]).toList();
    }

    /** The column of a header, or of a member of a managed device. */
    static Optional<Column> of(String header) {
        return Optional.ofNullable(BY_NAME.get(plain(header)));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    }
}
