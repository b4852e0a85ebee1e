package io.celonamdm.architecture;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which top packages may know which, from the ground up: each knows packages above its own line only. {@code (top)} is the
 * package that holds them all. The column <i>may know</i> of docs/architecture.md is made from this table.
 */
final class MayKnow {
    static final String TOP = "(top)";

    private static final String TABLE = """
            esim       :
            text       :
            json       : text
            device     : esim json text
            csv        :
            files      :
            logging    : esim text
            celona     : esim json
            plan       : device esim
            settings   : celona csv esim files json plan text
            http       : esim json settings text
            ledger     : celona device esim files json plan settings text
            sync       : celona device esim json ledger logging plan settings text
            planning   : celona device esim ledger plan settings sync text
            schedule   : esim ledger settings sync
            preflight  : celona esim http json ledger settings sync text
            recovery   : device esim ledger logging plan settings sync text
            work       : celona device esim http json ledger logging plan planning recovery settings sync text
            firing     : esim http ledger logging plan preflight recovery schedule settings sync text work
            control    : csv esim ledger logging planning recovery schedule settings sync text work
            platform   : csv device esim files http json plan preflight settings sync
            operations : control device esim files http json ledger plan planning platform preflight schedule settings sync text work
            (top)      : operations settings
            """;

    private MayKnow() {}

    /** The packages that each may know, in the order of the table. */
    static Map<String, List<String>> table() {
        return TABLE.lines()
                .map(line -> line.split(":", -1))
                .collect(Collectors.toMap(
                        line -> line[0].strip(),
                        line -> Arrays.stream(line[1].strip().split(" +"))
                                .filter(each -> !each.isEmpty())
                                .toList(),
                        (first, second) -> {
                            throw new IllegalStateException("a package has two lines");
                        },
                        LinkedHashMap::new));
    }
}
