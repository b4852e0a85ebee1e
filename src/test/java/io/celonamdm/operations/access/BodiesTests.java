package io.celonamdm.operations.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.FilterChain;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.server.ResponseStatusException;

/** How much of a body is read that does not say its length. */
class BodiesTests {
    private static final int TOO_MUCH = 300_000;

    private final Bodies bodies = new Bodies();

    private static MockHttpServletRequest chunked(int length) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/actuator/syncs/warehouse") {
            @Override
            public long getContentLengthLong() {
                return -1;
            }
        };
        request.addHeader(HttpHeaders.TRANSFER_ENCODING, "chunked");
        request.setContent(new byte[length]);
        return request;
    }

    private void read(MockHttpServletRequest request, FilterChain chain) throws Exception {
        bodies.read().doFilter(request, new MockHttpServletResponse(), chain);
    }

    @Test
    void theRestIsReadAfterTheCall() throws Exception {
        MockHttpServletRequest request = chunked(1000);

        read(request, (its, response) -> assertThat(its.getInputStream().read()).isZero());

        assertThat(request.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void theEncodingIsThatOfTheRequest() throws Exception {
        read(
                chunked(10),
                (its, response) -> assertThat(its.getCharacterEncoding()).isNull());

        MockHttpServletRequest request = chunked(10);
        request.setCharacterEncoding("UTF-16");
        read(request, (its, response) -> assertThat(its.getCharacterEncoding()).isEqualTo("UTF-16"));
    }

    @Test
    void aLongOneIsRefusedWhileItIsRead() {
        MockHttpServletRequest request = chunked(TOO_MUCH);

        assertThatThrownBy(() ->
                        read(request, (its, response) -> its.getInputStream().readAllBytes()))
                .isInstanceOfSatisfying(
                        ResponseStatusException.class,
                        e -> assertThat(e.getStatusCode().value()).isEqualTo(413));
    }

    @Test
    void nobodyReadsTheRestOfALongOne() throws Exception {
        MockHttpServletRequest request = chunked(2 * TOO_MUCH);

        read(
                request,
                (its, response) -> assertThatThrownBy(() -> its.getInputStream().readAllBytes())
                        .isInstanceOf(ResponseStatusException.class));

        assertThat(request.getInputStream().read()).isZero();
    }

    @Test
    void eachBodyHasItsPlaceBack() throws Exception {
        for (int call = 0; call < 100; call++) {
            MockHttpServletResponse response = new MockHttpServletResponse();
            bodies.read().doFilter(chunked(10), response, (its, answer) -> {});
            assertThat(response.getStatus()).isEqualTo(200);
        }
    }
}
