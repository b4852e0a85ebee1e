package io.celonamdm.celona;

import io.celonamdm.esim.ReasonCode;
import java.util.List;
import java.util.regex.Pattern;

/** Maps the reasons in "Bulk Device Activation and Device Group Assignment API" to stable codes. */
public final class Reasons {

    private record Known(ReasonCode code, Pattern text) {
        Known(ReasonCode code, String regex) {
            this(code, Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
        }
    }

    /** Reasons that quote the customer come first, so that a group's name is not mistaken for a reason. */
    private static final List<Known> KNOWN = List.of(
            new Known(ReasonCode.DG_NOT_FOUND, "^device group\\b.*\\b(doesn't|does not|didn't|did not) exist"),
            new Known(ReasonCode.ALREADY_IN_GROUP, "already (are |is |been )?assigned to (a |the )?device group"),
            new Known(ReasonCode.LOCK_REQUIRED, "DEFAULT_?LOCK_?ON_?ACTIVATION"),
            new Known(ReasonCode.SIMLOCK_UNSUPPORTED, "sim ?lock configurations? (are|is) not supported"),
            new Known(ReasonCode.SIMLOCK_INVALID, "invalid sim ?lock param"),
            new Known(ReasonCode.NOT_PROVISIONED, "needs to be '?provisioned|\\bnot provisioned"),
            new Known(ReasonCode.UNKNOWN_ICCID, "no imsi records? found"),
            new Known(ReasonCode.DUPLICATE, "duplicate iccid"),
            new Known(ReasonCode.CORRUPT_RECORD, "corrupt(ed)? records?"));

    private Reasons() {}

    /**
     * The stable code of a reason.
     *
     * @param reason what Celona wrote; case, blanks and the shape of quotes do not matter
     * @return {@link ReasonCode#OTHER} for an undocumented text
     */
    public static ReasonCode classify(String reason) {
        String plain = reason.replaceAll("[\\s\\p{Z}]+", " ")
                .replaceAll("[\u2018\u2019\u201B\u02BC\u00B4`\"\u201C\u201D]", "'")
                .strip();
        return KNOWN.stream()
                .filter(known -> known.text().matcher(plain).find())
                .map(Known::code)
                .findFirst()
                .orElse(ReasonCode.OTHER);
    }

    /** Whether the reason lies in the customer's account and would affect every device. */
    public static boolean accountWide(ReasonCode code) {
        return code == ReasonCode.SIMLOCK_UNSUPPORTED || code == ReasonCode.LOCK_REQUIRED;
    }
}
