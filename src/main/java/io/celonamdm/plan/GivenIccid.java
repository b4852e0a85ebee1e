package io.celonamdm.plan;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.Iccid;
import io.celonamdm.esim.InvalidValue;
import io.celonamdm.esim.Placeholder;
import io.celonamdm.esim.ReasonCode;
import java.util.List;
import java.util.Optional;

/** The eSIM that a device must get, if Celona does not choose it. */
public final class GivenIccid {
    private final String attribute;
    private final List<String> prefixes;

    /**
     * @param from {@code attribute:Key} for the attribute with the ICCID; empty for none
     * @param prefixes the prefixes of the customer's pool; an empty list accepts any
     * @throws IllegalArgumentException for any other {@code from}
     */
    public GivenIccid(String from, List<String> prefixes) {
        problem(from).ifPresent(text -> {
            throw new IllegalArgumentException("iccid-from " + text);
        });
        this.attribute = from.isBlank() ? "" : key(from);
        this.prefixes = List.copyOf(prefixes);
    }

    /** The problem of the setting, if any. */
    public static Optional<String> problem(String from) {
        boolean fine = from.isBlank()
                || (from.strip().startsWith(Attributes.PREFIX) && !key(from).isEmpty());
        return fine
                ? Optional.empty()
                : Optional.of("must be empty or attribute:Key, the attribute that has the ICCID");
    }

    /**
     * The eSIM that the device must get: from the attribute, or else from the platform's record.
     *
     * @return empty if Celona chooses
     * @throws InvalidValue {@link ReasonCode#ICCID_INVALID} if the text is not an ICCID of the customer's pool
     */
    public Optional<Iccid> of(MdmDevice device) {
        String written = attribute.isEmpty() ? "" : Attributes.of(device, attribute);
        String record = device.givenIccid();
        String given = Placeholder.isNoNumber(written) && record != null ? record : written;
        if (Placeholder.isNoNumber(given)) {
            return Optional.empty();
        }
        Iccid iccid;
        try {
            iccid = Iccid.of(given);
        } catch (InvalidValue e) {
            throw new InvalidValue(ReasonCode.ICCID_INVALID, "given " + e.getMessage());
        }
        if (!iccid.startsWithAny(prefixes)) {
            throw new InvalidValue(
                    ReasonCode.ICCID_INVALID,
                    "given ICCID %s starts with none of iccid-prefixes %s".formatted(iccid.value(), prefixes));
        }
        return Optional.of(iccid);
    }

    private static String key(String from) {
        return from.strip().substring(Attributes.PREFIX.length()).strip();
    }
}
