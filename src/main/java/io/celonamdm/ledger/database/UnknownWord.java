package io.celonamdm.ledger.database;

/** A column holds a word that this version does not know: a newer one wrote it, or a hand. */
public final class UnknownWord extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    UnknownWord(String column, String word) {
        super(column + " " + word);
    }
}
