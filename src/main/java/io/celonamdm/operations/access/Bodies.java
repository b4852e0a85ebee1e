package io.celonamdm.operations.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps slow request bodies from exhausting the threads. No body is read before the login, one that is too long is
 * refused, and only a limited number are read at once.
 */
@Component
class Bodies {
    /** Much more than the longest form, and than any action. */
    private static final int LONGEST = 256 * 1024;
    /** The share of the web server's 200 threads. */
    private static final int AT_ONCE = 40;

    private final Semaphore places = new Semaphore(AT_ONCE);

    /** The first filter of a chain. */
    OncePerRequestFilter measured() {
        return new Measuring();
    }

    /** The filter that allows reading a body. */
    OncePerRequestFilter read() {
        return new Reading();
    }

    static final class Measuring extends OncePerRequestFilter {
        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            if (request.getContentLengthLong() > LONGEST) {
                response.setStatus(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
            } else {
                chain.doFilter(request, response);
            }
        }
    }

    /** Reads a body if a place is free. */
    final class Reading extends OncePerRequestFilter {
        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            boolean chunked = request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
            if (request.getContentLengthLong() <= 0 && !chunked) {
                chain.doFilter(request, response);
            } else if (places.tryAcquire()) {
                try {
                    take(chunked ? new Limited(request) : request, response, chain, chunked);
                } finally {
                    places.release();
                }
            } else {
                response.setHeader(HttpHeaders.RETRY_AFTER, "10");
                response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            }
        }
    }

    private static void take(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain, boolean chunked)
            throws ServletException, IOException {
        chain.doFilter(request, response);
        if (chunked && request.getInputStream() instanceof LimitedStream body) {
            // a reader of the value has not seen the end, which frees the connection for another request
            body.transferTo(OutputStream.nullOutputStream());
        }
    }

    /** Announces in the answer to a call with an unread body that {@link UnreadBodies} closes the connection. */
    static void unread(HttpServletRequest request, HttpServletResponse response) {
        if (request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
            response.setHeader(HttpHeaders.CONNECTION, "close");
        }
    }

    /** A request without a length, read only up to the limit. */
    private static final class Limited extends HttpServletRequestWrapper {
        Limited(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new LimitedStream(super.getInputStream());
        }
    }

    private static final class LimitedStream extends ServletInputStream {
        private final ServletInputStream body;
        private int length;

        LimitedStream(ServletInputStream body) {
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            length++;
            return counted(body.read());
        }

        @Override
        public int read(byte[] some, int offset, int most) throws IOException {
            int read = body.read(some, offset, most);
            length += Math.max(0, read);
            return counted(read);
        }

        private int counted(int read) throws IOException {
            if (length > LONGEST) {
                throw new IOException("the body is longer than " + LONGEST + " bytes");
            }
            return read;
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
