package io.celonamdm.platform.intune;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipInputStream;

/** A zip with a limit on its unpacked size: a report compresses by a factor of ten to thirty, a bomb by thousands. */
final class GuardedZip extends ZipInputStream {
    private static final long LARGEST = 4L << 30;
    private static final long SMALL = 16L << 20;
    private static final int RATIO = 200;

    private final Counted packed;
    private long unpacked;

    private static final class Counted extends FilterInputStream {
        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count += value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count += Math.max(0, read);
            return read;
        }
    }

    GuardedZip(InputStream file) {
        this(new Counted(file));
    }

    private GuardedZip(Counted packed) {
        super(packed);
        this.packed = packed;
    }

    /** The content of the current entry. */
    InputStream content() {
        return this;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        unpacked += Math.max(0, read);
        if (unpacked > LARGEST || (unpacked > SMALL && unpacked / RATIO > packed.count)) {
            throw new IOException("%d bytes unpack to more than %d".formatted(packed.count, unpacked - 1));
        }
        return read;
    }
}
