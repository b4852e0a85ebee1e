package io.celonamdm.http;

import java.io.FilterInputStream;
import java.io.IOException;
import org.apache.hc.core5.http.HttpEntity;

/** The decompressed body of an answer; closing it ends the call. */
final class AnswerBody extends FilterInputStream {
    private final OutgoingCall call;
    private final long length;
    private long size;
    private boolean whole;

    AnswerBody(HttpEntity answer, OutgoingCall call) throws IOException {
        super(answer.getContent());
        this.call = call;
        length = answer.getContentLength();
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int count) {
        int read;
        try {
            read = in.read(target, offset, count);
        } catch (IOException e) {
            throw call.failed(e);
        }
        size += Math.max(0, read);
        if (size > call.mostBytes()) {
            throw call.tooLarge();
        }
        whole |= read < 0 || size == length;
        if (read < 0) {
            call.end();
        }
        return read;
    }

    @Override
    public long skip(long count) {
        byte[] skipped = new byte[(int) Math.min(count, 8192)];
        return Math.max(0, read(skipped, 0, skipped.length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void close() throws IOException {
        if (!whole) {
            // otherwise closing would read the rest of the answer
            call.abort();
        }
        try {
            in.close();
        } catch (IOException e) {
            if (whole) {
                throw e;
            }
        } finally {
            call.end();
        }
    }
}
