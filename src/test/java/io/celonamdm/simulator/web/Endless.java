package io.celonamdm.simulator.web;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Thrown to answer without end: a valid beginning, then the same bytes until the client disconnects. */
final class Endless extends RuntimeException {
    private final int status;
    private final byte[] bytes;
    private final Duration pause;

    Endless(int status, byte[] bytes, Duration pause) {
        super("an answer without end", null, false, false);
        this.status = status;
        this.bytes = bytes;
        this.pause = pause;
    }

    int status() {
        return status;
    }

    void writeTo(OutputStream out) throws IOException {
        while (true) {
            out.write(bytes);
            out.flush();
            if (!pause.isZero()) {
                LockSupport.parkNanos(pause.toNanos());
            }
        }
    }
}
