package io.celonamdm.celona;

import io.celonamdm.esim.Iccid;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the sent eSIM that an entry of an answer refers to. */
final class SentRows {

    /** The document's sample drops four digits; an ICCID has at least 18. */
    private static final int FEWEST_DIGITS = 14;

    private final Set<Iccid> iccids = new LinkedHashSet<>();

    SentRows(List<ActivationRow> rows) {
        rows.forEach(row -> iccids.add(row.iccid()));
    }

    /** The sent eSIM with this number, with or without its Luhn digit; empty if it was not sent. */
    Optional<Iccid> byIccid(String echoed) {
        return Iccid.find(echoed)
                .flatMap(iccid -> iccids.contains(iccid)
                        ? Optional.of(iccid)
                        : iccids.stream().filter(iccid::sameAs).findFirst());
    }

    /**
     * The sent eSIM of a CSV row returned as free text. The text has no separators, and its ICCID may lack digits. So
     * the longest sent number at its start matches, or else the only one with the same beginning.
     */
    Optional<Iccid> byRecord(String record) {
        String text = record.replaceFirst("^[^0-9]+", "");
        Optional<Iccid> whole = iccids.stream()
                .filter(iccid -> text.startsWith(iccid.value()))
                .max(Comparator.comparingInt(iccid -> iccid.value().length()));
        return whole.isPresent() ? whole : byTruncated(text.replaceFirst("[^0-9].*$", ""));
    }

    private Optional<Iccid> byTruncated(String digits) {
        if (digits.length() < FEWEST_DIGITS) {
            return Optional.empty();
        }
        List<Iccid> candidates = iccids.stream()
                .filter(iccid -> iccid.value().startsWith(digits))
                .limit(2)
                .toList();
        return candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
    }
}
