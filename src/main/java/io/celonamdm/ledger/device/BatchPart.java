package io.celonamdm.ledger.device;

/**
 * A part of a batch that the vendor refused as a whole.
 *
 * @param whole the journal entry of the whole batch
 * @param path which half of it, and which half of that, and so on, as digits 0 and 1; empty is the whole itself
 */
public record BatchPart(long whole, String path) {
    /** The first or the second half of this part. */
    BatchPart half(int half) {
        return new BatchPart(whole, path + half);
    }

    /** Whether this is the batch as it was sent first. */
    public boolean isUndivided() {
        return path.isEmpty();
    }

    /** The other half of what this is one half of. */
    BatchPart sibling() {
        int last = path.length() - 1;
        return new BatchPart(whole, path.substring(0, last) + (path.charAt(last) == '0' ? '1' : '0'));
    }
}
