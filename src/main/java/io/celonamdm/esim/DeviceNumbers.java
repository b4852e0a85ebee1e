package io.celonamdm.esim;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shortens the numbers of devices and eSIMs in text of any origin, such as a vendor's words. */
public final class DeviceNumbers {
    /**
     * 15 digits are an IMEI, 18 to 20 that begin with 89 an ICCID, 32 an EID, also in groups of four. Camel's exchange ids,
     * two hexadecimal numbers of 16 digits such as {@code 5F2…-000000000000000A}, are none of these, whatever stands beside
     * their letters.
     */
    private static final Pattern NUMBER = Pattern.compile("\\b[0-9A-F]{16}-[0-9A-F]{16}\\b"
            + "|(?<!\\d)(?:\\d{15}|89\\d{16,18}|\\d{32}|(?:\\d{4}[ -]){7}\\d{4})(?!\\d)");

    private DeviceNumbers() {}

    /** The text with the first eight and the last four digits of each EID, ICCID and IMEI. */
    public static String shortened(String text) {
        return NUMBER.matcher(text)
                .replaceAll(number -> isOfDevice(number)
                        ? Digits.shortened(number.group())
                        : Matcher.quoteReplacement(number.group()));
    }

    private static boolean isOfDevice(MatchResult number) {
        return number.group().length() != 33 || number.group().charAt(16) != '-';
    }
}
