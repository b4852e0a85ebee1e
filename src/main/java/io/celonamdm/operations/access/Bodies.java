package io.celonamdm.operations.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.ContentCachingRequestWrapper;

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
                    if (chunked) {
                        readChunked(new Limited(request), response, chain);
                    } else {
                        chain.doFilter(request, response);
                    }
                } finally {
                    places.release();
                }
            } else {
                response.setHeader(HttpHeaders.RETRY_AFTER, "10");
                response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            }
        }
    }

    private static void readChunked(Limited request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, response);
        if (!request.isTooLong) {
            // a reader of the value has not seen the end, which frees the connection for another request
            request.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
    }

    /** Announces in the answer to a call with an unread body that {@link UnreadBodies} closes the connection. */
    static void unread(HttpServletRequest request, HttpServletResponse response) {
        if (request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
            response.setHeader(HttpHeaders.CONNECTION, "close");
        }
    }

    /** A request without a length, read only up to the limit. */
    private static final class Limited extends ContentCachingRequestWrapper {
        private boolean isTooLong;

        Limited(HttpServletRequest request) {
            super(request, LONGEST);
        }

        /** The wrapper would make ISO-8859-1 of none, in which JSON is not written. */
        @Override
        @SuppressWarnings("NullAway") // none is null, as for any request
        public String getCharacterEncoding() {
            return getRequest().getCharacterEncoding();
        }

        @Override
        protected void handleContentOverflow(int limit) {
            isTooLong = true;
            throw new ResponseStatusException(
                    HttpStatus.CONTENT_TOO_LARGE, "the body is longer than " + limit + " bytes");
        }
    }
}
