package io.celonamdm.ledger.device;

/**
 * A part of a batch that the vendor refused as a whole.
 *
 * @param whole the journal entry of the whole batch
 * @param path one digit for each division, 0 or 1 for the first or second half; empty for the whole batch
 */
public record BatchPart(long whole, String path) {
    /** The first or the second half of this part. */
    BatchPart half(int half) {
        return new BatchPart(whole, path + half);
    }

    /** Whether this is the batch as it was first sent. */
    public boolean isUndivided() {
        return path.isEmpty();
    }

    /** The other half of the same division. */
    BatchPart sibling() {
        int last = path.length() - 1;
        return new BatchPart(whole, path.substring(0, last) + (path.charAt(last) == '0' ? '1' : '0'));
    }
}
