package io.celonamdm.platform.csv;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import org.jspecify.annotations.Nullable;

/** Several writes, none of which is kept back by another that fails. */
final class OneByOne {
    private @Nullable IOException first;

    /** One of the writes. */
    @FunctionalInterface
    interface Write {
        void run() throws IOException;
    }

    void write(Write write) {
        try {
            write.run();
        } catch (DirectoryIteratorException e) {
            failed(new IOException(e));
        } catch (IOException e) {
            failed(e);
        }
    }

    private void failed(IOException failure) {
        if (first == null) {
            first = failure;
        } else if (failure != first) {
            first.addSuppressed(failure);
        }
    }

    /**
     * Ends them.
     *
     * @throws IOException the first failure, with the others
     */
    void end() throws IOException {
        if (first != null) {
            throw first;
        }
    }
}
